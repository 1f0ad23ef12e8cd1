# SPDX-License-Identifier: EUPL-1.2
"""``demo --once``: what it writes for the people of the cast is true, complete, and follows the data alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from blauweknop.core.dataset.bsn import is_bsn
from tests.journeys.once import HARD, Output, people, plain, run

MEMBERS = ["variant", "situation", "citizen", "source", "requester", "outcome", "reason", "elements"]


def test_bk075_every_step_says_everything_and_every_file_is_there(output: Output) -> None:
    assert len({step.citizen for step in output.steps}) == len(HARD)
    for step in output.steps:
        assert (step.outcome == "geleverd") == bool(step.vingerafdruk) == bool(step.files) == (step.reason is None)
        assert [Path(file).suffix for file in step.files] == (
            [".sd-jwt", ".json", ".pdf", ".png"] if step.files else []
        )
        for file in step.files:
            assert (output.out / file).stat().st_size > 0


def test_bk082_no_name_holds_a_bsn(output: Output) -> None:
    names = " ".join(file for step in output.steps for file in step.files)
    assert not [digits for digits in re.findall(r"\d{9}", names) if is_bsn(digits)]


def test_bk001_the_file_and_its_json_are_one_sealing_that_verifies(output: Output) -> None:
    for step in output.steps:
        for file in step.files[:2]:
            verified = output.set_of(file)
            assert verified.fingerprint == step.vingerafdruk
            assert verified.environment == "test"
            assert verified.hidden == 0


def test_bk020_a_service_gets_no_more_than_it_needs(output: Output) -> None:
    needed = [step for step in output.steps if step.situation is not None and step.files]
    assert {step.situation for step in needed} == {"schuldhulp", "voedselbank", "hypotheek", "wlz"}
    for step in needed:
        verified = output.set_of(step.files[0])
        whole = output.set_of(step.files[0].replace(f"/{step.situation}/", "/"))
        shown = {name for row in verified.rows for name in row}
        assert shown <= {path.split(".")[0] for path in step.elements}
        assert shown < {name for row in whole.rows for name in row} or not whole.rows


# The hard people of the cast: each file is right and says so.


def test_mark_has_two_children_and_the_one_struck_out_shows_nowhere(output: Output) -> None:
    children = plain(output.row("mark-de-boer", "rvig-huishouden-1")["kinderen"])
    assert {child["voornamen"] for child in children} == {"Walter", "Sebastiaan"}
    for path in output.out.glob("mark-de-boer/**/*.json"):
        assert b"William" not in path.read_bytes()


def test_a_partial_birth_date_stays_partial_and_says_so(output: Output) -> None:
    born = output.row("lohstroh-denise", "rvig-persoonsgegevens-1")["geboortedatum"]
    assert (born.waarde, born.opmerking) == ("1978-03", "deels-onbekend")


def test_estrella_never_gets_the_secret_address_of_her_son(output: Output) -> None:
    address = plain(output.row("jan-de-cuykelaer", "rvig-persoonsgegevens-1")["adres"])
    street = address.split(",")[0]
    assert address == plain(output.row("paolo-de-jager", "rvig-persoonsgegevens-1")["adres"])
    household = output.row("estrella-de-jager", "rvig-huishouden-1")
    assert {child["voornamen"] for child in plain(household["kinderen"])} == {"Mirik", "Paolo"}
    assert plain(household["aantal_personen_op_adres"]) == 2
    for path in output.out.glob("estrella-de-jager/**/*.sd-jwt"):
        assert street not in str(output.set_of(str(path.relative_to(output.out))).rows)


def test_what_is_under_investigation_says_since_when(output: Output) -> None:
    row = output.row("jan-kees-brouwers", "rvig-persoonsgegevens-1")
    assert {row[name].in_onderzoek for name in ("voornamen", "geslachtsnaam", "geboortedatum")} == {"2021-12-28"}
    assert row["adres"].in_onderzoek == ""
    ended = output.row("jan-kees-brouwers", "rvig-huishouden-1")["partner"].waarde
    assert isinstance(ended, dict)
    assert (ended["datum_ontbinding"].waarde, ended["datum_ontbinding"].opmerking) == ("2015", "datum-onleesbaar")


def test_bk041_a_part_of_the_residence_under_investigation_is_said_at_the_address(output: Output) -> None:
    row = output.row("jan-de-cuykelaer", "rvig-persoonsgegevens-1")
    address = row["adres"]
    assert (address.in_onderzoek, address.opmerking) == ("2000-03-27", "deel-in-onderzoek")
    assert [name for name, value in row.items() if value.in_onderzoek] == ["adres"]
    son = output.row("paolo-de-jager", "rvig-persoonsgegevens-1")["adres"]
    assert (son.in_onderzoek, son.opmerking) == ("", "")


def test_a_daughter_of_age_is_nobodys_minor(output: Output) -> None:
    row = output.row("jan-kees-brouwers", "rvig-huishouden-1")
    assert (plain(row["gezag"]), plain(row["aantal_minderjarigen_op_adres"])) == (None, 0)


def test_registers_that_contradict_each_other_are_not_joined(output: Output) -> None:
    population = output.row("frouke-jansen", "rvig-huishouden-1")
    registry = output.row("frouke-jansen", "rotterdam-huishouden-1")
    assert (plain(population["burgerlijke_staat"]), plain(population["partner"])) == ("ongehuwd", None)
    assert plain(registry["partner"])["geslachtsnaam"] == "Vries"
    assert plain(population["ouders"])[0]["voornamen"] == "Lisette"
    assert {parent["voornamen"] for parent in plain(registry["ouders"])} == {"Wietse", "Baukje Trijntje"}


def test_who_is_unknown_gets_a_refusal_or_a_sealed_nothing(output: Output) -> None:
    own = {(step.source, step.outcome, step.reason) for step in output.steps if step.citizen == "sophie-van-dam"}
    assert ("rvig", "geweigerd", "persoon-onbekend") in own
    nothing = output.set_of("sophie-van-dam/rdw-voertuigen-1.sd-jwt")
    assert (nothing.rows, nothing.missing) == ((), ())


def test_bk041_a_provisional_year_a_final_one_and_one_that_is_not_there(output: Output) -> None:
    income = output.set_of("kevin-de-boer/hypotheek/belastingdienst-inkomen-1.sd-jwt")
    statuses = {plain(row["belastingjaar"]): row["verzamelinkomen"].status for row in income.rows}
    assert statuses == {2024: "definitief", 2025: "voorlopig"}
    (missing,) = income.missing
    assert missing.periode is not None
    assert (missing.reden, missing.periode.van) == ("geen_waarde", "2023-01-01")


# One change in the data changes that value and no other.


def _person(document: dict[str, Any], bsn: str) -> dict[str, Any]:
    (found,) = [one for one in document["personen"] if one["bsn"] == bsn]
    return dict(found)


def _income(document: dict[str, Any]) -> None:
    _person(document, "999996149")["aangiften"][0]["verzamelinkomen"] += 1


def _first_names(document: dict[str, Any]) -> None:
    _person(document, "999996149")["brp"]["naam"]["voornamen"] = "Marcus"


def _car(document: dict[str, Any]) -> None:
    _person(document, "999996149")["voertuigen"][0]["merk"] = "FIAT"


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{number}]")
    else:
        yield path, value


def values(output: Output) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for step in output.steps:
        for file in step.files[:1]:
            for number, row in enumerate(output.set_of(file).rows):
                rows = {
                    name: {"waarde": plain(v), "status": v.status, "peildatum": v.peildatum} for name, v in row.items()
                }
                found |= dict(_leaves(rows, f"{file}[{number}]"))
    return found


@pytest.mark.parametrize(
    ("of", "change", "element", "becomes"),
    [
        ("belastingdienst", _income, "verzamelinkomen", 705001),
        ("rvig", _first_names, "voornamen", "Marcus"),
        ("rdw", _car, "merk", "FIAT"),
    ],
)
def test_one_change_in_the_data_changes_that_value_and_no_other(
    tmp_path: Path, output: Output, of: str, change: Callable[[dict[str, Any]], None], element: str, becomes: object
) -> None:
    before = {path: value for path, value in values(output).items() if path.startswith("mark-de-boer/")}
    after = values(run(tmp_path, people("mark-de-boer", change=change, of=of)))
    changed = {path: value for path, value in after.items() if before[path] != value}
    assert before.keys() == after.keys()
    assert set(changed.values()) == {becomes}
    assert {path.split("].", 1)[1] for path in changed} == {f"{element}.waarde"}


def test_the_summary_is_a_list_with_every_member(output: Output) -> None:
    from blauweknop.demo.steps import encode_summary

    listed = json.loads(encode_summary(output.steps))
    assert [list(step) for step in listed] == [[*MEMBERS, "vingerafdruk", "files"]] * len(output.steps)
