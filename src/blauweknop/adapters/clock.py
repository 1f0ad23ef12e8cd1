# SPDX-License-Identifier: EUPL-1.2
"""Time as an argument: two clocks and the monotonic one.

``now`` is real time (sessions, seals, proofs); ``today`` is the day that ages, terms and data periods are counted from:
the Amsterdam date of ``now``, or in the demo a fixed reference day.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """The three times a service uses."""

    def now_ns(self) -> int:
        """UTC, nanoseconds since 1970."""
        ...

    def monotonic_ns(self) -> int:
        """Nanoseconds that never go back within a process."""
        ...

    def today(self) -> str:
        """The day of reference, ``JJJJ-MM-DD``."""
        ...


class SystemClock:
    """The machine's clocks; ``reference_day`` fixes ``today`` (demo and tests only)."""

    def __init__(self, *, reference_day: str = "") -> None:
        """``reference_day``: ``JJJJ-MM-DD`` or empty."""
        self._reference_day = reference_day

    def now_ns(self) -> int:
        """UTC, nanoseconds since 1970."""
        return time.time_ns()

    def monotonic_ns(self) -> int:
        """Nanoseconds that never go back within a process."""
        return time.monotonic_ns()

    def today(self) -> str:
        """The reference day, or the date in Amsterdam."""
        return self._reference_day or amsterdam_day(self)


def amsterdam_day(clock: Clock) -> str:
    """The date in Amsterdam now, ``JJJJ-MM-DD``: what validity and frequency are counted on."""
    return amsterdam_day_at(clock.now_ns() // 1_000_000_000)


def amsterdam_day_at(seconds: int) -> str:
    """The date in Amsterdam at that moment, ``JJJJ-MM-DD``. ``seconds``: since 1970, UTC."""
    return datetime.fromtimestamp(seconds, tz=UTC).astimezone(AMSTERDAM).date().isoformat()
