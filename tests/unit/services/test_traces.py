# SPDX-License-Identifier: EUPL-1.2
"""Marks: the same said twice has one mark, another value another, and nothing of a value can be read from them."""

from __future__ import annotations

import msgspec
import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.dataset.value import Period, Row, Value
from blauweknop.services.source.traces import citizen_key, marks_of

SECRET = b"s" * 32
INCOME = load_catalogue().definitions["inkomen/1"]
HOUSEHOLD = load_catalogue().definitions["huishouden/1"]
CARS = load_catalogue().definitions["voertuigen/1"]


def year(number: int, amount: int) -> Row:
    period = Period(van=f"{number}-01-01", tot=f"{number}-12-31")
    return {
        "belastingjaar": Value(waarde=number, periode=period, peildatum="2026-11-01"),
        "verzamelinkomen": Value(waarde=amount, eenheid="eurocent", periode=period, peildatum="2026-11-01"),
    }


def child(name: str) -> Row:
    return {"voornamen": Value(waarde=name), "geboortedatum": Value(waarde="2014-05")}


ROWS = (year(2024, 1), year(2025, 2))


def marks(*rows: Row, whole: bool = True) -> dict[str, bytes]:
    return marks_of(SECRET, INCOME, rows, whole=whole)


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> int:
    return sum(1 for name in before.keys() & after.keys() if before[name] != after[name])


def test_the_same_values_have_the_same_marks_whatever_the_day_they_were_asked() -> None:
    later = tuple({n: msgspec.structs.replace(v, peildatum="2026-12-01") for n, v in row.items()} for row in ROWS)
    assert marks(*ROWS) == marks(*later) != {}


@pytest.mark.parametrize(
    "change",
    [
        {"waarde": 3},
        {"status": "definitief"},
        {"in_onderzoek": "2026"},
        {"opmerking": "deels-onbekend"},
        {"eenheid": ""},
    ],
)
def test_another_value_changes_one_mark(change: dict[str, object]) -> None:
    other = {**ROWS[1], "verzamelinkomen": msgspec.structs.replace(ROWS[1]["verzamelinkomen"], **change)}
    assert changed(marks(*ROWS), marks(ROWS[0], other)) == 1


def test_fewer_years_supersede_nothing_but_a_year_that_went_away_does() -> None:
    assert changed(marks(*ROWS), marks(ROWS[1], whole=False)) == 0
    assert changed(marks(*ROWS), marks(ROWS[1])) == 1


def test_a_row_that_cannot_be_known_again_has_no_marks() -> None:
    car: Row = {"merk": Value(waarde="SKODA")}
    assert marks_of(SECRET, CARS, (car,), whole=True) == {}
    unnamed: Row = {"kenteken": Value(waarde=None), **car}
    assert marks_of(SECRET, CARS, (unnamed,), whole=True) == {}
    named: Row = {"kenteken": Value(waarde="AE-01-IO"), **car}
    assert len(marks_of(SECRET, CARS, (named,), whole=True)) == 3


def test_parts_of_a_list_and_of_a_group_have_marks_of_their_own() -> None:
    row: Row = {
        "kinderen": Value(waarde=(child("Walter"), child("Sebastiaan"))),
        "partner": Value(waarde={"voornamen": Value(waarde="Ayse")}),
        "gezag": Value(waarde=None),
    }
    other = {**row, "kinderen": Value(waarde=(child("Walter"), child("Bas")))}
    fewer = {**row, "kinderen": Value(waarde=(child("Walter"), {"voornamen": Value(waarde="Sebastiaan")}))}
    before = marks_of(SECRET, HOUSEHOLD, (row,), whole=True)
    assert len(before) == 4
    assert changed(before, marks_of(SECRET, HOUSEHOLD, (other,), whole=True)) == 1
    assert changed(before, marks_of(SECRET, HOUSEHOLD, (fewer,), whole=True)) == 1


def test_without_the_key_nothing_can_be_guessed() -> None:
    assert citizen_key(SECRET, "999996149") != citizen_key(b"t" * 32, "999996149")
    assert citizen_key(SECRET, "999996149") != citizen_key(SECRET, "999996150")
    assert not marks(*ROWS).keys() & marks_of(b"t" * 32, INCOME, ROWS, whole=True).keys()
