# SPDX-License-Identifier: EUPL-1.2
"""How values of back-ends are read; what cannot be read is refused or remarked, never guessed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.adapters.connectors.conversions import (
    CONVERSIONS,
    DEFAULT_CONVERSION,
    ValueUnreadableError,
    brp_to_date,
    eight_digits_to_date,
    euro_to_cents,
    iso_to_date,
)
from blauweknop.core.dataset.partial_date import parse_partial_date
from blauweknop.core.dataset.value import REMARKS

PARTLY, UNREADABLE = "deels-onbekend", "datum-onleesbaar"


@pytest.mark.parametrize(
    ("conversion", "raw", "value"),
    [
        ("tekst", " de ", "de"),
        ("tekst", "", None),
        ("tekst", "  ", None),
        ("tekst", 12, "12"),
        ("code", "0001", "0001"),
        ("getal", "1745", 1745),
        ("getal", 4.5, 4.5),
        ("getal", "", None),
        ("cent", -75000, -75000),
        ("euro", "10697", 1069700),
        ("euro", "12,5", 1250),
        ("euro", "-0.05", -5),
        ("euro", 46500, 4650000),
        ("euro", 0.29, 29),
        ("euro", {"waarde": 46500, "valuta": "EUR"}, 4650000),
        ("euro", {"waarde": None, "valuta": "EUR"}, None),
        ("janee", "Ja", True),
        ("janee", "n", False),
        ("janee", False, False),
        ("janee", 1, True),
        ("janee", "", None),
    ],
)
def test_values_that_can_be_read(conversion: str, raw: Any, value: Any) -> None:
    converted = CONVERSIONS[conversion](raw)
    assert type(converted.value) is type(value)
    assert converted == (value, "")


@pytest.mark.parametrize(
    ("conversion", "raw"),
    [
        ("tekst", True),
        ("tekst", ["de"]),
        ("tekst", 1.5),
        ("getal", True),
        ("getal", "12.5"),
        ("getal", "１２"),
        ("getal", "9" * 16),
        ("cent", 0.5),
        ("cent", "1,00"),
        ("euro", "10.697,50"),
        ("euro", "1e3"),
        ("euro", "1.005"),
        ("euro", 1.005),
        ("euro", "€ 5"),
        ("euro", True),
        ("euro", {"waarde": 5, "valuta": "USD"}),
        ("euro", {"waarde": 5}),
        ("euro", [5]),
        ("euro", "NaN"),
        ("janee", "misschien"),
        ("janee", 2),
        ("janee", ["ja"]),
        ("datum", 20261101),
        ("jjjjmmdd", True),
        ("jjjjmmdd", ["20261101"]),
        ("brp-datum", "2026-11-01"),
        ("brp-datum", {"type": "Datum"}),
        ("brp-datum", {"type": "JaarDatum", "jaar": "1966"}),
        ("brp-datum", {"type": "JaarMaandDatum", "jaar": 1966}),
        ("brp-datum", {"type": "Kwartaal", "jaar": 1966}),
        ("brp-datum", {}),
    ],
)
def test_values_that_cannot_be_read_are_refused_without_being_repeated(conversion: str, raw: Any) -> None:
    with pytest.raises(ValueUnreadableError) as caught:
        CONVERSIONS[conversion](raw)
    assert str(raw) not in str(caught.value)


@pytest.mark.parametrize("conversion", CONVERSIONS)
def test_nothing_is_no_value(conversion: str) -> None:
    assert CONVERSIONS[conversion](None).value is None


def test_every_kind_with_a_value_of_its_own_has_a_conversion() -> None:
    assert set(DEFAULT_CONVERSION.values()) <= set(CONVERSIONS)
    assert set(DEFAULT_CONVERSION) == {"tekst", "code", "datum", "bedrag", "getal", "janee"}


@pytest.mark.parametrize(
    ("raw", "value", "remark"),
    [
        ("19780321", "1978-03-21", ""),
        (20130104, "2013-01-04", ""),
        ("19780300", "1978-03", PARTLY),
        ("19780000", "1978", PARTLY),
        ("0", None, ""),
        ("", None, ""),
        ("00000000", None, ""),
        ("19660013", "1966", UNREADABLE),
        ("19661301", "1966", UNREADABLE),
        ("20170229", "2017-02", UNREADABLE),
        ("19780332", "1978-03", UNREADABLE),
        ("2015", "2015", UNREADABLE),
        ("1994031", "1994", UNREADABLE),
        ("00002014", None, UNREADABLE),
        ("vorige week", None, UNREADABLE),
        ("１９７８０３２１", None, UNREADABLE),
    ],
)
def test_eight_digits(raw: Any, value: str | None, remark: str) -> None:
    assert eight_digits_to_date(raw) == (value, remark)


@pytest.mark.parametrize(
    ("raw", "value", "remark"),
    [
        ({"type": "Datum", "datum": "1987-12-01", "langFormaat": "1 december 1987"}, "1987-12-01", ""),
        ({"type": "JaarMaandDatum", "jaar": 1978, "maand": 3}, "1978-03", PARTLY),
        ({"type": "JaarDatum", "jaar": 1966}, "1966", PARTLY),
        ({"type": "DatumOnbekend", "onbekend": True}, None, PARTLY),
        ({"type": "Datum", "datum": "2017-02-29"}, "2017", UNREADABLE),
        ({"type": "Datum", "datum": "1978-03"}, "1978-03", UNREADABLE),
        ({"type": "JaarMaandDatum", "jaar": 1978, "maand": 13}, "1978", UNREADABLE),
        ({"type": "JaarDatum", "jaar": 0}, None, UNREADABLE),
    ],
)
def test_dates_of_the_brp_api(raw: Any, value: str | None, remark: str) -> None:
    assert brp_to_date(raw) == (value, remark)


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_full_date_survives_every_spelling(day: dt.date) -> None:
    text = day.isoformat()
    assert iso_to_date(text) == (text, "")
    assert eight_digits_to_date(text.replace("-", "")) == (text, "")
    assert brp_to_date({"type": "Datum", "datum": text}) == (text, "")


@given(st.one_of(st.text(max_size=12), st.text("0123456789", min_size=7, max_size=9), st.integers(0, 99999999)))
def test_what_is_given_out_as_a_date_is_one_and_says_what_is_lacking(raw: Any) -> None:
    value, remark = eight_digits_to_date(raw)
    assert remark in {"", *REMARKS}
    if value is not None:
        date = parse_partial_date(str(value))
        assert bool(date.day) == (remark == "")
        assert str(raw).strip().startswith(f"{date.year:04}")


@given(st.integers(-(10**12), 10**12))
def test_amounts_are_exact(cents: int) -> None:
    euros = Decimal(cents) / 100
    assert euro_to_cents(f"{euros:.2f}") == (cents, "")
    assert euro_to_cents(f"{euros:.2f}".replace(".", ",")) == (cents, "")
