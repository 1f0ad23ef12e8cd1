# SPDX-License-Identifier: EUPL-1.2
"""The cap: a line may ask no more than its service profile allows (system.md 3.1, BK021).

The same check runs in the requester's SDK, at the authorization server (PAR) and at the source, so that over-asking is
refused three times by one rule. Dimensions: ``dienst``, ``gegevensset``, ``element``, ``periode``, ``geldig_tot``,
``frequentie``, ``bewaartermijn``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from blauweknop.core.consent.line import FREQUENCIES, Line
from blauweknop.core.dataset.period import latest
from blauweknop.core.dataset.value import Period
from blauweknop.errors import DocumentError, MalformedError

if TYPE_CHECKING:
    from blauweknop.core.dataset.profile import ProfileDataSet, ServiceProfile

Dimension = Literal["dienst", "gegevensset", "element", "periode", "geldig_tot", "frequentie", "bewaartermijn"]
_DURATION: Final = re.compile(r"P(?:([1-9]\d{0,3})D|([1-9]\d?)W|([1-9]\d{0,2})M|([1-9]\d?)Y)", re.ASCII)
_MONTHS: Final = 12
_LENGTHS: Final = (1, 7, 365 / _MONTHS, 365)  # days in a day, week, month, year


class OverAskingError(DocumentError):
    """More is asked than the service may have."""

    code = "meer-dan-dienst"

    def __init__(self, dimension: Dimension, element: str = "", *, detail: str = "") -> None:
        """``element``: the path it hangs on, where one does."""
        super().__init__(detail or f"{dimension} {element}".strip(), clause="BK021")
        self.dimension = dimension
        self.element = element


def check_cap(line: Line, profile: ServiceProfile, *, today: str, given: bool = False) -> None:
    """Raises ``OverAskingError`` when ``line`` asks more than ``profile`` allows on ``today`` (``JJJJ-MM-DD``).

    ``given``: the line was granted before today; whether its end lay within the longest validity was checked on the
    day it was asked, and whether it has passed is for whoever decides to check on its own clock.
    """
    if line.dienst != profile.ref:
        raise OverAskingError("dienst")
    part = profile.part_of(line.data_set)
    if part is None:
        raise OverAskingError("gegevensset")
    _check_elements(line, part)
    _check_period(line, part, today)
    if not given:
        _check_end(line, profile, today)
    if line.frequentie not in FREQUENCIES or _rank(line.frequentie) > _rank(profile.frequency_at_most):
        raise OverAskingError("frequentie")
    if not _no_longer(line.bewaartermijn, profile.retention_at_most):
        raise OverAskingError("bewaartermijn")


def add_duration(day: str, duration: str) -> str:
    """``day`` (``JJJJ-MM-DD``) plus ``P…D``, ``P…W``, ``P…M`` or ``P…Y``; a day that a month lacks becomes its last.

    Raises: ``MalformedError`` for another spelling.
    """
    start = date.fromisoformat(day)
    days, weeks, months, years = _parts(duration)
    if days or weeks:
        return (start + timedelta(days=days, weeks=weeks)).isoformat()
    total = start.year * _MONTHS + start.month - 1 + months + years * _MONTHS
    first = date(total // _MONTHS, total % _MONTHS + 1, 1)
    following = date(first.year + first.month // _MONTHS, first.month % _MONTHS + 1, 1)
    last_day = (following - timedelta(days=1)).day
    return first.replace(day=min(start.day, last_day)).isoformat()


def _check_elements(line: Line, part: ProfileDataSet) -> None:
    allowed = {element.path for element in part.elements}
    for path in line.elementen:
        # A part of an allowed element is less; an element of which only parts are allowed is more.
        if path not in allowed and path.split(".", 1)[0] not in allowed:
            raise OverAskingError("element", path if path.isascii() else "")


def _check_period(line: Line, part: ProfileDataSet, today: str) -> None:
    if not part.period:
        if line.periode is not None:
            raise OverAskingError("periode")
        return
    try:
        asked = line.period_on(today)
        most = latest(part.period, today=today)
    except MalformedError as error:
        raise OverAskingError("periode") from error
    # Stated as dates, the running year counts as within "the last years".
    if asked is None or not asked.within(Period(van=most.van, tot=today)):
        raise OverAskingError("periode")


def _check_end(line: Line, profile: ServiceProfile, today: str) -> None:
    try:
        end = date.fromisoformat(line.geldig_tot)
    except ValueError as error:
        raise OverAskingError("geldig_tot", detail="geldig_tot is not a date") from error
    if line.geldig_tot != end.isoformat() or line.geldig_tot < today:
        raise OverAskingError("geldig_tot", detail="geldig_tot has passed")
    if line.geldig_tot > add_duration(today, profile.valid_at_most):
        raise OverAskingError("geldig_tot")


def _rank(frequency: str) -> int:
    return FREQUENCIES.index(frequency)


def _no_longer(asked: str, most: str) -> bool:
    # Compared as numbers of days, not on a calendar: what was allowed once is allowed on every later day.
    return bool(_DURATION.fullmatch(asked)) and _days(asked) <= _days(most)


def _days(duration: str) -> float:
    return sum(count * length for count, length in zip(_parts(duration), _LENGTHS, strict=True))


def _parts(duration: str) -> tuple[int, ...]:
    """Days, weeks, months, years."""
    match = _DURATION.fullmatch(duration)
    if not match:
        raise MalformedError("a term is spelt P30D, P2W, P6M or P1Y")
    return tuple(int(part or 0) for part in match.groups())
