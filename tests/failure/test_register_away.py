# SPDX-License-Identifier: EUPL-1.2
"""The register is away: everything goes on for a day, also what starts anew meanwhile; then it stops and says why."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.journeys.test_consent_journey import fetch
from tests.journeys.town import Town

from .fleet_kit import CONSENT, SOURCES, Fleet

MINUTE, HOUR = 60, 3600
DAY = 24 * HOUR
LONGEST = 10.0  # seconds for a consent and a delivery, where one that hangs costs two a service


@contextmanager
def pair(fleet: Fleet, number: int) -> Iterator[Town]:
    """A browser and a requester that go to one process of each service."""
    with fleet.town(consent=[CONSENT[number]], source=[SOURCES[number]]) as town:
        yield town


def deliver(fleet: Fleet) -> None:
    """A consent, and a delivery on it, at each pair of processes."""
    for number in range(2):
        with pair(fleet, number) as town:
            answer = fetch(town, town.granted())
            assert answer.status_code == 200, answer.text


def gone(fleet: Fleet) -> int:
    """Everybody works with the register; then it dies. How far the clocks are moved on then."""
    if "register" not in fleet.pids:
        back(fleet)
    deliver(fleet)
    fleet.kill("register")
    return fleet.moved


def back(fleet: Fleet) -> None:
    """The register runs again, and everybody may look for it again."""
    fleet.start("register")
    fleet.move(fleet.moved + MINUTE)


@pytest.mark.parametrize("seconds", [9 * MINUTE, 23 * HOUR])
def test_bk061_consents_and_deliveries_go_on_while_the_register_is_away(fleet: Fleet, seconds: int) -> None:
    fleet.move(gone(fleet) + seconds)
    fleet.kill(CONSENT[0], SOURCES[0])
    fleet.start(CONSENT[0], SOURCES[0])
    deliver(fleet)


def test_bk061_consents_and_deliveries_go_on_while_the_register_hangs(fleet: Fleet) -> None:
    gone(fleet)
    fleet.start("register")
    with fleet.frozen("register"):
        fleet.move(fleet.moved + 9 * MINUTE)
        began = time.monotonic()
        deliver(fleet)
        assert time.monotonic() - began < 2 * LONGEST


def test_bk061_after_a_day_without_the_register_nothing_is_delivered_and_the_answer_says_why(fleet: Fleet) -> None:
    since = gone(fleet)
    fleet.move(since + DAY - 2 * MINUTE)
    with fleet.town() as town:
        token = town.granted()
        for later in (DAY + MINUTE, 25 * HOUR):
            fleet.move(since + later)
            answer = fetch(town, token)
            assert answer.status_code == 503, answer.text
            assert answer.json()["code"] == "register-verouderd"
            assert "more than 24 hours old" in answer.json()["title"]
            assert town.lender.ask(town.line()).status_code == 503
    back(fleet)
    deliver(fleet)
