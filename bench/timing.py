# SPDX-License-Identifier: EUPL-1.2
"""Interleaved timing: every subject runs a little in each round, so that all meet the same machine.

A ratio is taken within each round, between runs that stood next to each other, and the median over the rounds is given:
what slows the whole machine for a second does not count for or against anybody.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Timed = Callable[[int], float]  # runs so many times, gives seconds for each


@dataclass(frozen=True)
class Outcome:
    """Microseconds of each subject, a list by round."""

    micros: dict[str, list[float]]

    def typical(self, name: str) -> float:
        """The median in microseconds."""
        return statistics.median(self.micros[name])

    def ratio(self, name: str, to: str) -> float:
        """How many of ``name`` go into one ``to``: the median of the rounds' ratios."""
        return statistics.median(b / a for a, b in zip(self.micros[name], self.micros[to], strict=True))


def timed(run: Callable[[], object]) -> Timed:
    """``run``, to be timed by the processor time of this thread."""

    def many(count: int) -> float:
        start = time.thread_time()
        for _ in range(count):
            run()
        return (time.thread_time() - start) / count

    return many


def interleave(subjects: dict[str, tuple[Timed, int]], *, rounds: int) -> Outcome:
    """Runs each subject its number of times in each of ``rounds``, after one round that does not count."""
    micros: dict[str, list[float]] = {name: [] for name in subjects}
    for each in range(rounds + 1):
        for name, (run, count) in subjects.items():
            taken = run(count) * 1e6
            if each:
                micros[name].append(taken)
    return Outcome(micros)
