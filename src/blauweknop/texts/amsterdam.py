# SPDX-License-Identifier: EUPL-1.2
"""The clock on the wall in the Netherlands, for texts: Europe/Amsterdam as Directive 2000/84/EC sets it.

Computed, because a bare machine may have no time zone database: one hour ahead of UTC, two from the last Sunday of
March 01:00 UTC up to the last Sunday of October 01:00 UTC. Right for 1996 and later.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

_WINTER: Final = timezone(timedelta(hours=1), "CET")
_SUMMER: Final = timezone(timedelta(hours=2), "CEST")
_MARCH, _OCTOBER = 3, 10


def amsterdam(at: int) -> datetime:
    """``at`` (seconds, UTC) as the clock in the Netherlands shows it."""
    moment = datetime.fromtimestamp(at, UTC)
    summer = _last_sunday(moment.year, _MARCH) <= moment < _last_sunday(moment.year, _OCTOBER)
    return moment.astimezone(_SUMMER if summer else _WINTER)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
