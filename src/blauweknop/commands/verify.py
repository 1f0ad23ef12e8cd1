# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop verify``: is this file authentic, and what does it say?

Exit codes: 0 when every file PASSED; 1 when one did not (FAILED, INDETERMINATE, unreadable content); 2 for wrong usage
or a path that cannot be opened. The worst of several files counts.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Final

import typer

from blauweknop.texts import DEFAULT_LANGUAGE, LANGUAGES, Language

if TYPE_CHECKING:
    from blauweknop.adapters.verify.report import Report

EXIT_NOT_PASSED: Final = 1
EXIT_USAGE: Final = 2
_COLOURS: Final = {"PASSED": "green", "INDETERMINATE": "yellow", "FAILED": "red"}


def register(app: typer.Typer) -> None:
    """Adds ``verify``."""
    app.command(epilog="Examples:  blauweknop verify inkomen.pdf     blauweknop verify *.sd-jwt --json")(verify)


def verify(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="SD-JWT, JSON, PDF, paper code or picture.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Reports for programs: a JSON list, one per file.")] = False,
    online: Annotated[bool, typer.Option("--online", help="Ask the organisation whether it was withdrawn.")] = False,
    trust_folder: Annotated[
        Path | None, typer.Option("--vertrouwen", metavar="DIR", help="Whom to trust; else that of the demo.")
    ] = None,
    language: Annotated[
        str, typer.Option("--taal", metavar="nl|en", help="Language of the report.")
    ] = DEFAULT_LANGUAGE,
) -> None:
    """Check whether files are authentic and unchanged, offline unless --online."""
    from blauweknop.adapters.catalogue import load_catalogue
    from blauweknop.adapters.verify.online import StatusAsker
    from blauweknop.adapters.verify.verify import verify_bytes
    from blauweknop.commands.trusted import find_trust

    words = parse_language(language)
    trust, now, definitions = find_trust(trust_folder), int(time.time()), load_catalogue().definitions
    asker = StatusAsker(trust, at=now) if online else None
    reports, unopened = [], False
    for file in files:
        data = read_file(file)
        if data is None:
            unopened = True
            continue
        reports.append(
            (str(file), verify_bytes(data, trust=trust, at=now, definitions=definitions, check_status=asker))
        )
    if as_json:
        typer.echo(json.dumps([report.json(file=name) for name, report in reports], ensure_ascii=False, indent=2))
    else:
        for name, report in reports:
            _show(report.text(words, definitions=definitions, file=name), report)
    if unopened:
        raise typer.Exit(EXIT_USAGE)
    if any(report.outcome.value != "PASSED" for _, report in reports):
        raise typer.Exit(EXIT_NOT_PASSED)


def parse_language(text: str) -> Language:
    """The language of ``--taal``. Raises: ``typer.BadParameter``."""
    for language in LANGUAGES:
        if language == text:
            return language
    raise typer.BadParameter("choose nl or en", param_hint="--taal")


def read_file(path: Path) -> bytes | None:
    """The bytes of ``path``, no more than can be verified and one; None, once said so, when it cannot be opened."""
    from blauweknop.adapters.verify.verify import MAX_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        typer.echo(f"blauweknop: {path} cannot be opened: {error.strerror}", err=True)
        return None


def _show(text: str, report: Report) -> None:
    first, _, rest = text.partition("\n")
    if sys.stdout.isatty():
        first = typer.style(first, fg=_COLOURS[report.outcome.value], bold=True)
    typer.echo(f"{first}\n{rest}")
