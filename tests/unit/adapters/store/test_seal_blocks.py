# SPDX-License-Identifier: EUPL-1.2
"""Seal indexes come in blocks, each reserved durably before one of it is given."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

import pytest

from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.seals.sqlite import SqliteSealStatusStore

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def count(connection: sqlite3.Connection) -> int:
    rows: int = connection.execute("SELECT count(*) FROM seal").fetchone()[0]
    return rows


async def test_a_block_serves_many_and_is_never_given_twice(tmp_path: Path) -> None:
    engine = SqliteEngine.open(tmp_path / "store.db")
    given: list[tuple[int, int]] = []
    for _start in range(2):
        seals = SqliteSealStatusStore(engine, random_below=random.Random(1).randrange, list_size=64, block=8)
        together = await asyncio.gather(*(seals.reserve(1) for _ in range(5)))
        given += [(seal.number, seal.index) for got in together for seal in got]
        given += [(seal.number, seal.index) for seal in await seals.reserve(20)]
    assert len(set(given)) == len(given) == 50
    assert await engine.read(count) >= 50
    await engine.close()


async def test_a_second_delivery_from_a_block_needs_no_write(tmp_path: Path) -> None:
    engine = SqliteEngine.open(tmp_path / "store.db")
    seals = SqliteSealStatusStore(engine, random_below=random.Random(1).randrange, block=8)
    await seals.reserve(1)
    before = await engine.read(count)
    await engine.close()
    assert before == 8
    assert len(await seals.reserve(7)) == 7
