# SPDX-License-Identifier: EUPL-1.2
"""The settings of a requester: one TOML file.

::

    [vrager]            oin, iss, omgeving ("test" or "productie"), terug: where the citizen comes back to
    [vrager.sleutels]   map: bare keys client, dpop, encryption
    [stelsel]           register, vertrouwen, geheugen, toestemmingsdienst: whose word counts
    [opslag]            bestand: the SQLite file; geheim: what it is encrypted with, at least 32 characters
    [loket]             naam = {nl, en}, diensten = ["hypotheek/1"]: only where the reference service runs
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from blauweknop.adapters.config.read import Refusal, read_settings
from blauweknop.adapters.config.register import FolderSettings  # noqa: TC001 - msgspec reads it at run time
from blauweknop.adapters.config.secret import SecretRef  # noqa: TC001
from blauweknop.core.dataset.definition import Text  # noqa: TC001
from blauweknop.core.scheme.errors import RegisterContentError
from blauweknop.core.scheme.vocabulary import check_address, check_oin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class RequesterParty(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who the requester is, as in the register."""

    oin: str
    iss: str
    environment: Literal["test", "productie"] = msgspec.field(name="omgeving")
    back_to: str = msgspec.field(name="terug")
    keys: FolderSettings = msgspec.field(name="sleutels")


class RequesterScheme(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose word counts: ``register``, its pinned roots, what was accepted last, the ``iss`` of the consent service."""

    register: str
    trust: str = msgspec.field(name="vertrouwen")
    memory: str = msgspec.field(name="geheugen")
    consent_service: str = msgspec.field(name="toestemmingsdienst")


class RequesterStoreSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``secret``: kept outside the database and its backups."""

    file: str = msgspec.field(name="bestand")
    secret: SecretRef = msgspec.field(name="geheim")


class CounterSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the reference service shows. ``services``: ``id/version`` of those that the register admits."""

    name: Text = msgspec.field(name="naam")
    services: tuple[str, ...] = msgspec.field(name="diensten")


class RequesterSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    requester: RequesterParty = msgspec.field(name="vrager")
    scheme: RequesterScheme = msgspec.field(name="stelsel")
    store: RequesterStoreSettings = msgspec.field(name="opslag")
    counter: CounterSettings | None = msgspec.field(name="loket", default=None)


def load_requester_settings(path: Path, *, environ: Mapping[str, str]) -> RequesterSettings:
    """The settings in the file at ``path``. Raises: ``SettingsError`` with file, line and what to change."""
    return read_settings(path, RequesterSettings, environ=environ, check=_check)


def _check(settings: RequesterSettings) -> Iterator[Refusal]:
    party, scheme = settings.requester, settings.scheme
    try:
        check_oin(party.oin)
    except RegisterContentError as error:
        yield Refusal(("vrager", "oin"), error.detail)
    for at, address in (
        (("vrager", "iss"), party.iss),
        (("stelsel", "register"), scheme.register),
        (("stelsel", "toestemmingsdienst"), scheme.consent_service),
    ):
        try:
            check_address(address, party.environment)
        except RegisterContentError as error:
            yield Refusal(at, error.detail)
