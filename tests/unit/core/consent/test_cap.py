# SPDX-License-Identifier: EUPL-1.2
"""Over-asking in each dimension is refused: a line that is allowed, with one named change (BK021)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.consent.cap import OverAskingError, add_duration, check_cap
from blauweknop.core.consent.line import MAX_ELEMENTS, MAX_LINES, DataPeriod, Line, encode_lines, parse_lines
from blauweknop.core.dataset.value import Period
from blauweknop.core.wire.strict_json import parse_json
from blauweknop.errors import MalformedError

TODAY = "2026-11-01"
PROFILE = load_catalogue().profiles["hypotheek/1"]
RAW: dict[str, Any] = {
    "type": "gegevensset",
    "locations": ["https://belastingdienst.example"],
    "datatypes": ["inkomen/1"],
    "actions": ["ophalen"],
    "elementen": ["verzamelinkomen", "belastingjaar"],
    "periode": {"laatste": "P3Y"},
    "dienst": "hypotheek/1",
    "geldig_tot": "2027-01-31",
    "frequentie": "maandelijks",
    "bewaartermijn": "P90D",
}
(GOOD,) = parse_lines([RAW])


def line(**changes: Any) -> Line:
    return msgspec.structs.replace(GOOD, **changes)


@pytest.mark.parametrize(
    "allowed",
    [
        GOOD,
        line(elementen=("spaargeld",)),
        line(periode=DataPeriod("P1Y")),
        line(periode=DataPeriod(van="2023-01-01", tot="2025-12-31")),
        line(periode=DataPeriod(van="2024-01-01", tot=TODAY)),
        line(frequentie="eenmalig"),
        line(frequentie="per_keer"),
        line(geldig_tot=TODAY),
        line(geldig_tot="2027-05-01"),
        line(bewaartermijn="P3M"),
        line(datatypes=("huishouden/1",), elementen=("burgerlijke_staat", "kinderen.geboortedatum"), periode=None),
    ],
)
def test_bk021_as_much_as_the_service_may_have_is_allowed(allowed: Line) -> None:
    check_cap(allowed, PROFILE, today=TODAY)


BAD: dict[str, tuple[Line, str, str]] = {
    "another service": (line(dienst="schuldhulp/1"), "dienst", ""),
    "no service": (line(dienst=""), "dienst", ""),
    "a set the service has not": (line(datatypes=("voertuigen/1",)), "gegevensset", ""),
    "another version of the set": (line(datatypes=("inkomen/2",)), "gegevensset", ""),
    "an element more": (line(elementen=("verzamelinkomen", "inkomen_box3")), "element", "inkomen_box3"),
    "an element nobody can repeat": (line(elementen=("é",)), "element", ""),
    "the whole of which a part is allowed": (
        line(datatypes=("huishouden/1",), elementen=("kinderen",), periode=None),
        "element",
        "kinderen",
    ),
    "another part": (
        line(datatypes=("huishouden/1",), elementen=("kinderen.voornamen",), periode=None),
        "element",
        "kinderen.voornamen",
    ),
    "a year more": (line(periode=DataPeriod("P4Y")), "periode", ""),
    "a day earlier": (line(periode=DataPeriod(van="2022-12-31", tot="2025-12-31")), "periode", ""),
    "the future": (line(periode=DataPeriod(van="2023-01-01", tot="2026-11-02")), "periode", ""),
    "all years": (line(periode=None), "periode", ""),
    "no period that can be read": (line(periode=DataPeriod("P3D")), "periode", ""),
    "a period of a set without": (
        line(datatypes=("huishouden/1",), elementen=("burgerlijke_staat",)),
        "periode",
        "",
    ),
    "a day longer": (line(geldig_tot="2027-05-02"), "geldig_tot", ""),
    "an end that has passed": (line(geldig_tot="2026-10-31"), "geldig_tot", ""),
    "no end": (line(geldig_tot=""), "geldig_tot", ""),
    "another spelling of the end": (line(geldig_tot="20270131"), "geldig_tot", ""),
    "more often": (line(frequentie="wekelijks"), "frequentie", ""),
    "no frequency": (line(frequentie=""), "frequentie", ""),
    "kept a day longer": (line(bewaartermijn="P93D"), "bewaartermijn", ""),
    "kept for ever": (line(bewaartermijn=""), "bewaartermijn", ""),
}


@pytest.mark.parametrize("case", BAD)
def test_bk021_one_change_asks_too_much_and_is_named(case: str) -> None:
    asked, dimension, element = BAD[case]
    with pytest.raises(OverAskingError) as caught:
        check_cap(asked, PROFILE, today=TODAY)
    assert (caught.value.dimension, caught.value.element) == (dimension, element)


@given(st.sets(st.sampled_from([e.path for part in PROFILE.data_sets for e in part.elements] + ["gezag", "adres"])))
def test_what_passes_lies_within_the_profile(paths: set[str]) -> None:
    part = PROFILE.part_of("inkomen/1")
    assert part is not None
    asked = line(elementen=tuple(paths))
    try:
        check_cap(asked, PROFILE, today=TODAY)
    except OverAskingError:
        assert not paths <= {e.path for e in part.elements}
    else:
        assert paths <= {e.path for e in part.elements}


@pytest.mark.parametrize(
    ("day", "duration", "end"),
    [
        ("2026-11-01", "P90D", "2027-01-30"),
        ("2026-11-01", "P2W", "2026-11-15"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2027-12-31", "P2M", "2028-02-29"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2026-12-15", "P12M", "2027-12-15"),
        ("2026-11-30", "P1M", "2026-12-30"),
    ],
)
def test_terms_are_counted_on_the_calendar(day: str, duration: str, end: str) -> None:
    assert add_duration(day, duration) == end


@pytest.mark.parametrize("duration", ["", "P0D", "90D", "P", "P1Y2M", "P-1D", "PT1H", "p1y"])
def test_another_term_is_refused(duration: str) -> None:
    with pytest.raises(MalformedError):
        add_duration(TODAY, duration)


def test_lines_survive_their_own_spelling() -> None:
    assert parse_lines(parse_json(encode_lines((GOOD,)))) == (GOOD,)
    assert (GOOD.source, GOOD.data_set) == ("https://belastingdienst.example", "inkomen/1")
    assert GOOD.period_on(TODAY) == Period(van="2023-01-01", tot="2025-12-31")


BAD_LINES: dict[str, object] = {
    "no list": RAW,
    "an empty list": [],
    "too many": [RAW] * (MAX_LINES + 1),
    "too many elements": [{**RAW, "elementen": [f"e{n}" for n in range(MAX_ELEMENTS + 1)]}],
    "no object": ["gegevensset"],
    "an unknown type": [{**RAW, "type": "alles"}],
    "an unknown member": [{**RAW, "extra": "x"}],
    "a member left out": [{name: value for name, value in RAW.items() if name != "elementen"}],
    "another type of member": [{**RAW, "elementen": "verzamelinkomen"}],
    "two locations": [{**RAW, "locations": ["https://a.example", "https://b.example"]}],
    "no location": [{**RAW, "locations": []}],
    "two data sets": [{**RAW, "datatypes": ["inkomen/1", "huishouden/1"]}],
    "another action": [{**RAW, "actions": ["wijzigen"]}],
    "no elements": [{**RAW, "elementen": []}],
    "an element twice": [{**RAW, "elementen": ["verzamelinkomen", "verzamelinkomen"]}],
    "an unknown frequency": [{**RAW, "frequentie": "elk-uur"}],
    "half a period": [{**RAW, "periode": {"van": "2024-01-01"}}],
    "both kinds of period": [{**RAW, "periode": {"laatste": "P3Y", "van": "2024-01-01"}}],
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_what_is_no_line_is_refused_without_repeating_it(case: str) -> None:
    with pytest.raises(MalformedError) as caught:
        parse_lines(BAD_LINES[case])
    assert "belastingdienst.example" not in str(caught.value)
