# SPDX-License-Identifier: EUPL-1.2
"""Periods of data, as a profile or a request states them: ``P3Y`` is the last three whole calendar years.

Only whole years (``PnY``) and whole months (``PnM``) are used for data periods (ISO 8601 §5.5.2.4): "the last three
years" of a tax return are the three calendar years before the one of ``today``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from blauweknop.core.dataset.value import Period
from blauweknop.errors import MalformedError

_DURATION = re.compile(r"P([1-9]\d?)([YM])", re.ASCII)
_MONTHS = 12


def latest(duration: str, *, today: str) -> Period:
    """The whole calendar years or months before that of ``today`` (``JJJJ-MM-DD``). Raises: ``MalformedError``."""
    match = _DURATION.fullmatch(duration)
    if not match:
        raise MalformedError("a data period is spelt P1Y … P99Y or P1M … P99M")
    count, now = int(match[1]), date.fromisoformat(today)
    if match[2] == "Y":
        return Period(van=f"{now.year - count:04}-01-01", tot=f"{now.year - 1:04}-12-31")
    first = now.year * _MONTHS + now.month - 1 - count
    start = date(first // _MONTHS, first % _MONTHS + 1, 1)
    return Period(van=start.isoformat(), tot=(now.replace(day=1) - timedelta(days=1)).isoformat())
