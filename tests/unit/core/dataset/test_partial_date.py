# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.dataset.partial_date import PartialDate, parse_partial_date
from blauweknop.errors import MalformedError


@pytest.mark.parametrize("text", ["1978", "1978-03", "1978-03-21", "2000-02-29"])
def test_a_partial_date_keeps_its_spelling(text: str) -> None:
    assert str(parse_partial_date(text)) == text


@given(st.dates(min_value=date(1, 1, 1)))
def test_every_day_of_the_calendar_survives(day: date) -> None:
    assert str(parse_partial_date(day.isoformat())) == day.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        *("1978-00", "1978-03-00", "1978-13", "1978-13-01", "1978-02-30", "1900-02-29", "0000", "0000-01-01"),
        *("19780321", "1978-3-21", " 1978", "1978 ", "1978-03-21T00:00", "", "1978-", "١٩٧٨", "-1978"),
    ],
)
def test_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(MalformedError):
        parse_partial_date(text)


@pytest.mark.parametrize(
    "parts", [(10_000, 1, 1), (0, 1, 1), (1978, 13, 1), (1978, -1, 0), (1978, 0, 5), (1978, 2, 30)]
)
def test_what_is_no_date_cannot_be_made(parts: tuple[int, int, int]) -> None:
    assert PartialDate(1978, 2, 28).day == 28
    with pytest.raises(MalformedError):
        PartialDate(*parts)
