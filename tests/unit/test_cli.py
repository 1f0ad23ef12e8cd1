# SPDX-License-Identifier: EUPL-1.2
"""The command line as a whole: one line for an error, and exit codes that mean something."""

import sys

import pytest
import typer

from blauweknop import __version__, cli
from blauweknop.errors import BlauweKnopError, ConfigurationError, InfrastructureError, MalformedError


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int | str | None:
    """Runs ``main`` with these words; its exit code."""
    monkeypatch.setattr(sys, "argv", ["blauweknop", *words])
    try:
        return cli.main()
    except SystemExit as leaving:
        return leaving.code


def failing(error: BlauweKnopError) -> typer.Typer:
    """A command line with one command, which fails."""
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise error

    return app


def test_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"blauweknop {__version__}\n"


def test_help_names_the_groups_of_commands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "--help") == 0
    assert "keys" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["no-such-command"], ["--no-such-option"], ["keys", "no-such-command"]])
def test_wrong_usage_is_2(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    assert run(monkeypatch, *words) == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [(ConfigurationError("bron.toml:3"), 2), (InfrastructureError("disk"), 1), (MalformedError("three parts"), 1)],
)
def test_an_error_is_one_line_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BlauweKnopError, code: int
) -> None:
    monkeypatch.setattr(cli, "build_app", lambda: failing(error))
    assert run(monkeypatch) == code
    shown = capsys.readouterr()
    assert shown.err == f"blauweknop: {error}\n"
    assert shown.out == ""


def test_a_command_that_works_is_0(monkeypatch: pytest.MonkeyPatch) -> None:
    app = typer.Typer()
    app.command()(lambda: None)
    monkeypatch.setattr(cli, "build_app", lambda: app)
    assert run(monkeypatch) == 0
