# SPDX-License-Identifier: EUPL-1.2
"""The SQLite engine: answers per item, snapshots, errors, closing."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from blauweknop.adapters.store.engine.errors import (
    StoreBusyError,
    StoreClosedError,
    StoreConflictError,
    StoreFailedError,
)
from blauweknop.adapters.store.engine.migrate import Migration
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.errors import ConfigurationError, MalformedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

pytestmark = pytest.mark.anyio

SCHEMA = [
    Migration(
        1,
        "rows",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;\n"
        "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id)) STRICT;\n",
    )
]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
async def engine(path: Path) -> AsyncIterator[SqliteEngine]:
    opened = SqliteEngine.open(path, migrations=SCHEMA, busy_seconds=0)
    yield opened
    await opened.close()


def insert(number: int) -> Callable[[sqlite3.Connection], int]:
    def work(connection: sqlite3.Connection) -> int:
        connection.execute("INSERT INTO parent VALUES (?)", [number])
        return number

    return work


def numbers(connection: sqlite3.Connection) -> list[int]:
    return [number for (number,) in connection.execute("SELECT id FROM parent ORDER BY id")]


async def held(engine: SqliteEngine) -> threading.Event:
    """Keeps the writer busy until the event is set, so that what follows becomes one batch."""
    entered, release = threading.Event(), threading.Event()

    def work(_connection: sqlite3.Connection) -> None:
        entered.set()
        release.wait(10)

    asyncio.get_running_loop().create_task(engine.write(work)).add_done_callback(lambda task: task.result())
    await asyncio.to_thread(entered.wait, 10)
    return release


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("synchronous", 2), ("journal_mode", "wal"), ("foreign_keys", 1)],
)
async def test_the_writer_is_durable(engine: SqliteEngine, pragma: str, value: object) -> None:
    assert await engine.write(lambda connection: connection.execute(f"PRAGMA {pragma}").fetchone()) == (value,)


async def test_a_read_sees_what_was_acknowledged(engine: SqliteEngine) -> None:
    for number in range(20):
        assert await engine.write(insert(number)) == number
        assert await engine.read(numbers) == list(range(number + 1))


async def test_a_read_cannot_write(engine: SqliteEngine) -> None:
    with pytest.raises(StoreFailedError):
        await engine.read(insert(1))
    assert await engine.read(numbers) == []


async def test_each_item_of_a_batch_gets_its_own_answer(engine: SqliteEngine) -> None:
    def refuse(connection: sqlite3.Connection) -> int:
        insert(7)(connection)
        raise MalformedError("no")

    release = await held(engine)
    wanted = [engine.write(insert(1)), engine.write(insert(1)), engine.write(refuse), engine.write(insert(2))]
    gathered = asyncio.gather(*wanted, return_exceptions=True)
    await asyncio.sleep(0)
    release.set()
    first, twice, refused, last = await gathered
    assert (first, last) == (1, 2)
    assert isinstance(twice, StoreConflictError)
    assert isinstance(refused, MalformedError)
    assert await engine.read(numbers) == [1, 2]


async def test_what_sqlite_gives_up_is_lost_to_the_whole_batch_and_said_to_each(engine: SqliteEngine) -> None:
    def give_up(connection: sqlite3.Connection) -> None:
        connection.execute("ROLLBACK")

    release = await held(engine)
    gathered = asyncio.gather(
        engine.write(insert(1)), engine.write(give_up), engine.write(insert(2)), return_exceptions=True
    )
    await asyncio.sleep(0)
    release.set()
    outcomes = await gathered
    assert [type(outcome) for outcome in outcomes] == [StoreFailedError] * 3
    assert await engine.read(numbers) == []
    assert await engine.write(insert(3)) == 3


async def test_a_row_without_its_parent_is_refused(engine: SqliteEngine) -> None:
    def orphan(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO child VALUES (1, 99)")

    await engine.write(insert(99))
    await engine.write(orphan)
    with pytest.raises(StoreConflictError):
        await engine.write(lambda connection: connection.execute("INSERT INTO child VALUES (2, 98)").close())


async def test_an_error_that_is_not_of_the_store_goes_to_its_caller_as_it_is(engine: SqliteEngine) -> None:
    def fail(_connection: sqlite3.Connection) -> None:
        raise LookupError("mine")

    for call in (engine.write, engine.read):
        with pytest.raises(LookupError, match="mine"):
            await call(fail)
    assert await engine.write(insert(1)) == 1


async def test_another_process_that_keeps_the_database_is_named(engine: SqliteEngine, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError):
        await engine.write(insert(1))
    other.execute("ROLLBACK")
    other.close()
    assert await engine.write(insert(1)) == 1


async def test_a_caller_that_stops_waiting_does_not_undo_its_write(engine: SqliteEngine) -> None:
    release = await held(engine)
    task = asyncio.create_task(engine.write(insert(1)))
    await asyncio.sleep(0)
    task.cancel()
    release.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await engine.write(insert(2)) == 2
    assert await engine.read(numbers) == [1, 2]


async def test_closing_finishes_what_was_asked(engine: SqliteEngine, path: Path) -> None:
    release = await held(engine)
    tasks = [asyncio.create_task(engine.write(insert(number))) for number in range(600)]
    await asyncio.sleep(0)
    closing = asyncio.create_task(engine.close())
    async with asyncio.timeout(10):
        while engine._writes.qsize() <= len(tasks):  # noqa: ASYNC110 - no event tells that it was asked to close
            await asyncio.sleep(0)
    release.set()
    await closing
    assert await asyncio.gather(*tasks) == list(range(600))
    await engine.close()
    for call in (engine.write, engine.read):
        with pytest.raises(StoreClosedError):
            await call(numbers)
    assert not path.with_name("store.db-wal").exists()


def test_a_loop_that_is_gone_does_not_stop_the_writer(path: Path) -> None:
    engine = SqliteEngine.open(path, migrations=SCHEMA)
    entered, release = threading.Event(), threading.Event()

    def slow(connection: sqlite3.Connection) -> int:
        entered.set()
        release.wait(10)
        return insert(1)(connection)

    async def leave() -> None:
        task = asyncio.create_task(engine.write(slow))
        await asyncio.to_thread(entered.wait, 10)
        task.cancel()

    asyncio.run(leave())
    release.set()

    async def look() -> list[int]:
        await engine.write(insert(2))
        seen = await engine.read(numbers)
        await engine.close()
        return seen

    assert asyncio.run(look()) == [1, 2]


def test_the_database_is_for_its_owner_only(path: Path) -> None:
    asyncio.run(SqliteEngine.open(path, migrations=SCHEMA).close())
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_sqlite_that_is_too_old_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asyncio.run(SqliteEngine.open(path, migrations=SCHEMA).close())
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(ConfigurationError, match="too old"):
        SqliteEngine.open(path, migrations=SCHEMA)
