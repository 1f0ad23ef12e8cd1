# SPDX-License-Identifier: EUPL-1.2
"""A set in words: lists and groups taken apart, paths, titles and their order."""

import pytest

from blauweknop.adapters.paper.lines import line_of, missing_line, path_order, path_title, sections
from blauweknop.adapters.verify.values import list_paper_values, list_values
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import Period, Row, Value
from blauweknop.texts import load_messages
from tests.unit.adapters.paper.printing import INCOME, definition

NL = load_messages("nl")
HOUSEHOLD = definition("huishouden/1")
INCOMES = definition("inkomen/1")
FAMILY: Row = {
    "kinderen": Value(
        waarde=(
            {"voornamen": Value(waarde="Walter"), "geboortedatum": Value(waarde="2014")},
            {"voornamen": Value(waarde="Sebastiaan", opmerking="deels-onbekend")},
        )
    ),
    "partner": Value(waarde={"voornamen": Value(waarde="Chantal")}),
}


def test_lists_and_groups_are_taken_apart_under_paths_of_their_own() -> None:
    (section,) = sections(HOUSEHOLD, (FAMILY,), NL)
    assert section.heading == ""
    assert {line.path: (line.title, line.text) for line in section.lines} == {
        "partner": ("Partner", ""),
        "partner.voornamen": ("Partner: Voornamen", "Chantal"),
        "kinderen": ("Kinderen", "2 onderdelen"),
        "kinderen[0].voornamen": ("Kinderen 1: Voornamen", "Walter"),
        "kinderen[0].geboortedatum": ("Kinderen 1: Geboortedatum", "2014 (dag en maand onbekend)"),
        "kinderen[1].voornamen": ("Kinderen 2: Voornamen", "Sebastiaan"),
    }


def test_rows_are_headed_by_their_year_or_else_by_their_number() -> None:
    bare = {name: value for name, value in INCOME[1].items() if name != "belastingjaar"}
    assert [part.heading for part in sections(INCOMES, (INCOME[0], bare), NL)] == ["Belastingjaar 2024", "Regel 2"]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("kinderen[1].voornamen", "Kinderen 2: Voornamen"),
        ("rijen[0].verzamelinkomen", "rijen[0].verzamelinkomen"),
        ("kinderen.schoenmaat", "kinderen.schoenmaat"),
        ("Geen pad!", "Geen pad!"),
    ],
)
def test_a_path_has_a_title_where_the_definition_knows_it(path: str, title: str) -> None:
    assert path_title(path, HOUSEHOLD, NL) == title


def test_what_is_missing_names_its_period() -> None:
    item = MissingElement(element="verzamelinkomen", reden=Missing.NO_VALUE, periode=Period("2023-01-01", "2023-06-30"))
    title, reason = missing_line(item, INCOMES, NL)
    assert title == "Verzamelinkomen (van 1 januari 2023 tot en met 30 juni 2023)"
    assert reason == "De organisatie heeft hier geen waarde voor."


def test_paths_sort_as_the_definition_has_them() -> None:
    paths = ["rijen[1].belastingjaar", "rijen[0].verzamelinkomen", "rijen[0].belastingjaar", "rijen[0].onbekend"]
    in_order = ["rijen[0].belastingjaar", "rijen[0].verzamelinkomen", "rijen[1].belastingjaar", "rijen[0].onbekend"]
    assert sorted(paths, key=lambda path: path_order(path, INCOMES)) == in_order
    shown = list_paper_values({path: Value(waarde=1) for path in paths}, INCOMES)
    assert [value.path for value in shown] == in_order
    assert [value.path for value in list_paper_values({"a": Value(waarde=1)}, None)] == ["a"]


def test_a_line_of_one_value_needs_an_element() -> None:
    value = Value(waarde="2014-02")
    line = line_of("kinderen[0].geboortedatum", value, HOUSEHOLD, NL)
    assert line is not None
    assert line.text == "februari 2014 (dag onbekend)"
    assert line_of("kinderen[0].schoenmaat", value, HOUSEHOLD, NL) is None


def test_what_the_definition_does_not_know_is_still_listed_last() -> None:
    row = {
        **FAMILY,
        "aanhang": Value(waarde=({"naam": Value(waarde="Kat")},)),
        "hok": Value(waarde={"m2": Value(waarde=4)}),
    }
    unknown = [value.path for value in list_values((row,), HOUSEHOLD)][-4:]
    assert unknown == ["aanhang", "aanhang[0].naam", "hok", "hok.m2"]
    everything = [value.path for value in list_values((row,), None)]
    assert "rijen[0].aanhang[0].naam" in everything
