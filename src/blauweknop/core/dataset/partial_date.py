# SPDX-License-Identifier: EUPL-1.2
"""Dates of which a part may be unknown, as the population register has them (LO-GBA: ``19780300``).

One spelling everywhere (JSON, SD-JWT, PDF, paper): ``1978-03-21``, ``1978-03`` or ``1978``; an unknown date is no date
(``None``). A partial date stays partial: nothing here ever fills in a day.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from blauweknop.errors import MalformedError

_SPELLING = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date, a month or a year. Order: by what is known, the shorter first."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or not 0 <= self.month <= _MONTHS or (self.day and not self.month):  # noqa: PLR2004
            raise MalformedError("not a year, month or day of the calendar")
        if not 0 <= self.day <= (calendar.monthrange(self.year, self.month)[1] if self.month else 0):
            raise MalformedError("not a day of that month")

    def __str__(self) -> str:
        return "-".join(
            [
                f"{self.year:04}",
                *([f"{self.month:02}"] if self.month else []),
                *([f"{self.day:02}"] if self.day else []),
            ]
        )


def parse_partial_date(text: str) -> PartialDate:
    """The date that ``text`` (``JJJJ``, ``JJJJ-MM`` or ``JJJJ-MM-DD``) spells. Raises: ``MalformedError``."""
    match = _SPELLING.fullmatch(text)
    if not match:
        raise MalformedError("a date is spelt JJJJ, JJJJ-MM or JJJJ-MM-DD")
    year, month, day = match.groups()
    if month == "00" or day == "00":
        raise MalformedError("an unknown month or day is left out, not spelt 00")
    return PartialDate(int(year), int(month or 0), int(day or 0))
