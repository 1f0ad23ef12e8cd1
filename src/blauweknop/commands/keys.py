# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop keys``: make keys and certificates for a test, and look at what there is.

``init`` makes a test chain only: for production an organisation brings its own keys and a certificate of a CA that the
scheme accepts, in the same folder layout (``adapters/keys/folder.py``).
"""

from __future__ import annotations

import re
import time
import unicodedata
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from blauweknop.adapters.keys.overview import KeyLine


def register(group: typer.Typer) -> None:
    """Adds ``init`` and ``show``."""
    group.command("init")(init)
    group.command("show")(show)


def init(
    root: Annotated[Path, typer.Option("--map", help="Folder of the test chain, made when it is not there.")],
    name: Annotated[str, typer.Option("--bron", help="Name of the organisation, as on its seal.")],
    oin: Annotated[str, typer.Option("--oin", help="Its OIN, 20 digits.")],
    iss: Annotated[str, typer.Option("--iss", help="URL of its source, without trailing slash.")],
    slug: Annotated[str, typer.Option("--kort", help="Name of its folder; made from the name when left out.")] = "",
) -> None:
    """Make the keys of one organisation under a test chain. Never overwrites a key."""
    from blauweknop.adapters.keys.chain import ChainSource, init_source

    source = ChainSource(slug=slug or slugify(name), name=name, oin=oin, iss=iss)
    folder = init_source(root, source, now=int(time.time()))
    typer.echo(f"Made keys for {name} in {folder}. They are for tests only (omgeving: test).")


def show(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of keys, or of a test chain.")]) -> None:
    """Show which keys there are, what for, until when, and what needs attention. Never shows a key."""
    from blauweknop.adapters.keys.overview import describe, source_folders

    problems = 0
    for source in source_folders(folder):
        typer.echo(f"{source}")
        for line in describe(source, now=int(time.time())):
            typer.echo(f"  {_as_text(line)}")
            problems += bool(line.problem)
    if problems:
        raise typer.Exit(1)


def slugify(name: str) -> str:
    """``Burgerlijke stand 's-Gravenhage`` → ``burgerlijke-stand-s-gravenhage``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _as_text(line: KeyLine) -> str:
    if line.problem and line.days_left is None:
        return f"{line.purpose:8} NOT USABLE: {line.problem}"
    if line.days_left is None:
        return f"{line.purpose:8} secret, 32 bytes"
    note = line.problem or line.warning
    return (
        f"{line.purpose:8} {line.organisation}, OIN {line.oin}, {line.iss}, {line.days_left} days left, kid {line.kid}"
        + (f" — {note}" if note else "")
    )
