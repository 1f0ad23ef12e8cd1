# SPDX-License-Identifier: EUPL-1.2
"""`python -m blauweknop.demo.omzetten`: write the demo's data anew and say what the files do wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from blauweknop.errors import BlauweKnopError

from .assignment import PATH, load
from .convert import TEST_ONLY, Folder, Outputs, convert

_GEGEVENS = PATH.parent / "gegevens"
_REPOSITORY = PATH.parents[3]


def main(
    data: Annotated[Path, typer.Option(help="The folder with the published test files.")] = Path("../shared/data"),
    out: Annotated[Path, typer.Option(help="Where the demo's files go.")] = _GEGEVENS,
    tests: Annotated[Path, typer.Option(help="Where the file for tests only goes.")] = _REPOSITORY / "tests" / "data",
) -> None:
    """Write the demo's data anew, and print what the RvIG list does against its own rules."""
    console = Console()
    try:
        outputs = convert(Folder(data), load())
        write(outputs, out, tests)
    except (BlauweKnopError, OSError) as error:
        console.print(str(error))
        raise typer.Exit(1) from error
    console.print(_report(outputs))
    for kind, times in sorted(Counter(found.kind for found in outputs.report).items()):
        console.print(f"{kind}: {times}")


def write(outputs: Outputs, out: Path, tests: Path) -> None:
    """Write all files; a folder that is not there is made."""
    out.mkdir(parents=True, exist_ok=True)
    tests.mkdir(parents=True, exist_ok=True)
    for name, content in outputs.data.items():
        (out / name).write_bytes(content)
    (tests / TEST_ONLY).write_bytes(outputs.test_only)


def _report(outputs: Outputs) -> Table:
    table = Table("soort", "plaats in het bestand", "wat er staat")
    for found in outputs.report:
        table.add_row(found.kind, found.where, found.what)
    return table


if __name__ == "__main__":
    typer.run(main)
