# SPDX-License-Identifier: EUPL-1.2
"""What the citizen sees and chooses: only from catalogue and register, and never more than was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.consent.line import Line
from blauweknop.core.consent.request import (
    Choice,
    ChoiceRefusedError,
    ConsentRequest,
    SourceName,
    chosen_lines,
    view_lines,
)

TAX: Final = "https://belastingdienst.example"
RVIG: Final = "https://rvig.example"
CATALOGUE: Final = load_catalogue()
NAMES: Final = {TAX: SourceName("0" * 20, "Belastingdienst"), RVIG: SourceName("1" * 20, "RvIG")}
TODAY: Final = "2026-11-25"


def line(source: str, data_set: str, *paths: str, end: str = "2027-01-31") -> Line:
    return Line(
        type="gegevensset",
        locations=(source,),
        datatypes=(data_set,),
        actions=("ophalen",),
        elementen=paths,
        dienst="hypotheek/1",
        geldig_tot=end,
        frequentie="maandelijks",
        bewaartermijn="P90D",
    )


LINES: Final = (
    line(TAX, "inkomen/1", "verzamelinkomen", "spaargeld", "belastingjaar"),
    line(RVIG, "huishouden/1", "burgerlijke_staat", "kinderen.geboortedatum", end="2026-12-31"),
    line(RVIG, "persoonsgegevens/1", "adres"),
)
REQUEST: Final = ConsentRequest(
    client="https://vrager.example",
    requester="Hypotheek Voorbeeld",
    requester_oin="2" * 20,
    profile=CATALOGUE.profiles["hypotheek/1"],
    sources=view_lines(LINES, CATALOGUE, NAMES),
    last_day="2027-01-31",
)
ALL: Final = Choice(
    sets=frozenset({0, 1}),
    ticked={
        0: frozenset({"spaargeld"}),
        1: frozenset({"kinderen.geboortedatum"}),
        2: frozenset({"adres"}),
    },
    last_day="2027-01-31",
)


def test_lines_are_grouped_per_source_with_the_registers_names() -> None:
    assert [(source.name, [one.number for one in source.sets]) for source in REQUEST.sources] == [
        ("Belastingdienst", [0]),
        ("RvIG", [1, 2]),
    ]


def test_reasons_and_titles_are_those_of_the_scheme() -> None:
    income, household, _ = REQUEST.sets
    assert [element.path for element in income.required] == ["verzamelinkomen", "belastingjaar"]
    assert income.required[0].reason.nl == "Het inkomen bepaalt hoeveel u kunt lenen."
    (children,) = household.optional
    assert children.within is not None
    assert children.title != children.within
    assert income.required[0].within is None


def test_a_part_has_the_reason_of_the_element_it_is_part_of() -> None:
    profile = CATALOGUE.profiles["hypotheek/1"]
    household = profile.data_sets[1]
    whole = msgspec.structs.replace(household.elements[1], path="kinderen")
    part = msgspec.structs.replace(household, elements=(household.elements[0], whole))
    changed = msgspec.structs.replace(profile, data_sets=(profile.data_sets[0], part))
    catalogue = msgspec.structs.replace(CATALOGUE, profiles={profile.ref: changed})
    (source,) = view_lines([line(RVIG, "huishouden/1", "kinderen.voornamen")], catalogue, NAMES)
    assert source.sets[0].optional[0].reason.nl == "Kosten voor kinderen tellen mee."


def test_without_a_service_an_element_explains_itself_and_is_optional() -> None:
    own = msgspec.structs.replace(LINES[0], dienst="", type="eigen_inzage")
    (source,) = view_lines([own], CATALOGUE, NAMES)
    assert source.sets[0].required == ()
    definition = CATALOGUE.definitions["inkomen/1"].element("verzamelinkomen")
    assert definition is not None
    assert source.sets[0].optional[0].reason == definition.explanation


def test_a_line_with_an_element_nobody_defined_cannot_be_shown() -> None:
    with pytest.raises(ChoiceRefusedError):
        view_lines([line(TAX, "inkomen/1", "schoenmaat")], CATALOGUE, NAMES)


def test_everything_taken_is_what_was_asked() -> None:
    assert chosen_lines(REQUEST, ALL, today=TODAY) == LINES


def test_bk020_what_was_not_ticked_is_not_granted() -> None:
    income, household = chosen_lines(REQUEST, replace(ALL, ticked={}), today=TODAY)
    assert income.elementen == ("verzamelinkomen", "belastingjaar")
    assert household.elementen == ("burgerlijke_staat",)


def test_refusing_what_is_required_refuses_the_set() -> None:
    granted = chosen_lines(REQUEST, replace(ALL, sets=frozenset({1})), today=TODAY)
    assert [one.data_set for one in granted] == ["huishouden/1", "persoonsgegevens/1"]


def test_nothing_taken_is_nothing() -> None:
    assert chosen_lines(REQUEST, Choice(sets=frozenset(), ticked={}, last_day=TODAY), today=TODAY) == ()


def test_bk022_the_citizen_shortens_the_time_and_never_lengthens_it() -> None:
    granted = chosen_lines(REQUEST, replace(ALL, last_day="2026-12-10"), today=TODAY)
    assert {one.geldig_tot for one in granted} == {"2026-12-10"}
    assert chosen_lines(REQUEST, ALL, today=TODAY)[1].geldig_tot == "2026-12-31"


@pytest.mark.parametrize(
    "choice",
    [
        replace(ALL, last_day="2026-11-24"),
        replace(ALL, last_day="2027-02-01"),
        replace(ALL, last_day=""),
        replace(ALL, sets=frozenset({0, 9})),
        replace(ALL, ticked={9: frozenset({"adres"})}),
        replace(ALL, ticked={0: frozenset({"adres"})}),
        replace(ALL, ticked={0: frozenset({"verzamelinkomen"})}),
    ],
)
def test_what_was_not_offered_cannot_be_chosen(choice: Choice) -> None:
    with pytest.raises(ChoiceRefusedError):
        chosen_lines(REQUEST, choice, today=TODAY)


@given(
    sets=st.frozensets(st.integers(0, 2)),
    paths=st.frozensets(st.sampled_from(["spaargeld"])),
    day=st.dates(min_value=date(2026, 11, 25), max_value=date(2027, 1, 31)),
)
def test_a_choice_never_widens(sets: frozenset[int], paths: frozenset[str], day: date) -> None:
    choice = Choice(sets=sets, ticked={0: paths}, last_day=day.isoformat())
    for granted in chosen_lines(REQUEST, choice, today=TODAY):
        asked = next(one for one in LINES if one.data_set == granted.data_set)
        assert set(granted.elementen) <= set(asked.elementen)
        assert granted.geldig_tot <= asked.geldig_tot
        assert msgspec.structs.replace(granted, elementen=asked.elementen, geldig_tot=asked.geldig_tot) == asked
