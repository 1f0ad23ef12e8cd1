# SPDX-License-Identifier: EUPL-1.2
"""Promise 1 over HTTP: kill -9 of register, consent service and source at random moments under load; nothing that was
acknowledged is missing, and nothing is denied that was acknowledged a moment before.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from .fleet_kit import CONSENT, SOURCES, Fleet
from .lives import CITIZENS, Life, Said, missing

VICTIMS = ("register", *CONSENT, *SOURCES)


@contextmanager
def lives(fleet: Fleet) -> Iterator[list[Said]]:
    """Citizens who go on until the block ends; after it, what each was told."""
    over = threading.Event()
    each = [Life(fleet, bsn, random.Random(bsn), over) for bsn in CITIZENS]
    threads = [threading.Thread(target=life.live) for life in each]
    for thread in threads:
        thread.start()
    try:
        yield [life.said for life in each]
    finally:
        over.set()
        for thread in threads:
            thread.join(60)


@pytest.mark.long
def test_a_kill_of_any_service_loses_nothing_acknowledged(
    fleet: Fleet, rounds: Callable[[int, int], int], record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(1)
    with lives(fleet) as told:
        for _ in range(rounds(12, 1000)):
            time.sleep(chance.uniform(0, 0.4))  # the moment of a kill is any
            victims = chance.sample(VICTIMS, chance.choice((1, 1, 1, 2)))
            fleet.kill(*victims)
            time.sleep(chance.choice((0, chance.uniform(0, 0.3))))
            fleet.start(*victims)
    for said in told:
        assert said.denied == []
        assert list(missing(fleet.home, said)) == []
        assert said.stopped
        assert said.records
    record_property("acknowledged", sum(said.acknowledged for said in told))


def test_a_source_that_answers_before_it_commits_is_caught(fleet: Fleet) -> None:
    fleet.kill(*SOURCES)
    fleet.start(*SOURCES, kind="hasty_source")
    life = Life(fleet, CITIZENS[0], random.Random(2), threading.Event(), stops=0.0)
    with fleet.town() as town:
        life.consent(town)
    fleet.kill(*SOURCES)
    (record,) = life.said.records
    assert list(missing(fleet.home, life.said)) == [f"delivery {record}"]
    fleet.start(*SOURCES)


def test_the_look_in_the_stores_finds_each_thing_that_is_not_there(fleet: Fleet) -> None:
    life = Life(fleet, CITIZENS[0], random.Random(3), threading.Event(), stops=0.0)
    with fleet.town() as town:
        life.consent(town)
    assert list(missing(fleet.home, life.said)) == []
    ((grant, _),) = life.said.granted.items()
    assert list(missing(fleet.home, Said(stopped=[grant]))) == [f"stop of {grant}"]
    assert list(missing(fleet.home, Said(granted={"none": "x"}))) == ["consent none"]
    assert list(missing(fleet.home, Said(granted={grant: "x"}, left=[grant]))) == [f"refresh token of {grant}"]
    assert list(missing(fleet.home, Said(records={next(iter(life.said.records)): "x"}))) != []
