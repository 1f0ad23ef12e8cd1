# SPDX-License-Identifier: EUPL-1.2
"""Citizens and a requester who go on whatever dies: ask, consent, fetch, stop; and what they were told was done.

What a service answered well was *acknowledged*. An answer that did not come, or that said "not now" (5xx), promises
nothing. An answer that denies what was acknowledged before is a fault at once; the rest is looked up in the stores.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import httpx2

from blauweknop.adapters.store.consents.journal import Journal
from blauweknop.core.wire.base64url import b64url_encode
from tests.journeys.forms import hidden
from tests.journeys.test_consent_journey import rule
from tests.journeys.town import SUBSTANTIAL

from .fleet import SOURCE

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.journeys.town import Town

    from .fleet_kit import Fleet

CITIZENS: Final = ("999996538", "999996630", "999996149")
_TRIES: Final = 50


class NotServedError(Exception):
    """A service said that it could not, or nothing at all."""


@dataclass
class Said:
    """What was acknowledged. ``left``: consents of which nobody asked a stop; ``denied``: faults seen at once."""

    requests: int = 0
    granted: dict[str, str] = field(default_factory=dict)  # grant: refresh token
    records: dict[str, str] = field(default_factory=dict)  # record: leaf
    stopped: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    not_served: int = 0

    def counts(self) -> Counter[str]:
        """How much was acknowledged."""
        return Counter(
            requests=self.requests,
            consents=len(self.granted),
            deliveries=len(self.records),
            stops=len(self.stopped),
            not_served=self.not_served,
        )


@dataclass
class Life:
    """One citizen's, in a thread of its own."""

    fleet: Fleet
    bsn: str
    chance: random.Random
    over: threading.Event
    stops: float = 0.8  # part of the consents that are stopped again
    said: Said = field(default_factory=Said)

    def live(self) -> None:
        while not self.over.is_set():
            with self.fleet.town() as town, suppress(NotServedError, httpx2.TransportError):
                self.consent(town)
                continue
            self.said.not_served += 1

    def consent(self, town: Town) -> None:
        """Asks, consents, fetches, and stops or lets it be. Raises: ``NotServedError``, ``TransportError``."""
        page = self._arrive(town)
        answer = self._served(town.decide(page, besluit="ja", set="0"), 303, "the request")
        code = town.lender.answer(answer.headers["location"])["code"]
        token = self._exchange(town, code)
        grant = token["grant_id"]
        self.said.granted[grant] = token["refresh_token"]
        self._fetch(town, token)
        if self.chance.random() >= self.stops:
            self.said.left.append(grant)
            return
        fields = {"formulier": hidden(page)["formulier"]}
        stop = f"{town.consent}/mijn/{grant}/stop"
        self._served(town.browser.post(stop, data=fields, follow_redirects=False), 303, "the consent")
        self.said.stopped.append(grant)

    def _arrive(self, town: Town) -> httpx2.Response:
        pushed = self._served(town.lender.ask(town.line()), 201, "")
        self.said.requests += 1
        self._served(town.browser.get(town.lender.door(pushed)), 200, "the pushed request")
        page = self._served(town.browser.post(f"{town.consent}/inloggen", data={"naar": "/aanvraag"}), 200, "")
        fields = {"verzoek": hidden(page)["verzoek"], "persoon": self.bsn, "niveau": SUBSTANTIAL, "keuze": "verder"}
        return self._served(town.browser.post(f"{town.demo.login}/inloggen", data=fields), 200, "the login")

    def _exchange(self, town: Town, code: str) -> dict[str, Any]:
        for _ in range(_TRIES):
            with suppress(httpx2.TransportError):
                answer = town.lender.exchange(code, town.source("Belastingdienst"))
                break
        else:
            raise NotServedError
        if answer.status_code == 400 and not is_used(self.fleet.home, code):
            self.said.denied.append(f"the code: {answer.text}")
        if answer.status_code != 200:
            raise NotServedError
        token: dict[str, Any] = answer.json()
        return token

    def _fetch(self, town: Town, token: dict[str, Any]) -> None:
        with suppress(NotServedError, httpx2.TransportError):
            source = town.source("Belastingdienst")
            answer = self._served(town.lender.fetch(source, token["access_token"], rule(token)), 200, "the token")
            proof = answer.json()["logbewijs"]
            self.said.records[proof["id"]] = proof["leaf"]

    def _served(self, response: httpx2.Response, status: int, acknowledged: str) -> httpx2.Response:
        """``acknowledged``: what a refusal would deny."""
        if response.status_code == status:
            return response
        if acknowledged and response.status_code < 500:
            self.said.denied.append(f"{acknowledged}: {response.status_code} {response.text[:2000]}")
        raise NotServedError


def is_used(home: Path, code: str) -> bool:
    """Whether the code was redeemed, by an answer that did not arrive."""
    with closing(open_store(home, "toestemming")) as connection:
        row = connection.execute("SELECT used FROM authorization_code WHERE hash = ?", [_hash(code)]).fetchone()
    return row is not None and bool(row[0])


def missing(home: Path, said: Said) -> Iterator[str]:
    """What was acknowledged and does not stand in the stores."""
    with closing(open_store(home, SOURCE)) as connection:
        leaves = {record: b64url_encode(leaf) for record, leaf in connection.execute("SELECT id, leaf FROM log_record")}
    yield from (f"delivery {record}" for record, leaf in said.records.items() if leaves.get(record) != leaf)
    with closing(open_store(home, "toestemming")) as connection:
        states = {
            grant: json.loads(content)["state"]
            for grant, content in connection.execute("SELECT id, content FROM consent")
        }
        tokens = {row[0] for row in connection.execute("SELECT hash FROM refresh_token")}
        places = {row[0]: row[1:] for row in connection.execute("SELECT consent, source, number, idx, bit FROM place")}
    ended = {(one.source, one.number, one.index, 1) for one in Journal(journal(home)).after(0) if one.bit == 1}
    yield from (f"consent {grant}" for grant in said.granted if grant not in states)
    yield from (f"refresh token of {grant}" for grant in said.left if _hash(said.granted[grant]) not in tokens)
    yield from (f"consent {grant} goes on" for grant in said.left if states.get(grant) != "actief")
    for grant in said.stopped:
        if states.get(grant) != "ingetrokken" or places.get(grant) not in ended:
            yield f"stop of {grant}"


def surplus(home: Path, told: Iterable[Said], *, after: int) -> list[str]:
    """Deliveries in the log after row ``after`` that nobody received, and that are marked neither uncertain nor a
    repeat.
    """
    received = {record for said in told for record in said.records}
    with closing(open_store(home, SOURCE)) as connection:
        rows = connection.execute(
            "SELECT id, entry FROM log_record WHERE seq > ? AND uncertain = 0 AND repeat_of = ''", [after]
        )
        return [record for record, entry in rows if _handed_out(entry) and record not in received]


def last_row(home: Path) -> int:
    """The number of the newest row in the source's log."""
    with closing(open_store(home, SOURCE)) as connection:
        return int(connection.execute("SELECT coalesce(max(seq), 0) FROM log_record").fetchone()[0])


def _handed_out(entry: bytes) -> bool:
    return bool(json.loads(entry)["soort"] == "levering")


def journal(home: Path) -> Path:
    return home / "journaal" / "toestemming.journaal"


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def open_store(home: Path, name: str) -> sqlite3.Connection:
    """The store ``name``, to look at."""
    return sqlite3.connect(f"file:{home}/opslag/{name}.sqlite?mode=ro", uri=True, timeout=10)
