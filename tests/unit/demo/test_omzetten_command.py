# SPDX-License-Identifier: EUPL-1.2
"""The command that writes the demo's data, and the assignments it refuses."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import typer
from typer.testing import CliRunner

from blauweknop.demo.omzetten import assignment
from blauweknop.demo.omzetten.__main__ import main
from blauweknop.demo.omzetten.assignment import Assignment, CastMember, People, Vehicle
from blauweknop.demo.omzetten.convert import Folder, convert
from blauweknop.demo.omzetten.origin import ConversionError


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Folder:
    return Folder(shared_data)


@pytest.fixture
def command() -> typer.Typer:
    app = typer.Typer()
    app.command()(main)
    return app


def test_the_command_writes_every_file_and_prints_what_the_list_does_wrong(
    command: typer.Typer, shared_data: Path, tmp_path: Path
) -> None:
    places = ["--data", str(shared_data), "--out", str(tmp_path / "uit"), "--tests", str(tmp_path / "proef")]
    done = CliRunner().invoke(command, places)
    assert done.exit_code == 0, done.output
    assert len(list((tmp_path / "uit").iterdir())) == 13
    assert (tmp_path / "proef" / "rvig-test-only.json").is_file()
    assert "verschoven-cel" in done.output
    assert "dubbel-bsn: 5" in done.output


def test_the_command_says_so_where_the_files_are_not_there(command: typer.Typer, tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["--data", str(tmp_path), "--out", str(tmp_path / "uit")])
    assert done.exit_code == 1
    assert "No such file" in done.output
    assert not (tmp_path / "uit").exists()


def with_member(given: Assignment, bsn: str, origin: str) -> Assignment:
    return msgspec.structs.replace(given, cast=(*given.cast, CastMember(bsn, "iemand", "n", "e", origin)))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda given: with_member(given, "999996140", "rvig"), id="fails the eleven test"),
        pytest.param(lambda given: with_member(given, "999992788", "rvig"), id="stands on two lists"),
        pytest.param(lambda given: with_member(given, "123456782", "rvig"), id="stands on no list"),
        pytest.param(lambda given: with_member(given, "999996162", "personas"), id="said to be elsewhere, but listed"),
        pytest.param(
            lambda given: msgspec.structs.replace(given, burgerlijke_stand=People(("999996149",))),
            id="not in the second register",
        ),
        pytest.param(
            lambda given: msgspec.structs.replace(given, voertuig=(Vehicle("rdw/VXJ99N.json", "999996149", {}),)),
            id="a car with its real plate",
        ),
    ],
)
def test_an_assignment_that_does_not_fit_the_files_is_refused(
    folder: Folder, change: Callable[[Assignment], Assignment]
) -> None:
    given = assignment.load()
    assert convert(folder, given).data
    with pytest.raises(ConversionError):
        convert(folder, change(given))
