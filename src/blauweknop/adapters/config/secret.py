# SPDX-License-Identifier: EUPL-1.2
"""Secrets: never in the settings file, only named there; they stand in the environment or in a file of their own.

``{ env = "NAME" }`` or ``{ bestand = "/run/secrets/name" }``. A file must be readable by its owner alone (mode 0600 or
0400); one line end at its end is not part of the secret. The value cannot be printed by accident.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_BYTES = 16_384


class SecretMissingError(ConfigurationError):
    """A secret that the configuration names is not there."""

    code = "geheim-ontbreekt"


class SecretExposedError(ConfigurationError):
    """The file of a secret can be read by others than its owner."""

    code = "geheim-leesbaar-voor-anderen"


class SecretRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a secret stands: exactly one of the two is filled in."""

    env: str = ""
    file: str = msgspec.field(name="bestand", default="")

    def __post_init__(self) -> None:
        if bool(self.env) == bool(self.file):
            raise ValueError('give either env = "NAME" or bestand = "PATH"')


class Secret:
    """A secret value: ``reveal()`` gives it, nothing else does."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The secret itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"


def load_secret_value(ref: SecretRef, environ: Mapping[str, str]) -> Secret:
    """The secret that ``ref`` names.

    Raises: ``SecretMissingError`` when it is absent or empty; ``SecretExposedError`` when others can read the file.
    """
    if ref.env:
        if not (text := environ.get(ref.env, "")):
            raise SecretMissingError(f"set the environment variable {ref.env}")
        return Secret(text)
    path = Path(ref.file)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise SecretMissingError(f"{path} is not a file")
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SecretExposedError(f"run: chmod 600 {path}")
        with path.open("rb") as handle:
            content = handle.read(_MAX_BYTES)
        text = content.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise SecretMissingError(f"make the file {path} ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SecretMissingError(f"{path} is not UTF-8 text") from error
    if not text:
        raise SecretMissingError(f"{path} is empty")
    return Secret(text)
