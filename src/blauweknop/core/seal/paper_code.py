# SPDX-License-Identifier: EUPL-1.2
"""The paper code: what a page says, sealed, in a QR code that is checked without a network (system.md 4).

``BK1:`` and base45 (RFC 9285) of a COSE_Sign1 (RFC 9052) whose ``kid`` is the SHA-256 of the seal certificate; at most
``MAX_CHARACTERS``, so that it prints well. Payload, a map in deterministic CBOR::

    {"iss": text, "vct": text, "iat": integer, "vingerafdruk": 32 bytes,
     "elementen": {path: value, …}, "meer": integer}

- ``elementen``: the elements of the definition with ``papier``, in its order and row by row, until the code is full; a
  part of a list or group goes along when both it and its element have ``papier``; paths as in ``core/dataset/path.py``,
  values as in ``paper_value.py``;
- ``meer``: how many of those were left out; what never goes on paper is not counted;
- ``vingerafdruk`` ties the page to one sealing: the digital file of it has the same.

Rules by number: docs/profile/paper-code.md. The certificate does not travel along: only a seal that is known
(``Trust.known``) can be checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from blauweknop.core.dataset.definition import ROWS, DataSetDefinition, Element
from blauweknop.core.dataset.path import parse_path
from blauweknop.core.dataset.value import Row, Value  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.seal.certificates import resolve_by_thumbprint
from blauweknop.core.seal.errors import ContentError, NotYetValidError
from blauweknop.core.seal.key_binding import SKEW
from blauweknop.core.seal.paper_value import decode_value, encode_value
from blauweknop.core.wire.base45 import base45_decode, base45_encode, base45_length
from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.cbor import encode_cbor, parse_cbor
from blauweknop.core.wire.cose import UnverifiedSign1, parse_sign1, sign1_length, sign_sign1
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blauweknop.core.seal.trust import Standing, Trust
    from blauweknop.core.wire.keys import Signer

PREFIX = "BK1:"
MAX_CHARACTERS = 1195
_MAX_BYTES = (MAX_CHARACTERS - len(PREFIX)) * 2 // 3
_TEXT, _SEAL, _CONTENT = "paper-code.md §1", "paper-code.md §2", "paper-code.md §3"  # docs/profile/
_HASH_BYTES = 32
_MAX_IAT = 2**40
_VCT = re.compile(r"\S+/v1/gegevenssets/([a-z][a-z0-9-]*/[1-9][0-9]*)", re.ASCII)
_TYPES = {"iss": str, "vct": str, "iat": int, "vingerafdruk": bytes, "elementen": dict, "meer": int}


class PaperContent(msgspec.Struct, frozen=True, kw_only=True):
    """What to put on paper. ``fingerprint``: base64url; ``rows``: as sealed, one row for a set of one record."""

    definition: DataSetDefinition
    scheme_url: str
    iss: str
    issued_at: int
    fingerprint: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class VerifiedPaperCode:
    """What a paper code says, once its seal was checked. ``values`` by path, in the order of the code."""

    iss: str
    vct: str
    data_set: str
    issued_at: int
    fingerprint: str
    values: Mapping[str, Value]
    more: int
    oin: str
    organisation: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class UnverifiedPaperCode:
    """A paper code as it was read: well-formed, not believed."""

    sign1: UnverifiedSign1

    def verify(self, trust: Trust, *, at: int) -> VerifiedPaperCode:
        """What the code says, once it is by a known seal. ``at``: now, seconds since 1970.

        Raises: ``SealUnknownError`` when the certificate is not known here; ``CertificateError``,
        ``SignatureInvalidError``, ``NotYetValidError``.
        """
        said = _parse_payload(self.sign1.dangerous_payload)
        if said["iat"] > at + SKEW:
            raise NotYetValidError(clause="RFC 8392 §3.1.6")
        seal = resolve_by_thumbprint(self.sign1.unverified_kid, said["iss"], trust, at=said["iat"])
        self.sign1.verify(seal.public_key)
        return VerifiedPaperCode(
            iss=said["iss"],
            vct=said["vct"],
            data_set=_data_set(said["vct"]),
            issued_at=said["iat"],
            fingerprint=b64url_encode(said["vingerafdruk"]),
            values={path: decode_value(members) for path, members in said["elementen"].items()},
            more=said["meer"],
            oin=seal.oin,
            organisation=seal.name,
            standing=seal.standing,
        )


def encode_paper_code(content: PaperContent, *, signer: Signer) -> str:
    """The paper code of ``content``, sealed by ``signer``: ``BK1:…``, at most ``MAX_CHARACTERS``.

    Raises: ``ContentError`` when it would not fit without any element.
    """
    payload = _fitting_payload(content, list(_elements_on_paper(content)))
    kid = b64url_decode(signer.kid)
    return PREFIX + base45_encode(sign_sign1(payload, kid=kid, signer=signer))


def parse_paper_code(text: str) -> UnverifiedPaperCode:
    """Takes ``text`` apart without believing it. Raises: ``MalformedError`` for another spelling than the one."""
    if not text.startswith(PREFIX):
        raise MalformedError(f"a paper code begins with {PREFIX}", clause=_TEXT)
    if len(text) > MAX_CHARACTERS:
        raise MalformedError(f"a paper code has at most {MAX_CHARACTERS} characters", clause=_TEXT)
    sign1 = parse_sign1(base45_decode(text[len(PREFIX) :]), max_bytes=_MAX_BYTES)
    if len(sign1.unverified_kid) != _HASH_BYTES:
        raise MalformedError("kid is not a SHA-256", clause=_SEAL)
    for members in _parse_payload(sign1.dangerous_payload)["elementen"].values():
        decode_value(members)
    return UnverifiedPaperCode(sign1)


def _fitting_payload(content: PaperContent, elements: list[tuple[str, Value]]) -> bytes:
    # The first k elements fit or they do not, and fewer fit when more do: look for the largest k.
    encoded = [(path, encode_value(value)) for path, value in elements]
    fits, too_many = -1, len(encoded) + 1
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        length = sign1_length(len(_payload(content, encoded, middle)), _HASH_BYTES)
        if len(PREFIX) + base45_length(length) <= MAX_CHARACTERS:
            fits = middle
        else:
            too_many = middle
    if fits < 0:
        raise ContentError("iss and vct are too long for a paper code")
    return _payload(content, encoded, fits)


def _payload(content: PaperContent, encoded: list[tuple[str, list[Any]]], count: int) -> bytes:
    return encode_cbor(
        {
            "iss": content.iss,
            "vct": content.definition.vct(content.scheme_url),
            "iat": content.issued_at,
            "vingerafdruk": b64url_decode(content.fingerprint),
            "elementen": dict(encoded[:count]),
            "meer": len(encoded) - count,
        }
    )


def _elements_on_paper(content: PaperContent) -> Iterator[tuple[str, Value]]:
    in_rows = content.definition.shape == ROWS
    for number, row in enumerate(content.rows):
        yield from _parts_on_paper(f"{ROWS}[{number}]." if in_rows else "", content.definition.elements, row)


def _parts_on_paper(prefix: str, elements: tuple[Element, ...], row: Row) -> Iterator[tuple[str, Value]]:
    for element in elements:
        value = row.get(element.id)
        if value is None or not element.on_paper:
            continue
        path = prefix + element.id
        if isinstance(value.waarde, tuple):
            for number, item in enumerate(value.waarde):
                yield from _parts_on_paper(f"{path}[{number}].", element.parts, item)
        elif isinstance(value.waarde, dict):
            yield from _parts_on_paper(f"{path}.", element.parts, value.waarde)
        else:
            yield path, value


def _parse_payload(payload: bytes) -> dict[str, Any]:
    said = parse_cbor(payload, max_bytes=_MAX_BYTES)
    if not isinstance(said, dict) or set(said) != set(_TYPES):
        raise MalformedError("a paper code does not have the members that it has", clause=_CONTENT)
    for name, kind in _TYPES.items():
        if type(said[name]) is not kind:
            raise MalformedError(f"{name} of a paper code is of another type", clause=_CONTENT)
    if not 0 <= said["iat"] <= _MAX_IAT or said["meer"] < 0 or len(said["vingerafdruk"]) != _HASH_BYTES:
        raise MalformedError("iat, meer or vingerafdruk of a paper code is out of range", clause=_CONTENT)
    _data_set(said["vct"])
    for path in said["elementen"]:
        _check_path(path)
    return said


def _check_path(path: object) -> None:
    try:
        parse_path(path if isinstance(path, str) else "")
    except MalformedError as error:
        raise MalformedError("an element of a paper code is not named by a path", clause=_CONTENT) from error


def _data_set(vct: str) -> str:
    match = _VCT.fullmatch(vct)
    if not match:
        raise MalformedError("vct of a paper code is not that of a data set", clause=_CONTENT)
    return match[1]
