# SPDX-License-Identifier: EUPL-1.2
"""Minimising: what goes out is what was granted, and what is missing is stated (BK020)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.dataset.catalogue import Catalogue
from blauweknop.core.dataset.minimise import minimise, select
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import Period, Row, Value
from blauweknop.errors import MalformedError

YEARS = Period(van="2023-01-01", tot="2025-12-31")


def value(waarde: object) -> Value:
    return Value(waarde=waarde)  # type: ignore[arg-type]


def income(year: int, amount: int) -> Row:
    return {"belastingjaar": value(year), "verzamelinkomen": value(amount), "inkomen_box1": value(amount)}


HOUSEHOLD: Row = {
    "burgerlijke_staat": value("gehuwd"),
    "partner": value({"voornamen": value("Ayse"), "geslachtsnaam": value("Bilgiç")}),
    "kinderen": value(
        (
            {"voornamen": value("Walter"), "geboortedatum": value("2014-05-01")},
            {"voornamen": value("Sebastiaan"), "geboortedatum": value("2017-02-01")},
        )
    ),
}


def test_bk020_only_granted_elements_stay_in_the_order_of_the_definition(catalogue: Catalogue) -> None:
    definition = catalogue.definitions["inkomen/1"]
    result = minimise(definition, (income(2024, 1),), (), paths=("verzamelinkomen", "belastingjaar"), period=None)
    assert [list(row) for row in result.rows] == [["belastingjaar", "verzamelinkomen"]]
    assert result.missing == ()


def test_bk020_only_granted_parts_of_a_list_or_group_stay(catalogue: Catalogue) -> None:
    definition = catalogue.definitions["huishouden/1"]
    paths = ("kinderen.geboortedatum", "partner.voornamen")
    (row,) = minimise(definition, (HOUSEHOLD,), (), paths=paths, period=None).rows
    assert row["kinderen"].waarde == ({"geboortedatum": value("2014-05-01")}, {"geboortedatum": value("2017-02-01")})
    assert row["partner"].waarde == {"voornamen": value("Ayse")}
    assert "burgerlijke_staat" not in row


def test_a_whole_element_outweighs_its_parts_whatever_the_order() -> None:
    assert select(["kinderen", "kinderen.voornamen"]) == select(["kinderen.voornamen", "kinderen"])
    assert select(["kinderen.voornamen", "kinderen.geboortedatum"])["kinderen"] == {"voornamen", "geboortedatum"}


def test_an_absent_value_is_a_sealed_null_with_its_concept(catalogue: Catalogue) -> None:
    definition = catalogue.definitions["huishouden/1"]
    (row,) = minimise(definition, ({},), (), paths=("gezag", "partner.voornamen"), period=None).rows
    assert row["gezag"] == Value(waarde=None, begrip="gezag/1")
    assert row["partner"].waarde is None


def test_rows_outside_the_period_go_and_years_without_a_row_are_stated(catalogue: Catalogue) -> None:
    definition = catalogue.definitions["inkomen/1"]
    rows = (income(2022, 9), income(2024, 1), income(2025, 2), {"belastingjaar": value(None)})
    result = minimise(definition, rows, (), paths=("belastingjaar", "verzamelinkomen"), period=YEARS)
    assert [row["belastingjaar"].waarde for row in result.rows] == [2024, 2025]
    year = Period(van="2023-01-01", tot="2023-12-31")
    assert result.missing == (MissingElement(element="belastingjaar", reden=Missing.NO_VALUE, periode=year),)


def test_a_year_that_is_asked_in_part_is_not_called_missing(catalogue: Catalogue) -> None:
    definition = catalogue.definitions["inkomen/1"]
    period = Period(van="2024-07-01", tot="2025-12-31")
    result = minimise(definition, (income(2025, 2),), (), paths=("belastingjaar",), period=period)
    assert result.missing == ()


def test_a_period_means_nothing_for_a_set_without_years(catalogue: Catalogue) -> None:
    definition = catalogue.definitions["huishouden/1"]
    assert minimise(definition, (HOUSEHOLD,), (), paths=("gezag",), period=YEARS).missing == ()


def test_what_the_source_could_not_give_is_stated_and_not_sealed_as_null(catalogue: Catalogue) -> None:
    definition = catalogue.definitions["huishouden/1"]
    missing = (
        MissingElement(element="gezag", reden=Missing.UNREACHABLE),
        MissingElement(element="ouders", reden=Missing.NOT_DELIVERED),
    )
    result = minimise(definition, (HOUSEHOLD,), missing, paths=("gezag", "burgerlijke_staat"), period=None)
    assert result.missing == missing[:1]
    assert list(result.rows[0]) == ["burgerlijke_staat"]


def test_a_part_that_was_not_granted_is_not_named_as_missing_either(catalogue: Catalogue) -> None:
    definition = catalogue.definitions["huishouden/1"]
    missing = tuple(
        MissingElement(element=path, reden=Missing.NOT_DELIVERED)
        for path in ("kinderen", "kinderen.geboortedatum", "kinderen[1].geboortedatum", "kinderen[1].voornamen")
    )
    part = minimise(definition, (HOUSEHOLD,), missing, paths=("kinderen.geboortedatum",), period=None)
    assert part.missing == missing[:3]
    whole = minimise(definition, (HOUSEHOLD,), missing, paths=("kinderen",), period=None)
    assert whole.missing == missing


@given(st.lists(st.sampled_from(["burgerlijke_staat", "partner.voornamen", "kinderen.geboortedatum", "gezag"])))
def test_a_minimised_set_holds_nothing_that_was_not_granted(paths: list[str]) -> None:
    definition = load_catalogue().definitions["huishouden/1"]
    missing = (MissingElement(element="ouders", reden=Missing.NOT_DELIVERED),)
    result = minimise(definition, (HOUSEHOLD,), missing, paths=tuple(paths), period=None)
    assert {name for row in result.rows for name in row} == {path.split(".")[0] for path in paths}
    assert result.missing == ()


@pytest.mark.parametrize("path", ["", "kinderen..x", "Kinderen"])
def test_what_is_no_path_grants_nothing(path: str) -> None:
    with pytest.raises(MalformedError):
        select([path])
