# SPDX-License-Identifier: EUPL-1.2
"""``mark_sent`` gathers, and keeps what it could not write."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from blauweknop.adapters.store.engine.errors import StoreFailedError
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.log.sqlite import SqliteLogStore
from blauweknop.core.delivery.model import Permission
from tests.log_drafts import log_draft

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio

CITIZEN = b"c" * 32


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_what_could_not_be_written_is_written_later(tmp_path: Path) -> None:
    engine = SqliteEngine.open(tmp_path / "store.db", busy_seconds=0)
    log = SqliteLogStore(engine, monotonic_ns=lambda: 1, flush_seconds=60)
    await log.append(log_draft("d1", citizen=CITIZEN), decide=lambda _: Permission())
    await log.mark_sent(["d1"])
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreFailedError):
        await log.flush()
    other.close()
    assert [record.uncertain for record in await log.of_citizen(CITIZEN)] == [True]
    await log.close()
    assert [record.uncertain for record in await log.of_citizen(CITIZEN)] == [False]
    await engine.close()


async def test_closing_while_the_store_fails_leaves_them_uncertain(tmp_path: Path) -> None:
    engine = SqliteEngine.open(tmp_path / "store.db", busy_seconds=0)
    log = SqliteLogStore(engine, monotonic_ns=lambda: 1, flush_seconds=60)
    await log.append(log_draft("d1", citizen=CITIZEN), decide=lambda _: Permission())
    await log.mark_sent(["d1"])
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await log.close()
    other.close()
    assert [record.uncertain for record in await log.of_citizen(CITIZEN)] == [True]
    await engine.close()
