# SPDX-License-Identifier: EUPL-1.2
"""What a requester asks: a line for each source that has a data set of the profile, and never more than that."""

from __future__ import annotations

from typing import Any

import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.consent.asking import lines_for
from blauweknop.core.consent.cap import OverAskingError
from blauweknop.core.dataset.profile import MATCHING_ELEMENTS, MATCHING_SET

PROFILE = load_catalogue().profiles["hypotheek/1"]
TAX, RVIG, BANK = "https://belasting.example", "https://rvig.example", "https://bank.example"
SOURCES = {TAX: ("inkomen/1", "weg/1"), RVIG: (MATCHING_SET, "huishouden/1"), BANK: ()}
TODAY = "2026-11-25"


def asked(**changes: Any) -> dict[tuple[str, str], tuple[str, ...]]:
    lines = lines_for(PROFILE, SOURCES, today=TODAY, **changes)
    return {(line.source, line.data_set): line.elementen for line in lines}


def test_all_that_the_profile_names_is_asked_of_who_has_it() -> None:
    found = asked()
    assert set(found) == {(TAX, "inkomen/1"), (RVIG, MATCHING_SET), (RVIG, "huishouden/1")}
    part = PROFILE.part_of("inkomen/1")
    assert part is not None
    assert found[TAX, "inkomen/1"] == tuple(element.path for element in part.elements)


def test_a_line_is_as_long_and_often_as_the_profile_allows() -> None:
    line = lines_for(PROFILE, SOURCES, today=TODAY)[0]
    assert (line.geldig_tot, line.frequentie, line.bewaartermijn) == ("2027-05-25", "maandelijks", "P3M")
    nearer = lines_for(PROFILE, SOURCES, today=TODAY, until="2026-12-31")[0]
    assert nearer.geldig_tot == "2026-12-31"


@pytest.mark.parametrize("more", [(), ("adres",), ("geboortedatum", "adres")])
def test_by_what_a_customer_is_known_comes_along_once(more: tuple[str, ...]) -> None:
    only = {"inkomen/1": ("verzamelinkomen",), **({MATCHING_SET: more} if more else {})}
    found = asked(only=only)
    assert found == {
        (TAX, "inkomen/1"): ("verzamelinkomen",),
        (RVIG, MATCHING_SET): (*MATCHING_ELEMENTS, *(one for one in more if one not in MATCHING_ELEMENTS)),
    }


def test_nothing_is_asked_of_nobody() -> None:
    assert lines_for(PROFILE, {BANK: ()}, today=TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "dimension", "element"),
    [
        ({"only": {"schulden/1": ("saldo",)}}, "gegevensset", "schulden/1"),
        ({"only": {"inkomen/1": ("leeftijd",)}}, "element", "leeftijd"),
        ({"until": "2027-05-26"}, "geldig_tot", ""),
        ({"until": "2026-11-24"}, "geldig_tot", ""),
    ],
)
def test_bk021_more_than_the_profile_allows_is_named(changes: dict[str, Any], dimension: str, element: str) -> None:
    with pytest.raises(OverAskingError) as refused:
        asked(**changes)
    assert (refused.value.dimension, refused.value.element) == (dimension, element)
