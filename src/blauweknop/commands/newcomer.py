# SPDX-License-Identifier: EUPL-1.2
"""What ``consent init`` and ``requester init`` share: a folder to begin with, and what of it is handed in.

::

    <folder>/              0700; appears whole or not at all, and is never written over
      <service>.toml       the settings, with a comment at what must be looked at
      keys/                a private key for each purpose (``adapters/keys/bare.py``) and the secrets, 0600
      aanmelding/          for the scheme manager: registratie.toml, and the public half of each key

Everything that was answered is checked before the first byte is written.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import typer

from blauweknop.errors import BlauweKnopError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from blauweknop.core.scheme.vocabulary import Role

KEYS: Final = "keys"
HANDED_IN: Final = "aanmelding"
REGISTRATION: Final = "registratie.toml"
_DAYS: Final = 730  # how long a key counts; then another is handed in
_PORT: Final = 8080


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """An organisation as the register will know it. ``purposes``: of its keys; ``more``: further TOML lines of its
    registration, before and after those about keys.
    """

    name: str
    oin: str
    iss: str
    role: Role
    private: bool
    purposes: tuple[str, ...]
    more: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


def check_option(option: str, check: Callable[[str], object], given: str) -> None:
    """Raises ``typer.BadParameter`` (exit 2) that names ``option``, where ``check`` refuses ``given``."""
    try:
        check(given)
    except BlauweKnopError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def check_who(folder: Path, *, name: str, oin: str, iss: str) -> None:
    """Raises ``typer.BadParameter`` for a folder that is in use, and for what the register would refuse."""
    from blauweknop.adapters.keys.private_file import is_filled
    from blauweknop.core.scheme.names import check_name
    from blauweknop.core.scheme.vocabulary import check_oin

    if folder.exists() and (not folder.is_dir() or is_filled(folder)):
        raise typer.BadParameter(f"{folder} is there already; nothing was changed", param_hint="DIR")
    check_option("--naam", check_name, name)
    check_option("--oin", check_oin, oin)
    check_option("--iss", check_test_address, iss)


def check_test_address(address: str) -> None:
    """Raises ``RegisterContentError`` for an address that a test register would refuse."""
    from blauweknop.core.scheme.vocabulary import check_address

    check_address(address, "test")


def register_at(trust: Path) -> str:
    """The address of the register that the pins in ``trust`` are of. Raises ``typer.BadParameter``."""
    from blauweknop.adapters.keys.register_folder import load_register_trust

    try:
        return load_register_trust(trust, "test").iss
    except BlauweKnopError as error:
        raise typer.BadParameter(str(error), param_hint="--vertrouwen") from error


def make_folder(
    folder: Path, newcomer: Newcomer, *, secrets: tuple[str, ...], settings: str, settings_name: str
) -> None:
    """Makes the folder. Raises: ``KeyExistsError``, ``InfrastructureError``."""
    from blauweknop.adapters.keys.bare import bare_key_file, public_file
    from blauweknop.adapters.keys.folder import secret_file
    from blauweknop.adapters.keys.issuing import make_key
    from blauweknop.adapters.keys.private_file import PRIVATE_FILE, PUBLIC_FILE, write_folder

    files = {settings_name: (settings.encode(), PUBLIC_FILE)}
    for purpose in newcomer.purposes:
        key = make_key()
        files[f"{KEYS}/{purpose}.key.pem"] = (bare_key_file(key, purpose), PRIVATE_FILE)
        files[f"{HANDED_IN}/{purpose}.pub.pem"] = (public_file(key.public_key()), PUBLIC_FILE)
    for secret in secrets:
        files[f"{KEYS}/{secret}.secret"] = (secret_file(secret), PRIVATE_FILE)
    today = dt.datetime.now(dt.UTC).date()
    files[f"{HANDED_IN}/{REGISTRATION}"] = ("\n".join(_registration(newcomer, today)).encode(), PUBLIC_FILE)
    write_folder(folder, files)


def say_what_next(folder: Path, settings_name: str, iss: str) -> None:
    """Prints what to hand in, and how to go on."""
    typer.echo(f"Made {folder}: settings {folder / settings_name}, keys {folder / KEYS}.")
    typer.echo(f"Hand in {folder / HANDED_IN} to the scheme manager; it holds public keys only. There it goes in with:")
    typer.echo(f"  blauweknop register admit {folder / HANDED_IN / REGISTRATION} --instelling REGISTER.toml")
    typer.echo("Look through the settings, and within a minute of the admission:")
    port = urlsplit(iss).port or _PORT
    typer.echo(f"  blauweknop serve --instelling {folder / settings_name} --poort {port}")


def quoted(text: object) -> str:
    """``text`` as a TOML string."""
    return json.dumps(str(text), ensure_ascii=False)


def _registration(one: Newcomer, today: dt.date) -> Iterator[str]:
    before, after = one.more
    yield "# Aanmelding bij het register. Alleen openbare sleutels: geef deze hele map aan de stelselbeheerder."
    yield f"oin = {quoted(one.oin)}"
    yield f"naam = {quoted(one.name)}"
    yield f"iss = {quoted(one.iss)}"
    yield f'rollen = ["{one.role}"]'
    yield f"privaat = {'true' if one.private else 'false'}"
    yield from before
    for purpose in one.purposes:
        yield ""
        yield "[[sleutels]]"
        yield f'doel = "{purpose}"'
        yield f'publiek = "{purpose}.pub.pem"'
        yield f"van = {today}"
        yield f"tot = {today + dt.timedelta(days=_DAYS)}"
    yield from after
    yield ""
