# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop source check``: does the connection give what the settings say, for one test person?

It asks the organisation's own systems as a delivery would, and shows per element where the value came from and what is
lacking. Nothing is sealed, sent or logged; what it shows are a person's data: use a test person.

Exit codes: 0 every data set answered; 1 one did not; 2 wrong usage or configuration (file and line are named).
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import typer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from blauweknop.adapters.config.settings import DataSetSettings, SourceSettings
    from blauweknop.adapters.connectors.contract import Finding, Query

EXIT_NO: Final = 1
_MILLISECONDS: Final = 1000
_UNPRINTABLE: Final = "\N{REPLACEMENT CHARACTER}"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one data set: its lines, or why there are none (``failed``: code, reason and what was wrong)."""

    data_set: str
    connector: str
    milliseconds: int
    findings: tuple[Finding, ...] = ()
    failed: str = ""


def register(group: typer.Typer) -> None:
    """Adds ``check``."""
    group.command("check")(check)


def check(
    settings_file: Annotated[Path, typer.Option("--instelling", metavar="FILE", help="The source's settings (TOML).")],
    *,
    bsn: Annotated[str, typer.Option("--bsn", help="A test person's BSN; asked for when left out.")] = "",
    person: Annotated[str, typer.Option("--testpersoon", metavar="NAME", help="A person of the demo, by name.")] = "",
    data_set: Annotated[str, typer.Option("--gegevensset", metavar="ID", help="Only this one: inkomen/1.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Try the connection of a source for one test person: where each value comes from, and what is lacking.

    Example: blauweknop source check --instelling bron.toml --testpersoon mark-de-boer
    """
    from blauweknop.adapters.catalogue import load_catalogue
    from blauweknop.adapters.config.settings import load_source_settings

    settings = load_source_settings(settings_file, environ=os.environ, definitions=load_catalogue().definitions)
    chosen = choose(settings, data_set)
    subject = find_person(bsn, person)
    outcomes = asyncio.run(check_all(chosen, subject))
    if as_json:
        typer.echo(json.dumps([as_plain(outcome) for outcome in outcomes], ensure_ascii=False, indent=1))
    else:
        show(outcomes)
    if any(outcome.failed for outcome in outcomes):
        raise typer.Exit(EXIT_NO)


def choose(settings: SourceSettings, data_set: str) -> Sequence[DataSetSettings]:
    """The data sets to try: those that are on, or the one named. Raises: ``BadParameter``."""
    chosen = [one for one in settings.data_sets if (one.id == data_set if data_set else one.on)]
    if not chosen:
        known = ", ".join(one.id for one in settings.data_sets)
        raise typer.BadParameter(f"no such data set here, or none is on; the settings have {known or 'none'}")
    return chosen


def find_person(bsn: str, person: str) -> str:
    """The number of the person to ask for. Raises: ``BadParameter``."""
    from blauweknop.core.dataset.bsn import is_bsn
    from blauweknop.demo.gegevens import load

    if person:
        cast = {one["slug"]: str(one["bsn"]) for one in load("cast")["personen"]}
        if person not in cast:
            raise typer.BadParameter(f"choose one of {', '.join(sorted(cast))}", param_hint="--testpersoon")
        return cast[person]
    number = bsn or str(typer.prompt("BSN of a test person", hide_input=True))
    if not is_bsn(number):
        raise typer.BadParameter("not a BSN: nine digits that pass the eleven test", param_hint="--bsn")
    return number


async def check_all(data_sets: Sequence[DataSetSettings], subject: str) -> list[Outcome]:
    """Tries the data sets one after another."""
    from blauweknop.adapters.catalogue import load_catalogue
    from blauweknop.adapters.clock import SystemClock
    from blauweknop.adapters.connectors.contract import Query

    definitions, today = load_catalogue().definitions, SystemClock().today()
    return [
        await check_one(
            one,
            Query(
                definition=definitions[one.id],
                subject=subject,
                elements=tuple(element.id for element in definitions[one.id].elements),
                today=today,
            ),
        )
        for one in data_sets
    ]


async def check_one(data_set: DataSetSettings, query: Query, environ: Mapping[str, str] = os.environ) -> Outcome:
    """Tries one data set. Raises: ``ConfigurationError``."""
    from blauweknop.adapters.connectors.contract import SourceFailedError, WrongPersonError
    from blauweknop.adapters.connectors.open import open_connector

    connector = open_connector(data_set.link, environ=environ)
    found: tuple[Finding, ...] = ()
    began, failed = time.monotonic(), ""
    try:
        found = tuple(await connector.check(query))
    except (SourceFailedError, WrongPersonError) as error:
        failed = f"{error.code}: {error.detail or error.title()}"
    finally:
        await connector.close()
    return Outcome(
        data_set=data_set.id,
        connector=str(type(data_set.link).__struct_config__.tag),
        milliseconds=round((time.monotonic() - began) * _MILLISECONDS),
        findings=found,
        failed=failed,
    )


def as_plain(outcome: Outcome) -> dict[str, Any]:
    """The members of the JSON form."""
    return {
        "gegevensset": outcome.data_set,
        "connector": outcome.connector,
        "milliseconden": outcome.milliseconds,
        "niet_gelukt": outcome.failed or None,
        "elementen": [
            {"element": one.element, "herkomst": one.origin, "waarde": one.shown, "advies": one.advice or None}
            for one in outcome.findings
        ],
    }


def show(outcomes: Sequence[Outcome], console: Console | None = None) -> None:
    """Prints one table per data set."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    screen = console or Console()
    for outcome in outcomes:
        title = f"{outcome.data_set}, connector {outcome.connector}, {outcome.milliseconds} ms"
        if outcome.failed:
            screen.print(Text(f"{title}: failed, {outcome.failed}", style="red"))
            continue
        table = Table(title=title, title_justify="left")
        for heading in ("element", "comes from", "value", "advice"):
            table.add_column(heading, overflow="fold")
        for one in outcome.findings:
            table.add_row(*(Text(printable(cell)) for cell in (one.element, one.origin, one.shown, one.advice)))
        screen.print(table)
        lacking = [one.element for one in outcome.findings if one.element and one.shown == "(not delivered)"]
        screen.print(Text(f"Not delivered: {', '.join(lacking)}" if lacking else "Every element is delivered."))


def printable(text: str) -> str:
    """The text without characters that steer a terminal."""
    return "".join(character if character.isprintable() else _UNPRINTABLE for character in text)
