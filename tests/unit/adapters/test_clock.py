# SPDX-License-Identifier: EUPL-1.2
"""The clocks: the day turns at midnight in Amsterdam, not in Greenwich."""

import time
from datetime import UTC, datetime

import pytest

from blauweknop.adapters.clock import SystemClock, amsterdam_day, amsterdam_day_at


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> int:
    """Sets the machine's clock; in nanoseconds."""
    told = int(moment.timestamp()) * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: told)
    return told


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 1, 22, 59, 59, tzinfo=UTC), "2026-11-01"),
        (datetime(2026, 11, 1, 23, 0, 0, tzinfo=UTC), "2026-11-02"),
        (datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC), "2026-07-01"),
        (datetime(2026, 7, 1, 22, 0, 0, tzinfo=UTC), "2026-07-02"),
    ],
)
def test_today_is_the_date_in_amsterdam(monkeypatch: pytest.MonkeyPatch, moment: datetime, day: str) -> None:
    at(monkeypatch, moment)
    assert SystemClock().today() == day
    assert amsterdam_day(SystemClock(reference_day="2031-01-01")) == day
    assert amsterdam_day_at(int(moment.timestamp())) == day


def test_a_reference_day_fixes_today_and_leaves_now_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SystemClock(reference_day="2026-11-01")
    told = at(monkeypatch, datetime(2031, 1, 1, tzinfo=UTC))
    assert clock.today() == "2026-11-01"
    first, second = clock.monotonic_ns(), clock.monotonic_ns()
    assert second >= first
    assert clock.now_ns() == told
