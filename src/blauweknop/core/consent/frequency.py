# SPDX-License-Identifier: EUPL-1.2
"""How often: each delivery uses up one calendar period in Europe/Amsterdam, per grant and line (system.md 3.3).

The period is named so that two days of one period have one name: ``2026-11-01``, ``2026-W44`` (ISO 8601 week),
``2026-11``, ``2026``; ``eenmalig`` has one period for ever.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from blauweknop.core.consent.line import Frequency


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


_NAMES: Final[dict[str, Callable[[date], str]]] = {
    "eenmalig": lambda _day: "eenmalig",
    "dagelijks": date.isoformat,
    "wekelijks": _week,
    "maandelijks": lambda day: day.isoformat()[:7],
    "jaarlijks": lambda day: day.isoformat()[:4],
}


def calendar_period(frequency: Frequency, day: str) -> str:
    """The period that ``day`` (``JJJJ-MM-DD``, date in Amsterdam) falls in.

    ``per_keer`` has none: each delivery then waits for the citizen, which is a later stage; it is refused at PAR.
    """
    return _NAMES[frequency](date.fromisoformat(day))
