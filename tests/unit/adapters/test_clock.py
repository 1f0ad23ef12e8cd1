# SPDX-License-Identifier: EUPL-1.2
"""The clocks: the day turns at midnight in Amsterdam, not in Greenwich."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest

from blauweknop.adapters import clock as module
from blauweknop.adapters.clock import SystemClock


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Sets the machine's clock."""

    class Then:
        @classmethod
        def now(cls, tz: Any) -> datetime:
            return moment.astimezone(tz)

    monkeypatch.setattr(module, "datetime", Then)


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


def test_a_reference_day_fixes_today_and_leaves_now_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SystemClock(reference_day="2026-11-01")
    at(monkeypatch, datetime(2031, 1, 1, tzinfo=UTC))
    assert clock.today() == "2026-11-01"
    first, second = clock.monotonic_ns(), clock.monotonic_ns()
    assert second >= first
    assert abs(clock.now_ns() - time.time_ns()) < 10**10
