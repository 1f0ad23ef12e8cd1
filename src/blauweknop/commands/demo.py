# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop demo``: the whole scheme on this machine, with test people."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from blauweknop.demo.serve import RunningDemo
    from blauweknop.demo.steps import Step

_DELIVERED = "geleverd"
_WORDS = {_DELIVERED: "delivered", "geweigerd": "refused", "niet_gelukt": "failed"}


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
    import structlog

    from blauweknop.demo.home import demo_home
    from blauweknop.demo.serve import serve_until_stopped

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("error"))  # the terminal is for people
    asyncio.run(serve_until_stopped(demo_home(), started=lambda demo: typer.echo(_welcome(demo))))
    typer.echo("\nEverything has stopped.")


def _welcome(demo: RunningDemo) -> str:
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
            f"A document can also be checked at {first}/controleer",
            f"Who takes part, and what each may ask: {demo.register}",
            f"The same pages in English: {first}/?taal=en     Stop everything with ctrl-C.",
        ]
    )


def _once(out: Path) -> None:
    from blauweknop.demo.home import demo_home
    from blauweknop.demo.once import run_once
    from blauweknop.demo.steps import encode_summary

    home = demo_home()
    try:
        out.mkdir(parents=True, exist_ok=True)
        steps = asyncio.run(run_once(home, out, report=_progress))
        (out / "summary.json").write_bytes(encode_summary(steps))
    except OSError as error:
        typer.echo(f"blauweknop: {out} cannot be written: {error.strerror}", err=True)
        raise typer.Exit(2) from error
    typer.echo(_summary(steps, out, home))


def _progress(number: int, total: int, step: Step) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r\033[K{number}/{total} {step.citizen} at {step.source}", err=True, nl=number == total)


def _summary(steps: list[Step], out: Path, home: Path) -> str:
    delivered = [step for step in steps if step.outcome == _DELIVERED]
    example = delivered[0].files[0] if delivered else "FILE"
    return "\n".join(
        [
            f"Basis: {len(delivered)} certified sets for {len({s.citizen for s in delivered})} people (example data).",
            *(_person_line(citizen, steps) for citizen in dict.fromkeys(step.citizen for step in steps)),
            *_reason_lines(steps),
            "",
            f"Written to {out} (summary.json lists every step). Keys and roots of the demo: {home}",
            f"Check one:  ./bk verify {out / example}",
        ]
    )


def _person_line(citizen: str, steps: list[Step]) -> str:
    own = [step for step in steps if step.citizen == citizen]
    counts = Counter(step.outcome for step in own)
    said = ", ".join(f"{count} {_WORDS.get(outcome, outcome)}" for outcome, count in counts.items())
    sources = ", ".join(dict.fromkeys(step.source for step in own if step.outcome == _DELIVERED)) or "no source"
    return f"  {citizen:<28} {said:<26} from {sources}"


def _reason_lines(steps: list[Step]) -> list[str]:
    reasons = Counter(f"{step.source}: {step.reason}" for step in steps if step.reason)
    if not reasons:
        return []
    return ["", "Not delivered, and why:", *(f"  {count:>3} x {reason}" for reason, count in reasons.most_common())]
