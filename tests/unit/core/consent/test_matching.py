# SPDX-License-Identifier: EUPL-1.2
"""Whose consent this is: a customer that matches, with one named change."""

from __future__ import annotations

import pytest

from blauweknop.core.consent.matching import Customer, OtherCustomerError, check_customer
from blauweknop.core.dataset.profile import MATCHING_ELEMENTS
from blauweknop.core.dataset.value import Row, Value
from blauweknop.errors import MalformedError

BORN = "1978-03-21"


def person(**changes: str | None) -> Row:
    known = dict(zip(MATCHING_ELEMENTS, ("Zoë Anna", "de", "Vries", BORN), strict=True)) | changes
    return {name: Value(waarde=text) for name, text in known.items()}


@pytest.mark.parametrize(
    "name", ["de Vries", "Zoë de Vries", "Zoë Anna de Vries", "ZOË  DE VRIES ", "Zoe\u0308 de Vries"]
)
def test_the_customer_matches(name: str) -> None:
    check_customer(Customer(name=name, birth_date=BORN), person())


def test_a_date_of_which_a_part_is_unknown_to_everybody_matches() -> None:
    check_customer(Customer(name="de Vries", birth_date="1978-03"), person(geboortedatum="1978-03"))


def test_a_person_with_one_name_matches_on_that_name() -> None:
    check_customer(Customer(name="Vries", birth_date=BORN), person(voornamen=None, voorvoegsel=None))


@pytest.mark.parametrize(
    ("name", "born", "changes"),
    [
        ("Vries", BORN, {}),
        ("Zoe de Vries", BORN, {}),
        ("Anna de Vries", BORN, {}),
        ("Zoë", BORN, {}),
        ("de Vries", "1978-03-22", {}),
        ("de Vries", BORN, {"geboortedatum": "1978-03"}),
        ("de Vries", "1978-03", {}),
        ("de Vries", "1978", {"geboortedatum": "1978-03"}),
        ("de Vries", BORN, {"geboortedatum": None}),
        ("de", BORN, {"geslachtsnaam": None}),
        ("de", BORN, {"geslachtsnaam": ""}),
    ],
)
def test_one_change_is_somebody_else(name: str, born: str, changes: dict[str, str | None]) -> None:
    with pytest.raises(OtherCustomerError):
        check_customer(Customer(name=name, birth_date=born), person(**changes))


def test_a_person_of_whom_nothing_came_is_nobodys_customer() -> None:
    with pytest.raises(OtherCustomerError):
        check_customer(Customer(name="de Vries", birth_date=BORN), {})


def test_what_differs_is_not_said() -> None:
    said = set()
    for name, born in (("Jansen", BORN), ("de Vries", "1978-03-22")):
        with pytest.raises(OtherCustomerError) as refused:
            check_customer(Customer(name=name, birth_date=born), person())
        said.add(str(refused.value))
    (text,) = said
    assert not any(word in text for word in ("Jansen", BORN, "Vries"))


@pytest.mark.parametrize(("name", "born"), [("", BORN), (" ", BORN), ("Vries", "1978-00-21"), ("Vries", "21-3-1978")])
def test_a_customer_has_a_name_and_a_date(name: str, born: str) -> None:
    with pytest.raises(MalformedError):
        Customer(name=name, birth_date=born)


def test_a_customer_is_not_shown_in_full() -> None:
    shown = repr(Customer(name="de Vries", birth_date=BORN))
    assert "Vries" not in shown
    assert BORN not in shown
