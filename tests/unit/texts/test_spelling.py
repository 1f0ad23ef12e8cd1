# SPDX-License-Identifier: EUPL-1.2
"""Amounts, dates and periods as a reader sees them."""

import pytest

from blauweknop.core.dataset.definition import Element, Text
from blauweknop.core.dataset.value import EURO_CENT, Period, Value
from blauweknop.texts import Language, load_messages
from blauweknop.texts.spelling import spell_amount, spell_date, spell_period, spell_value

WORDS = Text(nl="Naamgebruik", en="Use of name")
CODE = Element(
    id="x", kind="code", concept="x/1", title=WORDS, explanation=WORDS, codes={"E": Text(nl="eigen", en="own")}
)
DATE = Element(id="x", kind="datum", concept="x/1", title=WORDS, explanation=WORDS)


@pytest.mark.parametrize(
    ("cents", "language", "spelt"),
    [
        (4650000, "nl", "€\u00a046.500,00"),
        (4650000, "en", "€46,500.00"),
        (-7501, "nl", "−€\u00a075,01"),
        (-7501, "en", "−€75.01"),
        (5, "nl", "€\u00a00,05"),
        (0, "en", "€0.00"),
    ],
)
def test_amounts(cents: int, language: Language, spelt: str) -> None:
    assert spell_amount(cents, language) == spelt


@pytest.mark.parametrize(
    ("date", "spelt"),
    [("1978-03-21", "21 maart 1978"), ("1978-03", "maart 1978"), ("1966", "1966"), ("1966-00-13", "1966-00-13")],
)
def test_a_partial_date_stays_partial(date: str, spelt: str) -> None:
    assert spell_date(date, "nl") == spelt


def test_a_whole_year_is_called_by_its_number() -> None:
    messages = load_messages("nl")
    assert spell_period(Period("2025-01-01", "2025-12-31"), messages) == "heel 2025"
    assert spell_period(Period("2025-01-01", "2025-12-30"), messages).endswith("30 december 2025")


@pytest.mark.parametrize(
    ("value", "element", "spelt"),
    [
        (Value(waarde="E"), CODE, "eigen"),
        (Value(waarde="Z"), CODE, "Z"),
        (Value(waarde="1978-03"), DATE, "maart 1978"),
        (Value(waarde="1978-03"), CODE, "1978-03"),
        (Value(waarde=True), CODE, "Ja"),
        (Value(waarde=False), CODE, "Nee"),
        (Value(waarde=None), CODE, "Geen waarde: de organisatie heeft hier niets"),
        (Value(waarde=1, eenheid=EURO_CENT), CODE, "€\u00a00,01"),
        (Value(waarde=1), CODE, "1"),
        (Value(waarde=1.5, eenheid="%"), CODE, "1,5\u00a0%"),
        (Value(waarde=()), CODE, "Geen"),
        (Value(waarde={}), CODE, ""),
    ],
)
def test_values(value: Value, element: Element, spelt: str) -> None:
    assert spell_value(value, element, load_messages("nl")) == spelt
