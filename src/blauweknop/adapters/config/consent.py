# SPDX-License-Identifier: EUPL-1.2
"""The settings of a consent service: one TOML file.

::

    [toestemmingsdienst]  naam = {nl, en}, oin, iss, omgeving ("test" or "productie")
    [toestemmingsdienst.contact]   naam, url, email: whom a developer asks
    [toestemmingsdienst.sleutels]  map: bare keys token status receipt dpop; secrets session finder burger-1 … sub link
    [toestemmingsdienst.bekwaamheid]  bevolking, rechtspraak: OINs of the sources that are asked who may decide
    [stelsel]             register, vertrouwen, geheugen: the register, its pinned roots, what was accepted last
    [inloggen]            as of a source (``settings.py``)
    [opslag]              bestand: the SQLite file; journaal: of withdrawals, outside the backups
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from blauweknop.adapters.config.contact import DeveloperContact, check_contact
from blauweknop.adapters.config.read import Refusal, read_settings
from blauweknop.adapters.config.settings import LoginSettings  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.dataset.definition import Text  # noqa: TC001
from blauweknop.core.scheme.errors import RegisterContentError
from blauweknop.core.scheme.vocabulary import check_address, check_oin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class ConsentKeySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``folder``: where keys and secrets lie, outside the database and its backups."""

    folder: str = msgspec.field(name="map")


class CapacitySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """OINs of the two sources that say who may decide."""

    population: str = msgspec.field(name="bevolking")
    court: str = msgspec.field(name="rechtspraak")


class ConsentService(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who the consent service is."""

    name: Text = msgspec.field(name="naam")
    oin: str
    iss: str
    environment: Literal["test", "productie"] = msgspec.field(name="omgeving")
    contact: DeveloperContact
    keys: ConsentKeySettings = msgspec.field(name="sleutels")
    capacity: CapacitySettings = msgspec.field(name="bekwaamheid")


class SchemeSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose word counts."""

    register: str
    trust: str = msgspec.field(name="vertrouwen")
    memory: str = msgspec.field(name="geheugen")


class ConsentStoreSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``journal``: a file on another disk than the backups."""

    file: str = msgspec.field(name="bestand")
    journal: str = msgspec.field(name="journaal")


class ConsentSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    service: ConsentService = msgspec.field(name="toestemmingsdienst")
    scheme: SchemeSettings = msgspec.field(name="stelsel")
    login: LoginSettings = msgspec.field(name="inloggen")
    store: ConsentStoreSettings = msgspec.field(name="opslag")


def load_consent_settings(path: Path, *, environ: Mapping[str, str]) -> ConsentSettings:
    """The settings in the file at ``path``. Raises: ``SettingsError`` with file, line and what to change."""
    return read_settings(path, ConsentSettings, environ=environ, check=_check)


def _check(settings: ConsentSettings) -> Iterator[Refusal]:
    service = settings.service
    oins = {
        ("toestemmingsdienst", "oin"): service.oin,
        ("toestemmingsdienst", "bekwaamheid", "bevolking"): service.capacity.population,
        ("toestemmingsdienst", "bekwaamheid", "rechtspraak"): service.capacity.court,
    }
    for where, oin in oins.items():
        try:
            check_oin(oin)
        except RegisterContentError as error:
            yield Refusal(where, error.detail)
    for at, address in (
        (("toestemmingsdienst", "iss"), service.iss),
        (("stelsel", "register"), settings.scheme.register),
    ):
        try:
            check_address(address, service.environment)
        except RegisterContentError as error:
            yield Refusal(at, f"{error.detail}: {address}")
    yield from check_contact(service.contact, "toestemmingsdienst")
