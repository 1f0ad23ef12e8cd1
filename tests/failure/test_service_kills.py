# SPDX-License-Identifier: EUPL-1.2
"""Promises 1 and 4 over HTTP: kill -9 of register, consent service and source at random moments under load.

Nothing acknowledged is missing, nothing is denied that was acknowledged a moment before, and a delivery in the log that
nobody received says so.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from .fleet import SOURCE
from .fleet_kit import CONSENT, SOURCES, Fleet
from .lives import CITIZENS, Life, Said, last_row, missing, surplus

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
def test_a_kill_of_any_service_loses_nothing_acknowledged(fleet: Fleet, rounds: Callable[[int, int], int]) -> None:
    chance, counts = random.Random(1), Counter[str]()
    before = last_row(fleet.home)
    with lives(fleet) as told:
        for _ in range(rounds(8, 1000)):
            time.sleep(chance.uniform(0, 0.4))  # the moment of a kill is any
            victims = chance.sample(VICTIMS, chance.choice((1, 1, 1, 2)))
            fleet.kill(*victims)
            counts.update(victims)
            time.sleep(chance.choice((0, chance.uniform(0, 0.3))))
            fleet.start(*victims)
    assert surplus(fleet.home, told, after=before) == []
    for said in told:
        assert said.denied == []
        assert list(missing(fleet.home, said)) == []
        assert said.stopped
        assert said.records
    acknowledged = sum((said.counts() for said in told), Counter[str]())
    sys.stdout.write(f"kills: {dict(counts)}; acknowledged: {dict(acknowledged)}\n")


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
    before = last_row(fleet.home)
    life = Life(fleet, CITIZENS[0], random.Random(3), threading.Event(), stops=0.0)
    with fleet.town() as town:
        life.consent(town)
    assert list(missing(fleet.home, life.said)) == []
    assert surplus(fleet.home, [life.said], after=before) == []
    fleet.kill(*SOURCES)  # so that nothing is written any more
    with closing(sqlite3.connect(fleet.home / "opslag" / f"{SOURCE}.sqlite")) as connection, connection:
        connection.execute("UPDATE log_record SET uncertain = 0")
    fleet.start(*SOURCES)
    assert surplus(fleet.home, [], after=before) == list(life.said.records)
    ((grant, _),) = life.said.granted.items()
    assert list(missing(fleet.home, Said(stopped=[grant]))) == [f"stop of {grant}"]
    assert list(missing(fleet.home, Said(granted={"none": "x"}))) == ["consent none"]
    assert list(missing(fleet.home, Said(granted={grant: "x"}, left=[grant]))) == [f"refresh token of {grant}"]
    assert list(missing(fleet.home, Said(records={next(iter(life.said.records)): "x"}))) != []
