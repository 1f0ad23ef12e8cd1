# SPDX-License-Identifier: EUPL-1.2
"""A process that writes to the log and says what was acknowledged, so that its parent can kill it or make it fail.

Each line on standard output is one JSON object, written with one ``write``: what stands there was acknowledged before
the process died. Called as ``python -m tests.failure.store_child PLAN``, with PLAN the JSON of ``Plan``.
"""

from __future__ import annotations

import asyncio
import ctypes
import hashlib
import itertools
import os
import resource
import secrets
import signal
import sqlite3
import sys
import threading
import time
from pathlib import Path

import msgspec

from blauweknop.adapters.store.engine import sqlite
from blauweknop.adapters.store.engine.connect import connect
from blauweknop.adapters.store.engine.errors import StoreFailedError
from blauweknop.adapters.store.engine.migrate import Migration, migrate
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.log.contract import Draft, Record
from blauweknop.adapters.store.log.sqlite import SqliteLogStore
from blauweknop.adapters.store.seals.sqlite import SqliteSealStatusStore
from blauweknop.core.delivery.model import Permission
from tests.log_drafts import log_draft


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What the child does; see the functions of the same names."""

    path: str
    do: str
    name: str = ""
    count: int = 0
    parallel: int = 1
    citizens: int = 4
    early: bool = False
    kind: str = ""
    persist: bool = False
    migrations: list[tuple[int, str, str]] = []


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one delivery; ``synced`` and ``dirty`` only under ``disk_faults.c``."""

    id: str
    citizen: str = ""
    number: int = 0
    leaf: str = ""
    error: str = ""
    synced: int = 0
    dirty: int = 0


def say(line: Line) -> None:
    os.write(1, msgspec.json.encode(line) + b"\n")


class EarlyEngine(SqliteEngine):
    """A build with a fault: it acknowledges before it commits, and dies between the two at its last commit."""

    told = threading.Event()
    commits_left = 0

    def _commit(self, connection: sqlite3.Connection, batch: list[sqlite.Job]) -> None:
        sqlite._answer(batch)
        self.told.wait()
        self.told.clear()
        self.commits_left -= 1
        if self.commits_left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        super()._commit(connection, batch)


class Writer:
    """Delivers to a few citizens and says what came of it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        EarlyEngine.commits_left = plan.count
        self.engine = (EarlyEngine if plan.early else SqliteEngine).open(Path(plan.path))
        self.log = SqliteLogStore(self.engine, monotonic_ns=time.monotonic_ns, flush_seconds=0)
        self.seals = SqliteSealStatusStore(self.engine, random_below=secrets.randbelow, block=4)
        self.numbers = itertools.count()
        self.disk = ctypes.CDLL(None) if "disk_faults" in os.environ.get("LD_PRELOAD", "") else None

    def draft(self) -> Draft:
        number = next(self.numbers)
        citizen = hashlib.sha256(str(number % self.plan.citizens).encode()).digest()
        delivery = f"{self.plan.name}-{os.getpid()}-{number}"
        return log_draft(
            delivery,
            citizen=citizen,
            salt=secrets.token_bytes(32),
            now_ns=time.time_ns(),
            idempotency_key=delivery,
            marks={"verzamelinkomen": bytes([number % 3])},
        )

    async def deliver(self, *, with_seal: bool = False) -> None:
        draft = self.draft()
        try:
            if with_seal:
                (seal,) = await self.seals.reserve(1)
                draft = msgspec.structs.replace(draft, seal=seal)
            before = self.disk.bk_syncs() if self.disk else 0
            record = await self.log.append(draft, decide=lambda _: Permission())
        except StoreFailedError as error:
            say(Line(id=draft.entry.levering, error=error.code))
            return
        assert isinstance(record, Record)
        synced, dirty = (self.disk.bk_syncs() - before, self.disk.bk_dirty()) if self.disk else (0, 0)
        say(
            Line(
                id=record.id,
                citizen=draft.citizen.hex(),
                number=record.number,
                leaf=record.leaf.hex(),
                synced=synced,
                dirty=dirty,
            )
        )
        if not self.plan.early:
            await self.log.mark_sent([record.id])


async def forever(writer: Writer) -> None:
    """Delivers in parallel until killed."""

    async def loop() -> None:
        while True:
            await writer.deliver(with_seal=True)

    await asyncio.gather(*(loop() for _ in range(writer.plan.parallel)))


async def some(writer: Writer) -> None:
    """Delivers ``count`` times, ``parallel`` at once; an early build dies after its last acknowledgement."""
    for _ in range(writer.plan.count):
        await asyncio.gather(*(writer.deliver() for _ in range(writer.plan.parallel)))
        EarlyEngine.told.set()
    await writer.log.close()
    await writer.engine.close()


async def faults(writer: Writer) -> None:
    """For n = 1 … ``count``: three deliveries while the n-th write or sync fails, then one that must succeed."""
    assert writer.disk is not None
    for n in range(1, writer.plan.count + 1):
        at = (n, 0) if writer.plan.kind == "sync" else (0, n)
        writer.disk.bk_arm(*at, 1, int(writer.plan.persist))
        await asyncio.gather(*(writer.deliver() for _ in range(3)))
        writer.disk.bk_arm(0, 0, 0, 0)
        await writer.deliver()
    await writer.log.close()
    await writer.engine.close()


async def full(writer: Writer) -> None:
    """Delivers while no file may grow, then again when it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = os.stat(writer.plan.path + "-wal").st_size  # noqa: PTH116 - nobody else waits in this process
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    for _ in range(writer.plan.count):
        await writer.deliver()
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    await writer.deliver()
    await writer.log.close()
    await writer.engine.close()


def upgrade(plan: Plan) -> None:
    """Brings a database to ``migrations`` and dies before statement number ``count``."""
    connection = connect(Path(plan.path), 10)
    statements = itertools.count(1)

    def look(_statement: str) -> None:
        if next(statements) == plan.count:
            os.kill(os.getpid(), signal.SIGKILL)

    connection.set_trace_callback(look)
    migrate(connection, [Migration(*each) for each in plan.migrations])
    connection.close()


def main() -> None:
    plan = msgspec.json.decode(sys.argv[1], type=Plan)
    if plan.do == "upgrade":
        upgrade(plan)
        return
    actions = {"forever": forever, "some": some, "faults": faults, "full": full}

    async def run() -> None:
        await actions[plan.do](Writer(plan))

    asyncio.run(run())


if __name__ == "__main__":
    main()
