# SPDX-License-Identifier: EUPL-1.2
"""The settings of one source: one TOML file, one organisation.

::

    [bron]              naam = {nl, en}, oin, iss, slug, omgeving ("test" or "productie"), stelsel
    [bron.contact]      url, email, telefoon: where a citizen reports a mistake
    [bron.sleutels]     map: the folder with keys, vertrouwen: the folder with anchors and known seals
    [inloggen]          issuer, client_id, client_secret, betrouwbaarheidsniveau, [inloggen.acr] acr value = level
    [plus]              register, vertrouwen, geheugen, toestemmingsdienst: only where Plus or Centraal is on
    [opslag]            bestand: the SQLite file of the log, status and sessions
    [[gegevensset]]     id = "inkomen/1", aan = true; [gegevensset.koppeling] see ``connectors/settings.py``

Checked beyond the types: http only on loopback with ``omgeving = "test"``; the OIN; each data set once; each mapping in
the syntax of its connector.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

import msgspec

from blauweknop.adapters.config.read import Refusal, read_settings
from blauweknop.adapters.config.secret import SecretRef  # noqa: TC001 - msgspec reads it at run time
from blauweknop.adapters.connectors.conversions import CONVERSIONS
from blauweknop.adapters.connectors.haal_centraal.connector import FieldsRefusedError, check_mapping
from blauweknop.adapters.connectors.settings import (
    AnyLink,
    CsvLink,
    ElementMapping,
    HaalCentraalLink,
    RestLink,
    SqlLink,
)
from blauweknop.adapters.http.client import AddressRefusedError, check_address, is_loopback
from blauweknop.core.dataset.definition import Text  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from blauweknop.core.dataset.definition import DataSetDefinition, Element

Level = Literal["laag", "substantieel", "hoog"]
Environment = Literal["test", "productie"]
KeyPath = tuple[str | int, ...]

_OIN: Final = re.compile(r"\d{20}", re.ASCII)
_SLUG: Final = re.compile(r"[a-z][a-z0-9-]{0,40}", re.ASCII)
_OWN_PLACE: Final = MappingProxyType({SqlLink: "kolom", CsvLink: "kolom", RestLink: "pad", HaalCentraalLink: "veld"})
_DATA_SET: Final = re.compile(r"[a-z][a-z0-9-]*/[1-9]\d*", re.ASCII)


class Contact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a citizen asks "klopt dit niet?"; at least one is filled in.

    ``url`` and ``email`` stand in the OpenAPI document too, and are both filled in by a source with Plus.
    """

    url: str = ""
    email: str = ""
    phone: str = msgspec.field(name="telefoon", default="")


class KeySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``folder``: seal, status, log and session keys; ``trust``: anchors and known seal certificates."""

    folder: str = msgspec.field(name="map")
    trust: str = msgspec.field(name="vertrouwen")


class Organisation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who the source is. ``scheme_url`` is the stem of data set type identifiers (``vct``)."""

    name: Text = msgspec.field(name="naam")
    oin: str
    iss: str
    slug: str
    environment: Environment = msgspec.field(name="omgeving")
    scheme_url: str = msgspec.field(name="stelsel")
    contact: Contact
    keys: KeySettings = msgspec.field(name="sleutels")


class LoginSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The OpenID provider. ``acr`` maps its levels to ours; ``assurance`` is the least that is accepted."""

    issuer: str
    client_id: str
    client_secret: SecretRef
    assurance: Level = msgspec.field(name="betrouwbaarheidsniveau")
    acr: dict[str, Level]


class StoreSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the source keeps its own records."""

    file: str = msgspec.field(name="bestand")


class PlusSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What Plus and Centraal need: whose word counts. Without it the source runs Basis alone.

    ``register``: address; ``trust``: the folder with its pinned roots; ``memory``: the folder where the register that
    was accepted last is kept; ``consent_service``: the ``iss`` of the consent service; ``own_access_per_hour``: how
    many deliveries of own access one app gets in an hour: a stolen key of the consent service empties no source.
    """

    register: str
    trust: str = msgspec.field(name="vertrouwen")
    memory: str = msgspec.field(name="geheugen")
    consent_service: str = msgspec.field(name="toestemmingsdienst")
    own_access_per_hour: int = msgspec.field(name="eigen_inzage_per_uur", default=1000)


class DataSetSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One data set that the source hands out while ``on``."""

    id: str
    on: bool = msgspec.field(name="aan")
    link: AnyLink = msgspec.field(name="koppeling")


class SourceSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    source: Organisation = msgspec.field(name="bron")
    login: LoginSettings = msgspec.field(name="inloggen")
    store: StoreSettings = msgspec.field(name="opslag")
    data_sets: tuple[DataSetSettings, ...] = msgspec.field(name="gegevensset")
    plus: PlusSettings | None = None

    def data_set(self, ref: str) -> DataSetSettings | None:
        """The settings of the data set ``ref`` (``id/version``) when it is on, or None."""
        return next((one for one in self.data_sets if one.id == ref and one.on), None)


def load_source_settings(
    path: Path, *, environ: Mapping[str, str], definitions: Mapping[str, DataSetDefinition] | None = None
) -> SourceSettings:
    """The settings in the file at ``path``; with ``definitions``, also checked against the scheme's data sets.

    Raises: ``SettingsError`` with file, line and what to change.
    """

    def check(settings: SourceSettings) -> Iterator[Refusal]:
        yield from check_source(settings)
        if definitions is not None:
            yield from check_elements(settings, definitions)

    return read_settings(path, SourceSettings, environ=environ, check=check)


def check_source(settings: SourceSettings) -> Iterator[Refusal]:
    """What is wrong with settings of which the types are right, in the order of the file."""
    source, login = settings.source, settings.login
    if not _OIN.fullmatch(source.oin):
        yield Refusal(("bron", "oin"), "an OIN is 20 digits")
    if not _SLUG.fullmatch(source.slug):
        yield Refusal(("bron", "slug"), "use lower-case letters, digits and hyphens")
    for where, url in (
        (("bron", "iss"), source.iss),
        (("bron", "stelsel"), source.scheme_url),
        (("inloggen", "issuer"), login.issuer),
        *_plus_urls(settings.plus),
    ):
        if what := _public_url(url, source.environment):
            yield Refusal(where, f"{what}: {url}")
    if not (source.contact.url or source.contact.email or source.contact.phone):
        yield Refusal(("bron", "contact"), "fill in url, email or telefoon: people must be able to report a mistake")
    if settings.plus is not None and not (source.contact.url and source.contact.email):
        yield Refusal(("bron", "contact"), "with [plus], fill in url and email: others build on this API")
    if settings.plus is not None and settings.plus.own_access_per_hour < 1:
        yield Refusal(("plus", "eigen_inzage_per_uur"), "at least 1; an app that gets nothing is not admitted")
    if not login.acr:
        yield Refusal(("inloggen", "acr"), 'say which level an acr value means, e.g. "urn:…" = "substantieel"')
    yield from _data_sets(settings.data_sets)


def _plus_urls(plus: PlusSettings | None) -> tuple[tuple[tuple[str, ...], str], ...]:
    if plus is None:
        return ()
    return ((("plus", "register"), plus.register), (("plus", "toestemmingsdienst"), plus.consent_service))


def _public_url(url: str, environment: Environment) -> str:
    try:
        parts = check_address(url)
    except AddressRefusedError as error:
        return error.detail
    if url.endswith("/"):
        return "leave out the slash at the end"
    if parts.scheme == "https" or (environment == "test" and is_loopback(urlsplit(url).hostname or "")):
        return ""
    return 'use https (http only on this machine itself with omgeving = "test")'


def _data_sets(data_sets: tuple[DataSetSettings, ...]) -> Iterator[Refusal]:
    seen: set[str] = set()
    for index, data_set in enumerate(data_sets):
        at: KeyPath = ("gegevensset", index)
        if not _DATA_SET.fullmatch(data_set.id):
            yield Refusal((*at, "id"), 'write name and version, such as "inkomen/1"')
        if data_set.id in seen:
            yield Refusal((*at, "id"), "this data set stands twice")
        seen.add(data_set.id)
        yield from check_link(data_set.link, (*at, "koppeling"))


def check_elements(settings: SourceSettings, definitions: Mapping[str, DataSetDefinition]) -> Iterator[Refusal]:
    """What the settings say of data sets, elements and parts that the scheme does not have."""
    for index, data_set in enumerate(settings.data_sets):
        at: KeyPath = ("gegevensset", index)
        definition = definitions.get(data_set.id)
        if definition is None:
            yield Refusal((*at, "id"), f"the scheme has no such data set; it has {', '.join(sorted(definitions))}")
            continue
        elements = {element.id: element for element in definition.elements}
        yield from _known(data_set.link.elements, elements, (*at, "koppeling", "elementen"))


def _known(mapped: Mapping[str, ElementMapping], elements: Mapping[str, Element], at: KeyPath) -> Iterator[Refusal]:
    for name, mapping in mapped.items():
        element = elements.get(name)
        if element is None:
            yield Refusal((*at, name), f"there is no element {name}; there is {', '.join(elements)}")
            continue
        if element.kind == "lijst" and mapping.column and not mapping.parts:
            yield Refusal((*at, name), "a list in a column is a JSON array: say for each of its parts where it stands")
        yield from _known(mapping.parts, {part.id: part for part in element.parts}, (*at, name, "elementen"))


def check_link(link: AnyLink, at: KeyPath) -> Iterator[Refusal]:
    """What is wrong with a connection: a value without a place, or a place in the syntax of another connector."""
    own = _OWN_PLACE[type(link)]
    if not link.elements:
        yield Refusal((*at, "elementen"), "say for at least one element where its value stands")
    for element, mapping in link.elements.items():
        where: KeyPath = (*at, "elementen", element)
        wrong = list(_mapping(mapping, own, where))
        yield from wrong
        if not wrong and isinstance(link, HaalCentraalLink):
            try:
                check_mapping(element, mapping)
            except FieldsRefusedError as error:
                yield Refusal(where, error.detail)


def _mapping(mapping: ElementMapping, own: str, at: KeyPath) -> Iterator[Refusal]:
    used = _places(mapping)
    allowed = {own, "vast", *(["afgeleid"] if own == "veld" else [])}
    for name in used:
        if name not in allowed:
            yield Refusal((*at, name), f"this connector reads {own}, not {name}")
    if len(used) != 1 and not (mapping.parts and not used):
        yield Refusal(at, f"give exactly one of {', '.join(sorted(allowed))}")
    if mapping.conversion and mapping.conversion not in CONVERSIONS:
        yield Refusal((*at, "omzetting"), f"use one of {', '.join(CONVERSIONS)}")
    for part, inner in mapping.parts.items():
        yield from _mapping(inner, own, (*at, "elementen", part))


def _places(mapping: ElementMapping) -> list[str]:
    """The keys by which it says where its value comes from."""
    places = {"kolom": mapping.column, "pad": mapping.path, "veld": mapping.field, "afgeleid": mapping.derived}
    return [name for name, place in places.items() if place] + (["vast"] if mapping.fixed is not None else [])
