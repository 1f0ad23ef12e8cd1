# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop minimise``: a smaller certified copy of a file, offline (BK035).

What stays is still sealed by the organisation; what goes leaves no trace but that something was left out. A PDF made
here carries the smaller sealed set, but has no seal of its own, because only the organisation can set one; it says so.
"""

from __future__ import annotations

import time
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Final

import typer

from blauweknop.errors import ConfigurationError
from blauweknop.texts import DEFAULT_LANGUAGE, Language

if TYPE_CHECKING:
    from blauweknop.core.seal.sealed import SealedSet, UnverifiedSet

_SUFFIXES: Final = (".sd-jwt", ".json", ".pdf")


class OutputRefusedError(ConfigurationError):
    """The smaller copy cannot be written there."""

    code = "uitvoer-geweigerd"


class NothingKeptError(ConfigurationError):
    """Say what to keep: --keep with names that verify --json shows, such as verzamelinkomen or rijen[0]."""

    code = "niets-gekozen"


def register(app: typer.Typer) -> None:
    """Adds ``minimise``."""
    app.command(epilog="Example:  blauweknop minimise inkomen.sd-jwt --keep verzamelinkomen --out kleiner.pdf")(
        minimise
    )


def minimise(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A certified SD-JWT, JSON or PDF.")],
    more: Annotated[list[str] | None, typer.Argument(metavar="PATH", help="More paths to keep.")] = None,
    *,
    keep: Annotated[
        list[str] | None, typer.Option("--keep", metavar="PATH", help="What stays; may be repeated.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Ends in .sd-jwt, .json or .pdf.")] = None,
    trust_folder: Annotated[
        Path | None,
        typer.Option("--vertrouwen", metavar="DIR", help="Whom to trust, for a PDF; else that of the demo."),
    ] = None,
    language: Annotated[str, typer.Option("--taal", metavar="nl|en", help="Language of a PDF.")] = DEFAULT_LANGUAGE,
) -> None:
    """Make a smaller certified copy: keep some values, leave out the others. Offline; never overwrites a file."""
    from blauweknop.commands.verify import EXIT_USAGE, parse_language, read_file
    from blauweknop.core.seal.present import minimise_set

    words = parse_language(language)
    target = out or file.with_name(f"{file.stem}-kleiner{file.suffix}")
    _check_target(file, target)
    paths = [path for given in [*(keep or []), *(more or [])] for path in given.split(",") if path]
    if not paths:
        raise NothingKeptError
    data = read_file(file)
    if data is None:
        raise typer.Exit(EXIT_USAGE)
    smaller = minimise_set(_sealed_set(data), paths)
    _write(target, _as_file(smaller, target.suffix, trust_folder, words))
    typer.echo(f"{target}: kept {', '.join(paths)}")


def _sealed_set(data: bytes) -> UnverifiedSet:
    from blauweknop.adapters.paper.verify_pdf import parse_pdf
    from blauweknop.adapters.verify.kind import detect
    from blauweknop.core.seal.sealed import parse_sealed_set

    return parse_sealed_set(parse_pdf(data).attachment if detect(data) == "pdf" else data)


def _check_target(file: Path, target: Path) -> None:
    if target.suffix not in _SUFFIXES:
        raise OutputRefusedError(f"{target.name} does not end in {', '.join(_SUFFIXES)}")
    if target.exists():
        same = file.exists() and target.samefile(file)
        raise OutputRefusedError(f"{target} is the file itself" if same else f"{target} is there already")


def _as_file(smaller: SealedSet, suffix: str, trust_folder: Path | None, language: Language) -> bytes:
    if suffix == ".sd-jwt":
        return smaller.compact()
    if suffix == ".json":
        return smaller.json()
    from blauweknop.adapters.catalogue import load_catalogue
    from blauweknop.adapters.paper.document import render_document
    from blauweknop.adapters.paper.printed import print_of
    from blauweknop.commands.trusted import find_trust
    from blauweknop.core.seal.sealed import parse_sealed_set

    # A page is only made of what was verified: nobody should print what is not sealed.
    verified = parse_sealed_set(smaller.compact()).verify(find_trust(trust_folder), at=int(time.time()))
    definition = load_catalogue().definitions.get(verified.data_set)
    if definition is None:
        raise OutputRefusedError(f"no definition of {verified.data_set} to print it by: make a .sd-jwt or .json")
    page = print_of(verified, smaller.compact(), definition=definition, copy=True)
    return render_document(page, language=language)


def _write(target: Path, content: bytes) -> None:
    try:
        with target.open("xb") as file:  # never over something that came there meanwhile
            file.write(content)
    except OSError as error:
        raise OutputRefusedError(f"{target}: {error.strerror}") from error
