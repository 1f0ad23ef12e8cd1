# SPDX-License-Identifier: EUPL-1.2
"""Dates of the RvIG list: eight digits, `00` for an unknown month or day, all zeros for unknown.

What cannot be read keeps the largest part that can (`19660013` → 1966) and says so; a year before 1800 or after the
reference day is not believed.

Spec: LO GBA 3.x, gegevenstype datum; BRP-personen API v2, schema `AbstractDatum`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .origin import Json

_FORM: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIRST_YEAR: Final = 1800
_MONTHS: Final = (
    "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905 - reads as a list of words
)


@dataclass(frozen=True, slots=True)
class ListDate:
    """A date as far as it is known, and whether the cell held something that could not be read in full."""

    year: int | None
    month: int | None
    day: int | None
    readable: bool = True

    def iso(self) -> str | None:
        """`1978`, `1978-03` or `1978-03-09`; None where nothing is known."""
        if self.year is None:
            return None
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    def as_api(self) -> dict[str, Json]:
        """The date in the shape of the BRP API: four types, each with a long form in Dutch."""
        if self.year is None:
            return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}
        if self.month is None:
            return {"type": "JaarDatum", "jaar": self.year, "langFormaat": str(self.year)}
        name = _MONTHS[self.month - 1]
        if self.day is None:
            long = f"{name} {self.year}"
            return {"type": "JaarMaandDatum", "jaar": self.year, "maand": self.month, "langFormaat": long}
        return {"type": "Datum", "datum": self.iso(), "langFormaat": f"{self.day} {name} {self.year}"}


def parse_date(cell: str, *, last_year: int) -> ListDate:
    """The date of a cell; `last_year` is the last year that is believed."""
    whole = _FORM.fullmatch(cell)
    if whole is None:
        return ListDate(_year(cell[:4], last_year), None, None, readable=False)
    year_text, month, day = whole.group(1), int(whole.group(2)), int(whole.group(3))
    year = _year(year_text, last_year)
    if year is None:
        return ListDate(None, None, None, readable=set(cell) == {"0"})
    if not 1 <= month <= len(_MONTHS):
        return ListDate(year, None, None, readable=month == day == 0)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return ListDate(year, month, None, readable=day == 0)
    return ListDate(year, month, day)


def _year(text: str, last_year: int) -> int | None:
    if not text.isascii() or not text.isdigit():
        return None
    year = int(text)
    return year if _FIRST_YEAR <= year <= last_year else None
