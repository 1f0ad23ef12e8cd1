# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop requester init``: what a new requester begins with, in one folder (``newcomer.py``).

It asks who the organisation is and for which service it asks; what is given as an option is not asked. The settings are
those of the SDK, and of the reference service that ``blauweknop serve`` runs on it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import Annotated, Final

import typer

SETTINGS: Final = "vrager.toml"
_STORE_SECRET: Final = "opslag"  # noqa: S105 - its name


def register(group: typer.Typer) -> None:
    """Adds ``init``."""
    group.command("init")(init)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; must not be there.")],
    *,
    name: Annotated[str, typer.Option("--naam", prompt="Name of the organisation")],
    oin: Annotated[str, typer.Option("--oin", prompt="Its OIN (20 digits)")],
    iss: Annotated[str, typer.Option("--iss", prompt="Its address, without trailing slash")],
    service: Annotated[str, typer.Option("--dienst", prompt="Service it asks for, such as hypotheek/1")],
    trust: Annotated[Path, typer.Option("--vertrouwen", prompt="Folder with the register's pins")],
    consent_service: Annotated[str, typer.Option("--toestemmingsdienst", prompt="Address of the consent service")],
) -> None:
    """Make keys, settings and a registration for a new requester: answer a few questions. Never overwrites anything.

    Example: blauweknop requester init vrager
    """
    from blauweknop.adapters.catalogue import load_catalogue
    from blauweknop.commands.newcomer import (
        Newcomer,
        check_option,
        check_test_address,
        check_who,
        make_folder,
        register_at,
        say_what_next,
    )
    from blauweknop.core.scheme.vocabulary import Role
    from blauweknop.services.requester.sdk import PURPOSES

    check_who(folder, name=name, oin=oin, iss=iss)
    profiles = load_catalogue().profiles
    if service not in profiles:
        raise typer.BadParameter(f"choose one of {', '.join(sorted(profiles))}", param_hint="--dienst")
    address = register_at(trust)
    check_option("--toestemmingsdienst", check_test_address, consent_service)
    given = {"naam": name, "oin": oin, "iss": iss, "dienst": service, "register": address, "vertrouwen": str(trust)}
    given["toestemmingsdienst"] = consent_service
    newcomer = Newcomer(
        name=name,
        oin=oin,
        iss=iss,
        role=Role.REQUESTER,
        private=True,
        purposes=PURPOSES,
        more=(_addresses(iss), _admission(service)),
    )
    text = _settings_text(folder, given)
    make_folder(folder, newcomer, secrets=(_STORE_SECRET,), settings=text, settings_name=SETTINGS)
    say_what_next(folder, SETTINGS, iss)


def _addresses(iss: str) -> tuple[str, ...]:
    return (
        "# Een overheid zet hierboven privaat = false. Laat een wet haar het burgerservicenummer gebruiken, dan ook:",
        '# grondslag_bsn = "de wet en het artikel"',
        f'redirect_uris = ["{iss}/terug"]  # waar de burger na het beslissen terugkomt',
        f'start_uri = "{iss}/start"  # waar een burger zelf kan beginnen',
    )


def _admission(service: str) -> tuple[str, ...]:
    today = dt.datetime.now(dt.UTC).date()
    via = '# via = ["…"]  # OIN van elke partij waar de gegevens doorheen gaan'
    return ("", "[[toelatingen]]", f'dienst = "{service}"', f"sinds = {today}", via)


def _settings_text(folder: Path, given: dict[str, str]) -> str:
    from blauweknop.commands.newcomer import KEYS, quoted

    spelt = {name: quoted(value) for name, value in given.items()}
    return f"""\
# Een vrager. ${{NAAM:anders}} komt uit de omgeving van het proces; geheimen staan nooit in dit bestand.
# Uitleg: docs/gids-vrager.md; elke instelling: docs/instellingen.md.

[vrager]
oin = {spelt["oin"]}
iss = {spelt["iss"]}  # zoals in het register; https, behalve op deze machine zelf
omgeving = "test"
terug = {quoted(given["iss"] + "/terug")}  # waar de burger terugkomt; staat ook in de aanmelding

[vrager.sleutels]  # alleen voor deze dienst leesbaar
map = {quoted(folder / KEYS)}

[stelsel]  # op wiens woord deze vrager vertrouwt
register = {spelt["register"]}
vertrouwen = {spelt["vertrouwen"]}
geheugen = {quoted(folder / "geheugen")}  # wat het laatst is aangenomen; alleen van deze vrager
toestemmingsdienst = {spelt["toestemmingsdienst"]}

[opslag]  # wat er ontvangen is, versleuteld
bestand = {quoted(folder / "vrager.sqlite")}
geheim = {{ bestand = {quoted(folder / KEYS / (_STORE_SECRET + ".secret"))} }}  # niet in de back-up van het bestand

[loket]  # alleen voor de voorbeelddienst, die `blauweknop serve` draait
naam = {{ nl = {spelt["naam"]}, en = {spelt["naam"]} }}
diensten = [{spelt["dienst"]}]
"""
