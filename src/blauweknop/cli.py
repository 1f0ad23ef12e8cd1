# SPDX-License-Identifier: EUPL-1.2
"""The command line. Commands stand one to a file in ``commands/``; this file only gathers them.

Exit codes: 0 it worked (for ``verify``: PASSED); 1 it was tried and the answer is no; 2 wrong usage or configuration.
An error of ours is one line on standard error that says what to do; its contents never hold personal data.
"""

from __future__ import annotations

from typing import Final

import typer

from blauweknop import __version__
from blauweknop.commands import GROUPS, register_all
from blauweknop.errors import Actor, BlauweKnopError

EXIT_NO: Final = 1
EXIT_USAGE: Final = 2


def build_app() -> typer.Typer:
    """The whole command line."""
    app = typer.Typer(
        name="blauweknop",
        help="Your own data, certified by the organisation that holds them; pass on only what is needed.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )

    @app.callback(invoke_without_command=True)
    def _root(
        version: bool = typer.Option(False, "--version", help="Show the version and stop."),
    ) -> None:
        if version:
            typer.echo(f"blauweknop {__version__}")
            raise typer.Exit

    groups = {name: typer.Typer(help=text, no_args_is_help=True) for name, text in GROUPS.items()}
    register_all(app, groups)
    for name, group in groups.items():
        if group.registered_commands:
            app.add_typer(group, name=name)
    return app


def main() -> int:
    """Runs the command in ``sys.argv``; returns its exit code, or leaves by ``SystemExit`` with it."""
    try:
        build_app()()
    except BlauweKnopError as error:
        typer.echo(f"blauweknop: {error}", err=True)
        return EXIT_USAGE if error.actor is Actor.CALLER else EXIT_NO
    return 0
