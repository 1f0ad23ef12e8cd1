# SPDX-License-Identifier: EUPL-1.2
"""A process that gives and stops consents and says what was acknowledged, while its disk may fail.

``python -m tests.failure.consent_child FOLDER COUNT KIND PERSIST EARLY``: one JSON line for each stop.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import secrets
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from blauweknop.adapters.store.consents.citizens import CitizenKeys
from blauweknop.adapters.store.consents.contract import StoredConsent
from blauweknop.adapters.store.consents.journal import Journal
from blauweknop.adapters.store.consents.sqlite import SqliteConsentStore
from blauweknop.adapters.store.engine import sqlite
from blauweknop.adapters.store.engine.errors import StoreFailedError
from blauweknop.adapters.store.engine.migrate import load_migrations
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.grants.contract import NewCode
from blauweknop.core.consent.consent import Change, ChangeReason, Consent, Party, State
from blauweknop.core.consent.line import Line
from blauweknop.core.oauth.model import CodeContent

if TYPE_CHECKING:
    import sqlite3

    from blauweknop.adapters.store.engine.sqlite import Job

ISS = "https://a.example"
OIN = "00000001000000000001"
KEYS = CitizenKeys(finder=b"f" * 32, sealing={1: b"1" * 32})


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one stop; ``synced``: syncs before the answer, ``dirty``: files not synced at the answer."""

    consent: str
    list: str
    index: int
    error: str = ""
    synced: int = 0
    dirty: int = 0


class EarlyEngine(SqliteEngine):
    """A build with a fault: it acknowledges before it commits."""

    told = threading.Event()
    early = False

    def _commit(self, connection: sqlite3.Connection, batch: list[Job]) -> None:
        if self.early:
            sqlite._answer(batch)
            self.told.wait()
            self.told.clear()
        super()._commit(connection, batch)


def consent_of(citizen: str) -> Consent:
    """A consent about one source."""
    now = int(time.time())
    line = Line(
        type="gegevensset",
        locations=(ISS,),
        datatypes=("inkomen/1",),
        actions=("ophalen",),
        elementen=("verzamelinkomen",),
        dienst="hypotheek/1",
        geldig_tot="2099-12-31",
    )
    return Consent(
        id=secrets.token_hex(16),
        kind="gegevensset",
        citizen=citizen,
        client="https://bank.example",
        client_oin="0" * 20,
        lines=(line,),
        acr="substantieel",
        given_at=now,
        until=now + 10_000,
        since=now,
    )


async def give(store: SqliteConsentStore, citizen: str) -> Consent:
    """Records one consent."""
    consent, pending, now = consent_of(citizen), secrets.token_hex(16), int(time.time())
    await store.keep_pending(pending, b"{}", expires_at=now + 100, now=now)
    content = CodeContent(
        client_id=consent.client, redirect_uri="x", code_challenge="x", grant_id=consent.id, kind="gegevensset"
    )
    code = NewCode(code=secrets.token_hex(16), content=content, expires_at=now + 60, kept_until=now + 60)
    await store.record(pending, StoredConsent(consent=consent, receipt=b"r"), {ISS: OIN}, code=code, now=now)
    return consent


async def stop(store: SqliteConsentStore, consent: Consent, disk: ctypes.CDLL) -> Said:
    """Stops it, and says what came of it."""
    place = await store.place(consent.id, OIN)
    assert place is not None
    before, error = disk.bk_syncs(), ""
    change = Change(to=State.WITHDRAWN, by=Party.CITIZEN, reason=ChangeReason.STOP, at=int(time.time()))
    try:
        await store.change(consent.id, change)
    except StoreFailedError as failure:
        error = failure.code
    synced, dirty = disk.bk_syncs() - before, disk.bk_dirty()
    EarlyEngine.told.set()
    return Said(consent=consent.id, list=place.uri, index=place.idx, error=error, synced=synced, dirty=dirty)


async def main(folder: Path, count: int, kind: str, *, persist: bool, early: bool) -> None:
    """Gives ``count`` consents, then stops them one by one; with ``kind`` the n-th write or sync of a stop fails."""
    disk = ctypes.CDLL(None)
    engine = EarlyEngine.open(folder / "toestemming.sqlite", migrations=load_migrations("consent"))
    store = SqliteConsentStore(
        engine,
        Journal(folder / "intrekkingen"),
        KEYS,
        random=secrets.token_bytes,
        random_below=secrets.randbelow,
        address="https://t.example",
        list_size=1024,
    )
    await store.recover()
    citizen = await store.citizen_of("999996149")
    given = [await give(store, citizen) for _ in range(count)]
    EarlyEngine.early = early
    for number, consent in enumerate(given):
        if kind != "none":
            # A stop syncs a few times and writes some dozens of times: the last rounds fail at none of them.
            disk.bk_arm(*((number % 4 + 1, 0) if kind == "sync" else (0, 3 * number + 1)), 1, int(persist))
        said = await stop(store, consent, disk)
        disk.bk_arm(0, 0, 0, 0)
        os.write(1, msgspec.json.encode(said) + b"\n")
    EarlyEngine.early = False
    await engine.close()


if __name__ == "__main__":
    place, wanted, how, persisted, too_early = sys.argv[1:]
    asyncio.run(main(Path(place), int(wanted), how, persist=persisted == "1", early=too_early == "1"))
