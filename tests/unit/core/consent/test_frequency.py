# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from blauweknop.core.consent.frequency import calendar_period
from blauweknop.core.consent.line import Frequency


@pytest.mark.parametrize(
    ("frequency", "day", "same", "next_one"),
    [
        ("dagelijks", "2026-11-01", "2026-11-01", "2026-11-02"),
        ("wekelijks", "2026-12-28", "2027-01-03", "2027-01-04"),
        ("maandelijks", "2026-11-01", "2026-11-30", "2026-12-01"),
        ("jaarlijks", "2026-01-01", "2026-12-31", "2027-01-01"),
    ],
)
def test_days_of_one_period_have_one_name(frequency: Frequency, day: str, same: str, next_one: str) -> None:
    assert calendar_period(frequency, day) == calendar_period(frequency, same)
    assert calendar_period(frequency, day) != calendar_period(frequency, next_one)


def test_once_is_once_for_ever() -> None:
    assert calendar_period("eenmalig", "2026-11-01") == calendar_period("eenmalig", "2030-01-01")


def test_each_time_has_no_period() -> None:
    with pytest.raises(KeyError):
        calendar_period("per_keer", "2026-11-01")
