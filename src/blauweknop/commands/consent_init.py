# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop consent init``: what a new consent service begins with, in one folder (``newcomer.py``).

It asks who the organisation is and what it stands beside; what is given as an option is not asked. The journal of
withdrawals is asked for apart: it lies outside this folder, because a back-up that is put back may not put it back.
"""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import Annotated, Final

import typer

SETTINGS: Final = "toestemming.toml"


def register(group: typer.Typer) -> None:
    """Adds ``init``."""
    group.command("init")(init)


def init(  # noqa: PLR0913 - each is a question
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; must not be there.")],
    *,
    name: Annotated[str, typer.Option("--naam", prompt="Name of the consent service")],
    oin: Annotated[str, typer.Option("--oin", prompt="OIN of the organisation (20 digits)")],
    iss: Annotated[str, typer.Option("--iss", prompt="Its address, without trailing slash")],
    email: Annotated[str, typer.Option("--email", prompt="Whom developers write to")],
    trust: Annotated[Path, typer.Option("--vertrouwen", prompt="Folder with the register's pins")],
    population: Annotated[str, typer.Option("--bevolking", prompt="OIN of the source that knows who is a minor")],
    court: Annotated[str, typer.Option("--rechtspraak", prompt="OIN of the source that knows the courts' measures")],
    journal: Annotated[Path, typer.Option("--journaal", prompt="File of withdrawals, outside every back-up")],
    login: Annotated[str, typer.Option("--inloggen", help="Your OpenID provider.")] = "http://localhost:8100",
) -> None:
    """Make keys, settings and a registration for a consent service: answer a few questions. Never overwrites anything.

    Example: blauweknop consent init toestemming
    """
    from blauweknop.commands.newcomer import (
        Newcomer,
        check_option,
        check_test_address,
        check_who,
        make_folder,
        register_at,
        say_what_next,
    )
    from blauweknop.core.scheme.vocabulary import Role, check_oin
    from blauweknop.services.consent.assemble import BARE_KEYS, SECRETS

    check_who(folder, name=name, oin=oin, iss=iss)
    address = register_at(trust)
    check_option("--bevolking", check_oin, population)
    check_option("--rechtspraak", check_oin, court)
    check_option("--inloggen", check_test_address, login)
    if "@" not in email:
        raise typer.BadParameter("write an e-mail address", param_hint="--email")
    _check_journal(journal, folder)
    given = {"naam": name, "oin": oin, "iss": iss, "email": email, "register": address, "vertrouwen": str(trust)}
    given |= {"bevolking": population, "rechtspraak": court, "journaal": str(journal), "inloggen": login}
    newcomer = Newcomer(name=name, oin=oin, iss=iss, role=Role.CONSENT_SERVICE, private=False, purposes=BARE_KEYS)
    make_folder(folder, newcomer, secrets=SECRETS, settings=_settings_text(folder, given), settings_name=SETTINGS)
    say_what_next(folder, SETTINGS, iss)


def _check_journal(journal: Path, folder: Path) -> None:
    if not journal.parent.is_dir() or journal.is_dir():
        raise typer.BadParameter(f"name a file in a folder that is there, not {journal}", param_hint="--journaal")
    if journal.resolve().is_relative_to(folder.resolve()):
        raise typer.BadParameter(f"choose a place outside {folder}, that no back-up holds", param_hint="--journaal")


def _settings_text(folder: Path, given: dict[str, str]) -> str:
    from blauweknop.commands.newcomer import KEYS, quoted

    spelt = {name: quoted(value) for name, value in given.items()}
    return f"""\
# Een toestemmingsdienst. ${{NAAM:anders}} komt uit de omgeving van het proces; geheimen staan nooit in dit bestand.
# Uitleg: docs/gids-toestemmingsdienst.md; elke instelling: docs/instellingen.md.

[toestemmingsdienst]
naam = {{ nl = {spelt["naam"]}, en = {spelt["naam"]} }}  # zoals burgers hem zien
oin = {spelt["oin"]}
iss = {spelt["iss"]}  # zoals in het register; https, behalve op deze machine zelf
omgeving = "test"

[toestemmingsdienst.contact]  # bij wie een ontwikkelaar terechtkan; staat in de OpenAPI-beschrijving
naam = {spelt["naam"]}
url = {spelt["iss"]}
email = {spelt["email"]}

[toestemmingsdienst.sleutels]  # alleen voor deze dienst leesbaar, en niet in de back-up van de database
map = {quoted(folder / KEYS)}

[toestemmingsdienst.bekwaamheid]  # welke twee bronnen zeggen of iemand zelf mag beslissen
bevolking = {spelt["bevolking"]}  # minderjarig of onder curatele: RvIG
rechtspraak = {spelt["rechtspraak"]}  # curatele, bewind, mentorschap: Rechtspraak

[stelsel]  # op wiens woord deze dienst vertrouwt
register = {spelt["register"]}
vertrouwen = {spelt["vertrouwen"]}
geheugen = {quoted(folder / "geheugen")}  # wat het laatst is aangenomen; alleen van deze dienst

[inloggen]  # uw OpenID-provider
issuer = {spelt["inloggen"]}
client_id = "toestemming"
client_secret = {{ env = "BK_LOGIN_GEHEIM" }}
betrouwbaarheidsniveau = "substantieel"

[inloggen.acr]  # wat de niveaus van die provider betekenen
"http://eidas.europa.eu/LoA/substantial" = "substantieel"
"http://eidas.europa.eu/LoA/high" = "hoog"

[opslag]
bestand = {quoted(folder / "toestemming.sqlite")}
journaal = {spelt["journaal"]}  # van intrekkingen: op een andere schijf dan de back-ups, en er nooit in
"""
