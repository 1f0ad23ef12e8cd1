# SPDX-License-Identifier: EUPL-1.2
"""The stores that every contract test runs against."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.log.sqlite import SqliteLogStore
from blauweknop.adapters.store.seals.sqlite import SqliteSealStatusStore
from blauweknop.adapters.store.sessions.sqlite import SqliteLoginAttemptStore, SqliteSessionStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from blauweknop.adapters.store.log.contract import LogStore
    from blauweknop.adapters.store.seals.contract import SealStatusStore
    from blauweknop.adapters.store.sessions.contract import LoginAttemptStore, SessionStore


class Ticks:
    """A monotonic clock that goes on by one with each look."""

    def __init__(self) -> None:
        self.now = 1_000

    def __call__(self) -> int:
        self.now += 1
        return self.now


@dataclass(frozen=True)
class Stores:
    log: LogStore
    seals: SealStatusStore
    sessions: SessionStore
    attempts: LoginAttemptStore
    path: Path


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=["sqlite"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    engine = SqliteEngine.open(tmp_path / "store.db")
    chance = random.Random(20261101)
    log = SqliteLogStore(engine, monotonic_ns=Ticks(), flush_seconds=0.001)
    yield Stores(
        log=log,
        seals=SqliteSealStatusStore(engine, random_below=chance.randrange, list_size=64, block=1),
        sessions=SqliteSessionStore(engine, secret=b"s" * 32, random=chance.randbytes),
        attempts=SqliteLoginAttemptStore(engine, secret=b"s" * 32, random=chance.randbytes),
        path=tmp_path,
    )
    await log.close()
    await engine.close()
