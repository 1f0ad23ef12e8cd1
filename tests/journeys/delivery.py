# SPDX-License-Identifier: EUPL-1.2
"""A source with a real store and real keys, and a back-end whose every value is a canary that stands nowhere else."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import msgspec

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.clock import SystemClock
from blauweknop.adapters.connectors.contract import Answer, Finding, Query
from blauweknop.adapters.keys.chain import ChainSource, init_test_chain, keys_folder, trust_folder
from blauweknop.adapters.keys.contract import Purpose, SecretPurpose
from blauweknop.adapters.keys.folder import load_secret, load_signer
from blauweknop.adapters.keys.trust_folder import load_trust
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.log.sqlite import SqliteLogStore
from blauweknop.adapters.store.seals.sqlite import SqliteSealStatusStore
from blauweknop.adapters.store.sessions.sqlite import SqliteLoginAttemptStore, SqliteSessionStore
from blauweknop.core.dataset.value import Period, Row, Value
from blauweknop.core.delivery.decide import OfferedSet, Person
from blauweknop.core.delivery.model import Grant
from blauweknop.core.seal.trust import Trust
from blauweknop.core.seal.type_metadata import integrity, type_metadata
from blauweknop.services.source.parts import Parts

ISS = "http://localhost:8199"
SCHEME = "https://stelsel.example"
BSN = "999996149"
CANARY = 41_000_000_017


def _nothing() -> None:
    pass


class Backend:
    """Answers as told; counts what it was asked."""

    def __init__(self, answer: Answer | Exception) -> None:
        self.answer = answer
        self.queries: list[Query] = []
        self.before_answer: Callable[[], None] = _nothing

    async def fetch(self, query: Query) -> Answer:
        self.queries.append(query)
        self.before_answer()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def check(self, query: Query) -> Sequence[Finding]:
        raise AssertionError

    async def close(self) -> None:
        await asyncio.sleep(0)


def year(number: int, amount: int = CANARY) -> Row:
    period = Period(van=f"{number}-01-01", tot=f"{number}-12-31")
    return {
        "belastingjaar": Value(waarde=number, periode=period),
        "verzamelinkomen": Value(waarde=amount, eenheid="eurocent", periode=period, begrip="verzamelinkomen/1"),
        "inkomen_box1": Value(waarde=amount + 1, eenheid="eurocent", periode=period, begrip="inkomen_box1/1"),
    }


def answer(*rows: Row) -> Answer:
    return Answer(known=True, subject=BSN, rows=rows or (year(2024), year(2025)))


def person(**changes: Any) -> Person:
    now = int(time.time())
    good = Person(subject=BSN, assurance="substantieel", authenticated_at=now, expires_at=now + 900)
    return msgspec.structs.replace(good, **changes)


def grant(**changes: Any) -> Grant:
    good = Grant(
        kind="eigen_inzage",
        data_set="inkomen/1",
        source=ISS,
        elements=("belastingjaar", "verzamelinkomen"),
        client="basis",
        door="basis",
        environment="test",
        idempotency_key=secrets.token_urlsafe(16),
    )
    return msgspec.structs.replace(good, **changes)


def make_parts(folder: Path, backend: Backend) -> Parts:
    """A source in ``folder`` (kept between calls)."""
    catalogue = load_catalogue()
    source = ChainSource(slug="proef", name="Proefbron", oin="00000001999999999000", iss=ISS)
    init_test_chain(folder, [source], now=int(time.time()))
    keys = keys_folder(folder, "proef")
    clock = SystemClock(reference_day="2026-11-01")
    engine = SqliteEngine.open(folder / "bron.sqlite")
    offered = {
        ref: OfferedSet(on=True, elements=frozenset(element.id for element in definition.elements))
        for ref, definition in catalogue.definitions.items()
    }
    metadata = {ref: type_metadata(d, catalogue.concepts, SCHEME) for ref, d in catalogue.definitions.items()}
    session_secret = load_secret(keys, SecretPurpose.SESSION)
    settings = SimpleNamespace(
        source=SimpleNamespace(oin="00000001999999999000", keys=SimpleNamespace(folder=str(keys)))
    )
    return Parts(
        settings=cast("Any", settings),
        iss=ISS,
        environment="test",
        scheme_url=SCHEME,
        catalogue=catalogue,
        offered=offered,
        type_metadata=metadata,
        integrity={ref: integrity(document) for ref, document in metadata.items()},
        connectors=dict.fromkeys(offered, backend),
        log=SqliteLogStore(engine, monotonic_ns=clock.monotonic_ns),
        seals=SqliteSealStatusStore(engine, random_below=secrets.randbelow),
        sessions=SqliteSessionStore(engine, secret=session_secret, random=secrets.token_bytes),
        logins=SqliteLoginAttemptStore(engine, secret=session_secret, random=secrets.token_bytes),
        engine=engine,
        seal_signer=load_signer(keys, Purpose.SEAL),
        status_signer=load_signer(keys, Purpose.STATUS),
        log_secret=load_secret(keys, SecretPurpose.LOG),
        session_secret=session_secret,
        clock=clock,
    )


def trust_in(folder: Path) -> Trust:
    """What a verifier of the source in ``folder`` trusts."""
    return load_trust(trust_folder(folder))
