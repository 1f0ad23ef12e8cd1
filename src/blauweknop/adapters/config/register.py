# SPDX-License-Identifier: EUPL-1.2
"""The settings of a register: one TOML file.

::

    [register]          naam = {nl, en}, oin, iss, omgeving ("test" or "productie"), twee_personen
    [register.contact]  naam, url, email: whom a developer asks
    [register.sleutels] map: the folder with keys
    [register.opslag]   bestand: the SQLite file

In ``productie`` admission and suspension take two persons, whatever the file says.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from blauweknop.adapters.config.contact import DeveloperContact, check_contact
from blauweknop.adapters.config.read import Refusal, read_settings
from blauweknop.core.dataset.definition import Text  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.scheme.errors import RegisterContentError
from blauweknop.core.scheme.vocabulary import check_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_OIN: Final = re.compile(r"[0-9]{20}", re.ASCII)


class FolderSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``folder``: where the keys lie (``adapters/keys/register_folder.py``)."""

    folder: str = msgspec.field(name="map")


class FileSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``file``: the register's database."""

    file: str = msgspec.field(name="bestand")


class RegisterService(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The register and its scheme manager."""

    name: Text = msgspec.field(name="naam")
    oin: str
    iss: str
    environment: Literal["test", "productie"] = msgspec.field(name="omgeving")
    contact: DeveloperContact
    keys: FolderSettings = msgspec.field(name="sleutels")
    store: FileSettings = msgspec.field(name="opslag")
    asks_two_persons: bool = msgspec.field(name="twee_personen", default=False)

    @property
    def two_persons(self) -> bool:
        """Whether admission and suspension take two persons."""
        return self.asks_two_persons or self.environment == "productie"


class RegisterSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    register: RegisterService


def load_register_settings(path: Path, *, environ: Mapping[str, str]) -> RegisterSettings:
    """The settings in the file at ``path``. Raises: ``SettingsError`` with file, line and what to change."""
    return read_settings(path, RegisterSettings, environ=environ, check=_check)


def register_text(register: RegisterService) -> str:
    """The settings file of ``register``."""

    def spelt(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    contact = register.contact
    return f"""# The register; see the guide for the scheme manager.
[register]
naam = {{ nl = {spelt(register.name.nl)}, en = {spelt(register.name.en)} }}
oin = {spelt(register.oin)}
iss = {spelt(register.iss)}
omgeving = "{register.environment}"
twee_personen = {"true" if register.asks_two_persons else "false"}

[register.contact]
naam = {spelt(contact.name)}
url = {spelt(contact.url)}
email = {spelt(contact.email)}

[register.sleutels]
map = {spelt(register.keys.folder)}

[register.opslag]
bestand = {spelt(register.store.file)}
"""


def _check(settings: RegisterSettings) -> Iterator[Refusal]:
    register = settings.register
    if not _OIN.fullmatch(register.oin):
        yield Refusal(("register", "oin"), "an OIN is 20 digits")
    try:
        check_address(register.iss, register.environment)
    except RegisterContentError as error:
        yield Refusal(("register", "iss"), error.detail)
    yield from check_contact(register.contact, "register")
