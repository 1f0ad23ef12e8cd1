# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop keys``: make keys and certificates for a test, and look at what there is.

``init`` makes a test chain only: for production an organisation brings its own keys and a certificate of a CA that the
scheme accepts, in the same folder layout (``adapters/keys/folder.py``). ``add`` makes a key without a certificate, for
a test or for real: its public half stands in the register.
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
    """Adds ``init``, ``add`` and ``show``."""
    group.command("init")(init)
    group.command("add")(add)
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


def add(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of keys of one service.")],
    purpose: Annotated[str, typer.Argument(metavar="PURPOSE", help="What it is for, such as encryption or client.")],
) -> None:
    """Make a key without a certificate, and print its public half for the register. Never overwrites a key.

    Example: blauweknop keys add keys/voorbeeld encryption > encryption.pub.pem
    """
    from blauweknop.adapters.keys.bare import bare_key_path, make_bare_key, public_file
    from blauweknop.adapters.keys.private_file import check_private_folder
    from blauweknop.core.scheme.vocabulary import KeyPurpose

    bare = [one.value for one in KeyPurpose if one is not KeyPurpose.SEAL]
    if purpose not in bare:
        raise typer.BadParameter(f"choose one of {', '.join(bare)}", param_hint="PURPOSE")
    check_private_folder(folder)
    typer.echo(public_file(make_bare_key(bare_key_path(folder, purpose), purpose)), nl=False)


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
