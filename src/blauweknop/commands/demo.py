# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop demo``: the whole scheme on this machine, with test people."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from blauweknop.demo.serve import RunningDemo
    from blauweknop.demo.stelselbeheer import Organisation


def register(app: typer.Typer) -> None:
    """Adds ``demo``."""
    app.command(
        epilog="Examples:  blauweknop demo     blauweknop demo --once --out uitvoer",
    )(demo)


def demo(
    *,
    once: Annotated[bool, typer.Option("--once", help="Run everything once without a browser, then stop.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="With --once: the folder to write to.")] = None,
) -> None:
    """Run the whole scheme on this machine, with test people and example data."""
    if once != (out is not None):
        raise typer.BadParameter("--once and --out DIR go together", param_hint="--once")
    if out is not None:
        _once(out)
    else:
        _serve()


def _serve() -> None:
    from blauweknop.demo.home import demo_home
    from blauweknop.demo.serve import serve_until_stopped

    _quiet()
    asyncio.run(serve_until_stopped(demo_home(), started=lambda demo: typer.echo(_welcome(demo))))
    typer.echo("\nEverything has stopped.")


def _asks(one: Organisation) -> str:
    suspended = "; suspended, and refused everywhere" if one.suspended else ""
    return f"{one.name} ({', '.join(one.services)}{suspended})"


def _welcome(demo: RunningDemo) -> str:
    from blauweknop.demo.vragers import requesters

    first = demo.sources[0].address
    return "\n".join(
        [
            "The Blauwe Knop runs on this machine, with example data. Open one of these pages in a browser:",
            "",
            *(f"  {source.address:<24} {source.name}: {', '.join(source.data_sets)}" for source in demo.sources),
            "",
            "Log in as one of these people (the login is a test login; you choose who you are):",
            "",
            *(f"  {person.name:<28} {person.bsn}  {person.en}" for person in demo.people),
            "",
            "To try: log in, choose what you need it for, look, download the PDF; then  ./bk verify FILE",
            "",
            "Or share your data with one of these, and see what they get (Kevin de Boer, 16-12-1984, for a mortgage):",
            "",
            *(f"  {demo.requesters[one.slug]:<24} {_asks(one)}" for one in requesters()),
            f"  {demo.consent_service:<24} where you consent, look back and stop",
            "",
            f"A document can also be checked at {first}/controleer",
            f"Who takes part, and what each may ask: {demo.register}",
            f"The same pages in English: {first}/?taal=en     Stop everything with ctrl-C.",
        ]
    )


def _once(out: Path) -> None:
    from blauweknop.demo.home import demo_home
    from blauweknop.demo.once import run_once
    from blauweknop.demo.once_plus import run_plus
    from blauweknop.demo.steps import encode_summary
    from blauweknop.demo.summary import summarise

    home = demo_home()
    _quiet()
    try:
        out.mkdir(parents=True, exist_ok=True)
        steps = asyncio.run(run_once(home, out, report=_progress))
        steps += asyncio.run(run_plus(home, out, report=_progress))
        (out / "summary.json").write_bytes(encode_summary(steps))
    except OSError as error:
        typer.echo(f"blauweknop: {out} cannot be written: {error.strerror}", err=True)
        raise typer.Exit(2) from error
    _progress("")
    typer.echo(summarise(steps, out, home))


def _quiet() -> None:
    """The terminal is for people."""
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("critical"))


def _progress(what: str) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r\033[K{what}", err=True, nl=False)
