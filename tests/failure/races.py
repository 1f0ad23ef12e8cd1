# SPDX-License-Identifier: EUPL-1.2
"""One race: two processes of a source deliver as fast as they can while the citizen stops the consent at one of two
processes of the consent service. Judged by the source's own log, where each start of a delivery stands.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import httpx2

from blauweknop.adapters.keys.bare import bare_key_path, load_bare_signer
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.core.oauth.client_side import ProofKey
from blauweknop.demo.plus import CONSENT_PORT
from tests.journeys.forms import hidden
from tests.journeys.test_consent_journey import rule

from .fleet import SOURCE
from .fleet_kit import CONSENT, SOURCES, Doors
from .lives import last_row, open_store

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.journeys.town import Town

    from .fleet_kit import Fleet

SECOND: Final = 1_000_000_000
ENOUGH: Final = 10
KINDS: Final = ("plain", "deaf", "asleep")
REFUSALS: Final = {"toestemming-geeindigd", "status-onbekend"}
_EACH: Final = 2  # requests at once, to each process of the source
_LONGEST: Final = 20.0


@dataclass
class Outcome:
    """What one race showed. Instants are of the machine's monotonic clock."""

    kind: str
    acknowledged_ns: int
    starts: list[int]
    refused_after: int
    other: set[str]
    lost: list[str]

    @property
    def before(self) -> int:
        return sum(start <= self.acknowledged_ns for start in self.starts)

    @property
    def latest(self) -> float:
        """Seconds from the acknowledgement to the last start; below 0 when it came before."""
        return (max(self.starts) - self.acknowledged_ns) / SECOND

    @property
    def late(self) -> list[int]:
        return [start for start in self.starts if start > self.acknowledged_ns + SECOND]


@dataclass
class Answer:
    """``record``: of the log, as the source said; empty when it refused."""

    asked_ns: int
    status: int
    reason: str
    record: str


@dataclass
class Fetching:
    """A requester that asks without end, at each process of the source, until told to leave off."""

    fleet: Fleet
    town: Town
    token: dict[str, Any]
    answers: list[Answer] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        signer = load_bare_signer(bare_key_path(keys_folder(self.fleet.home, self.town.lender.slug), "dpop"), "dpop")
        self._proof = ProofKey(signer, signer.public_key)
        self._url = f"{self.town.source('Belastingdienst')}/v1/leveringen"
        # One name for all: each is the same delivery again, which uses up no second month.
        self._name = secrets.token_urlsafe(16)
        self._threads = [threading.Thread(target=self._go_on, args=[name]) for name in SOURCES * _EACH]

    def begin(self) -> None:
        with self.fleet.town() as town:
            # On a busy machine a source may say "not now" first.
            wait_for(lambda: self._ask(town.lender.http).status == 200)
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(_LONGEST)

    def _go_on(self, source: str) -> None:
        with self.fleet.town(source=[source]) as town:
            while not self._over.is_set():
                self._ask(town.lender.http)

    def _ask(self, http: httpx2.Client) -> Answer:
        token = self.token["access_token"]
        proof = self._proof.prove(
            "POST",
            self._url,
            jti=secrets.token_urlsafe(16),
            at=int(time.time()),
            access_token=token.encode(),
        )
        headers = {"authorization": f"DPoP {token}", "dpop": proof, "idempotency-key": self._name}
        asked_ns = time.monotonic_ns()
        response = http.post(self._url, json={"regel": rule(self.token)}, headers=headers)
        said = response.json()
        record = said["logbewijs"]["id"] if response.status_code == 200 else ""
        answer = Answer(asked_ns, response.status_code, said.get("reden", said.get("type", "")), record)
        self.answers.append(answer)
        return answer

    def delivered(self) -> int:
        return sum(answer.status == 200 for answer in self.answers)

    def refused_after(self, at_ns: int) -> int:
        return sum(answer.reason in REFUSALS for answer in self.answers if answer.asked_ns > at_ns)


def race(fleet: Fleet, number: int, chance: random.Random) -> Outcome:
    """Gives a consent, fetches on it, stops it, and fetches on."""
    kind = KINDS[number % len(KINDS)]
    seen = last_row(fleet.home)
    with fleet.town() as town:
        fetching = Fetching(fleet, town, town.granted())
        stop = Stop(fleet, town, CONSENT[number // len(KINDS) % len(CONSENT)])
        try:
            fetching.begin()
            wait_for(lambda: fetching.delivered() >= ENOUGH)
            time.sleep(chance.uniform(0, 0.5))  # anywhere between two looks of the source at the consents
            acknowledged_ns = MISHAPS[kind](fleet, stop, chance)
            wait_for(lambda: time.monotonic_ns() > acknowledged_ns + 1.2 * SECOND)
            wait_for(lambda: fetching.refused_after(acknowledged_ns) >= ENOUGH)
        finally:
            fetching.end()
    rows = rows_after(fleet.home, seen)
    known = {record for record, _, _ in rows}
    return Outcome(
        kind=kind,
        acknowledged_ns=acknowledged_ns,
        starts=[started for _, kind_of_row, started in rows if kind_of_row == "levering"],
        refused_after=fetching.refused_after(acknowledged_ns),
        other={one.reason for one in fetching.answers if one.status != 200} - REFUSALS,
        lost=[one.record for one in fetching.answers if one.record and one.record not in known],
    )


class Stop:
    """The citizen's finger above the button, at one process of the consent service."""

    def __init__(self, fleet: Fleet, town: Town, process: str) -> None:
        """Looks up the page that asks whether they are sure."""
        mine = town.browser.get(f"{town.consent}/mijn").text
        (way,) = {part.split('"')[0] for part in mine.split('href="')[1:] if part.split('"')[0].endswith("/stop")}
        self._url = f"{town.consent}{way}"
        self._fields = hidden(town.browser.get(self._url))
        self._cookies = town.browser.cookies
        self._doors = {fleet.ports[CONSENT_PORT]: [fleet.own[process]]}

    def press(self) -> int:
        """The instant at which the answer was there."""
        with httpx2.Client(transport=Doors(self._doors), cookies=self._cookies, timeout=20) as browser:
            response = browser.post(self._url, data=self._fields)
            acknowledged_ns = time.monotonic_ns()
        assert response.status_code == 303, response.text
        return acknowledged_ns


def _plain(_fleet: Fleet, stop: Stop, _chance: random.Random) -> int:
    return stop.press()


def _deaf(fleet: Fleet, stop: Stop, _chance: random.Random) -> int:
    """From the acknowledgement on nobody can ask the consent service anything, for longer than a second."""
    acknowledged_ns = stop.press()
    with fleet.frozen(*CONSENT):
        wait_for(lambda: time.monotonic_ns() > acknowledged_ns + 1.5 * SECOND)
    return acknowledged_ns


def _asleep(fleet: Fleet, stop: Stop, chance: random.Random) -> int:
    """A process of the source stands still in the midst of deliveries, and goes on over a second after the stop."""
    with fleet.frozen(chance.choice(SOURCES)):
        acknowledged_ns = stop.press()
        until_ns = acknowledged_ns + chance.uniform(1.0, 1.5) * SECOND
        wait_for(lambda: time.monotonic_ns() > until_ns)
    return acknowledged_ns


MISHAPS: Final = {"plain": _plain, "deaf": _deaf, "asleep": _asleep}


def wait_for(so: Any) -> None:
    """Returns when ``so()``; fails when that takes too long."""
    deadline = time.monotonic() + _LONGEST
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def rows_after(home: Path, seq: int) -> list[tuple[str, str, int]]:
    """Of each record: its id, its kind, and the instant of its start."""
    with closing(open_store(home, SOURCE)) as connection:
        found = connection.execute("SELECT id, entry, started_ns FROM log_record WHERE seq > ?", [seq])
        return [(record, json.loads(entry)["soort"], started) for record, entry, started in found]
