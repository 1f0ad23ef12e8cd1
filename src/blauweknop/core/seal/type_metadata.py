# SPDX-License-Identifier: EUPL-1.2
"""SD-JWT VC type metadata, made from a data set definition (draft-ietf-oauth-sd-jwt-vc, Type Metadata).

What a wallet needs to show a set: names in Dutch and English, each claim's path, and that it is hidden unless its
holder shows it. It is a pure function of definition, concepts and scheme URL, so that ``vct#integrity`` in every set
says exactly which text belonged to it. Extra members, which a reader may ignore: per claim ``begrip`` (the concept),
``eenheid``, ``gevoeligheid``, ``papier``.
"""

from __future__ import annotations

import hashlib
from binascii import b2a_base64
from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.dataset.definition import MISSING, ROWS
from blauweknop.core.seal.errors import PROFILE, ContentError
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blauweknop.core.dataset.definition import Concept, DataSetDefinition, Element, Text

_LOCALES: Final = (("nl-NL", "nl"), ("en", "en"))
_NEVER: Final = ("iss", "vct", "vct#integrity", "iat", "omgeving", "levering", "status", "cnf")
_Path = list[str | None]


def type_metadata(definition: DataSetDefinition, concepts: Mapping[str, Concept], scheme_url: str) -> bytes:
    """The type metadata document of ``definition``, canonical JSON; ``concepts`` by ``id/version``.

    Raises: ``ContentError`` when an element names a concept that is not among ``concepts``.
    """
    start: _Path = [ROWS, None] if definition.shape == "rijen" else []
    claims: list[dict[str, Any]] = [{"path": [name], "sd": "never"} for name in _NEVER]
    if start:
        claims += [{"path": [ROWS], "sd": "never"}, {"path": start, "sd": "always"}]
    for element in definition.elements:
        claims += _claims(element, start, concepts)
    claims += [{"path": [MISSING, None], "sd": "always"}]
    return encode(
        {
            "vct": definition.vct(scheme_url),
            "name": definition.title.nl,
            "description": definition.explanation.nl,
            "display": [
                {"locale": locale, "name": title, "description": explanation}
                for locale, title, explanation in _both(definition.title, definition.explanation)
            ],
            "claims": claims,
        }
    )


def integrity(document: bytes) -> str:
    """``vct#integrity`` of a type metadata document (W3C Subresource Integrity): ``sha256-`` and standard base64."""
    return "sha256-" + b2a_base64(hashlib.sha256(document).digest(), newline=False).decode("ascii")


def _claims(element: Element, above: _Path, concepts: Mapping[str, Concept]) -> Iterator[dict[str, Any]]:
    concept = concepts.get(element.concept)
    if concept is None:
        raise ContentError(f"{element.id} names a concept that is not in the dictionary", clause=PROFILE)
    path = [*above, element.id]
    claim: dict[str, Any] = {
        "path": path,
        "display": [
            {"locale": locale, "label": title, "description": f"{explanation} {meaning}".strip()}
            for (locale, title, explanation), meaning in zip(
                _both(element.title, element.explanation), (concept.definition.nl, concept.definition.en), strict=True
            )
        ],
        "sd": "always",
        "begrip": element.concept,
        "gevoeligheid": element.sensitivity,
        "papier": element.on_paper,
    }
    unit = element.unit or concept.unit
    yield {**claim, "eenheid": unit} if unit else claim
    inside: _Path = [*path, "waarde"]
    if element.kind == "lijst":
        inside.append(None)
        yield {"path": inside, "sd": "always"}
    for part in element.parts:
        yield from _claims(part, inside, concepts)


def _both(title: Text, explanation: Text) -> Iterator[tuple[str, str, str]]:
    for locale, language in _LOCALES:
        yield locale, getattr(title, language), getattr(explanation, language)
