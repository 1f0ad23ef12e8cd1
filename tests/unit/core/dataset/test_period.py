# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from blauweknop.core.dataset.period import latest
from blauweknop.core.dataset.value import Period
from blauweknop.errors import MalformedError


@pytest.mark.parametrize(
    ("duration", "today", "van", "tot"),
    [
        ("P3Y", "2026-11-01", "2023-01-01", "2025-12-31"),
        ("P1Y", "2026-01-01", "2025-01-01", "2025-12-31"),
        ("P1M", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("P6M", "2026-03-01", "2025-09-01", "2026-02-28"),
        ("P12M", "2026-01-15", "2025-01-01", "2025-12-31"),
    ],
)
def test_latest_counts_whole_years_and_months(duration: str, today: str, van: str, tot: str) -> None:
    assert latest(duration, today=today) == Period(van=van, tot=tot)


@pytest.mark.parametrize("duration", ["", "P0Y", "P3D", "P100Y", "3Y", "P-1Y", "P3Y ", "p3y", "P1Y2M"])
def test_another_duration_is_refused(duration: str) -> None:
    with pytest.raises(MalformedError):
        latest(duration, today="2026-11-01")


def test_a_period_lies_within_another_or_not() -> None:
    year = Period(van="2024-01-01", tot="2024-12-31")
    assert year.within(Period(van="2023-01-01", tot="2025-12-31"))
    assert not year.within(Period(van="2024-01-02", tot="2025-12-31"))
    assert not year.within(Period(van="2023-01-01", tot="2024-12-30"))
