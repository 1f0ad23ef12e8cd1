# SPDX-License-Identifier: EUPL-1.2
"""The commands that connect a source: what they write, show and answer."""

from __future__ import annotations

import io
import json
import tomllib
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from typer.testing import CliRunner

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.config.settings import load_source_settings
from blauweknop.adapters.connectors.contract import Finding
from blauweknop.cli import build_app
from blauweknop.commands.source_check import Outcome, show
from blauweknop.commands.source_init import CONNECTORS
from blauweknop.demo import achterkant
from blauweknop.testing.threaded import free_socket, served_in_thread
from tests.contract.back_ends import BRONNEN

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

MARK = "999996149"
OIN = "99999999900000000400"


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(build_app(), ["source", *words], input=typed)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The tax office of the demo, with its database."""
    achterkant.write_files(tmp_path / "achterkant")
    monkeypatch.setenv("BK_DEMO", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "160")
    return str(BRONNEN / "belastingdienst.toml")


def test_check_shows_each_element_with_its_place_and_value(settings: str) -> None:
    done = run("check", "--instelling", settings, "--bsn", MARK)
    assert done.exit_code == 0
    assert "inkomen.verzamelinkomen" in done.output
    assert "705000 [voorlopig]" in done.output
    assert "Every element is delivered." in done.output
    assert MARK not in done.output


def test_check_for_programs(settings: str) -> None:
    done = run("check", "--instelling", settings, "--testpersoon", "mark-de-boer", "--json")
    outcome, claims = json.loads(done.stdout)
    assert (claims["gegevensset"], claims["niet_gelukt"]) == ("vorderingen/1", None)
    assert (outcome["gegevensset"], outcome["connector"], outcome["niet_gelukt"]) == ("inkomen/1", "sql", None)
    values = {one["element"]: one["waarde"] for one in outcome["elementen"]}
    assert list(values) == [element.id for element in load_catalogue().definitions["inkomen/1"].elements]
    assert values["schulden_box3"] == "850000 [voorlopig]"


def test_check_asks_for_the_number_without_showing_it(settings: str) -> None:
    done = run("check", "--instelling", settings, typed=f"{MARK}\n")
    assert done.exit_code == 0
    assert MARK not in done.output


def test_check_says_why_a_system_did_not_answer(settings: str, tmp_path: Path) -> None:
    (tmp_path / "achterkant" / achterkant.DATABASE).unlink()
    done = run("check", "--instelling", settings, "--bsn", MARK)
    assert done.exit_code == 1
    assert "onbereikbaar" in done.output
    plain = run("check", "--instelling", settings, "--bsn", MARK, "--json")
    assert plain.exit_code == 1
    assert json.loads(plain.stdout)[0]["niet_gelukt"].startswith("bron-antwoordt-niet: onbereikbaar")


@pytest.mark.parametrize(
    "words",
    [
        ("--bsn", "999996140"),
        ("--bsn", "99999614"),
        ("--testpersoon", "iemand-anders"),
        ("--bsn", MARK, "--gegevensset", "voertuigen/1"),
        ("--bsn", MARK, "--kleur", "rood"),
    ],
)
def test_check_refuses_wrong_usage(settings: str, words: tuple[str, ...]) -> None:
    assert run("check", "--instelling", settings, "--bsn", MARK).exit_code == 0
    assert run("check", "--instelling", settings, *words).exit_code == 2


def test_what_a_system_answers_cannot_steer_the_terminal() -> None:
    console = Console(file=io.StringIO(), width=120, force_terminal=False)
    evil = Finding(element="voornamen", origin="naam", shown="\x1b[2J[red]Mark[/red]\u202e")
    show([Outcome(data_set="persoonsgegevens/1", connector="rest", milliseconds=1, findings=(evil,))], console)
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert "[red]Mark[/red]" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


WANTED = ("--naam", 'Gemeente "Voorbeeld" \\ co', "--oin", OIN)


@pytest.mark.parametrize("connector", CONNECTORS)
@pytest.mark.parametrize("data_set", ["persoonsgegevens/1", "huishouden/1", "inkomen/1"])
def test_init_writes_settings_that_are_accepted(tmp_path: Path, connector: str, data_set: str) -> None:
    file = tmp_path / "bron.toml"
    done = run("init", str(file), *WANTED, "--gegevensset", data_set, "--connector", connector)
    if (connector, data_set) == ("haal-centraal", "inkomen/1"):
        assert done.exit_code == 2
        assert not file.exists()
        return
    assert done.exit_code == 0
    settings = load_source_settings(file, environ={}, definitions=load_catalogue().definitions)
    assert settings.source.name.nl == 'Gemeente "Voorbeeld" \\ co'
    elements = load_catalogue().definitions[data_set].elements
    lists = {element.id for element in elements if element.kind == "lijst" and connector in {"sql", "csv"}}
    assert set(settings.data_sets[0].link.elements) == {element.id for element in elements} - lists


def test_init_asks_what_is_not_given(tmp_path: Path) -> None:
    file = tmp_path / "bron.toml"
    assert run("init", str(file), typed=f"Bron\n{OIN}\nvoertuigen/1\ncsv\n").exit_code == 0
    assert tomllib.loads(file.read_text())["gegevensset"][0]["koppeling"]["connector"] == "csv"


def test_init_never_overwrites(tmp_path: Path) -> None:
    file = tmp_path / "bron.toml"
    file.write_text("mine")
    assert run("init", str(file), *WANTED, "--gegevensset", "inkomen/1", "--connector", "sql").exit_code == 2
    assert file.read_text() == "mine"


@pytest.mark.parametrize(("data_set", "connector"), [("inkomen/9", "sql"), ("inkomen/1", "soap")])
def test_init_refuses_what_does_not_exist(tmp_path: Path, data_set: str, connector: str) -> None:
    file = tmp_path / "bron.toml"
    assert run("init", str(file), *WANTED, "--gegevensset", data_set, "--connector", connector).exit_code == 2
    assert not file.exists()


@pytest.mark.parametrize(
    ("source", "person", "shown"),
    [
        ("uwv", "koos-smit", "3200000"),
        ("toeslagen", "estrella-de-jager", "13100 [voorlopig]"),
        ("gemeenten", "mark-de-boer", "234500"),
        ("lbio", "mark-de-boer", "124000"),
        ("cak", "lohstroh-denise", "86400"),
        ("ciz", "jules-overvaart", "2026-11-23"),
    ],
)
def test_check_works_for_each_source_with_files(settings: str, source: str, person: str, shown: str) -> None:
    file = str(BRONNEN / f"{source}.toml")
    assert settings != file
    done = run("check", "--instelling", file, "--testpersoon", person)
    assert done.exit_code == 0, done.output
    assert shown in done.output
    assert "Fetched but not used" not in done.output


@pytest.mark.parametrize(
    ("source", "variable", "person", "shown"),
    [
        ("cjib", "BK_POORT_BOETES", "mark-de-boer", "30900"),
        ("rechtspraak", "BK_POORT_REGISTERS", "jan-kees-brouwers", "R.18/23/789"),
    ],
)
def test_check_works_for_each_source_over_http(
    monkeypatch: pytest.MonkeyPatch, source: str, variable: str, person: str, shown: str
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    listener = free_socket()
    with served_in_thread(achterkant.back_end_apps()[variable], listener):
        monkeypatch.setenv(variable, str(listener.getsockname()[1]))
        done = run("check", "--instelling", str(BRONNEN / f"{source}.toml"), "--testpersoon", person)
    assert done.exit_code == 0, done.output
    assert shown in done.output
    assert "Fetched but not used" not in done.output
