# SPDX-License-Identifier: EUPL-1.2
"""Promise 2: what was stopped at *t* starts no delivery after *t* + 1 s.

Two processes of the source and two of the consent service, each pair on one database file. In a third of the races the
consent service cannot be asked any more from the stop on, in a third a process of the source stands still meanwhile.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable

import pytest

from .fleet_kit import SOURCES, Fleet
from .races import ENOUGH, KINDS, race


@pytest.mark.long
def test_bk026_no_delivery_starts_a_second_after_an_acknowledged_stop(
    fleet: Fleet, rounds: Callable[[int, int], int]
) -> None:
    chance, latest, counts = random.Random(26), dict.fromkeys(KINDS, 0.0), Counter[str]()
    for number in range(rounds(len(KINDS), 200)):
        outcome = race(fleet, number, chance)
        assert outcome.late == [], (number, outcome.kind, outcome.latest)
        assert outcome.lost == []
        assert outcome.other == set(), fleet.log()
        assert outcome.before >= ENOUGH
        assert outcome.refused_after >= ENOUGH
        latest[outcome.kind] = max(latest[outcome.kind], outcome.latest)
        counts.update(races=1, starts=len(outcome.starts), refused=outcome.refused_after)
    sys.stdout.write(f"{dict(counts)}; latest start, seconds after the acknowledgement: {latest}\n")


def test_a_source_that_does_not_ask_how_old_its_knowledge_is_is_caught(fleet: Fleet) -> None:
    fleet.kill(*SOURCES)
    fleet.start(*SOURCES, kind="forgetful_source")
    chance = random.Random(27)
    assert race(fleet, KINDS.index("deaf"), chance).late
    fleet.kill(*SOURCES)
    fleet.start(*SOURCES)
