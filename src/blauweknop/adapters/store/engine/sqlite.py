# SPDX-License-Identifier: EUPL-1.2
"""SQLite as the engine of a store: one writer, group commit, readers apart.

- WAL, ``synchronous=FULL``: a commit is on the disk when it returns (sqlite.org/pragma.html#pragma_synchronous).
- One writer thread. While it syncs one batch, the next gathers in its queue; a batch is one transaction, an item in it
  one savepoint. Each item gets its own answer, and only after the commit of the batch.
- An item that fails is undone alone; its neighbours go on. Where SQLite itself gave up the transaction (disk full, I/O
  error), the whole batch is answered with the failure: nothing of it is stored.
- Reads run on their own connections, each in one snapshot, and never wait for the writer.
- Several processes may open one file: the writers take turns (``BEGIN IMMEDIATE``, busy time-out).

A caller that stops waiting does not undo its write. ``write`` and ``read`` may be called from any event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from blauweknop.adapters.store.engine.connect import check_version, connect, folder_alone, make_private
from blauweknop.adapters.store.engine.errors import StoreClosedError, StoreFailedError, translated
from blauweknop.adapters.store.engine.migrate import load_migrations, migrate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from blauweknop.adapters.store.engine.migrate import Migration

T = TypeVar("T")
MAX_BATCH = 256
BUSY_SECONDS = 10.0
READERS = 2


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work and who waits for it."""

    work: Callable[[sqlite3.Connection], Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    value: Any = None
    error: BaseException | None = None

    def run(self, connection: sqlite3.Connection) -> None:
        """Does the work; keeps what came of it."""
        try:
            self.value = self.work(connection)
        except BaseException as error:  # noqa: BLE001 - the edge of the thread: every error goes to who waits for it
            self.error = translated(error)


class SqliteEngine:
    """An open database. Use ``SqliteEngine.open``; ``await engine.close()`` when done."""

    def __init__(self, connections: Sequence[sqlite3.Connection]) -> None:
        """``connections``: the writer's, then the readers'; all in autocommit mode, usable from any thread."""
        self._writes: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._reads: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        writer, *readers = connections
        self._threads = [threading.Thread(target=self._write_loop, args=[writer], name="store-writer", daemon=True)]
        self._threads += [
            threading.Thread(target=self._read_loop, args=[reader], name=f"store-reader-{number}", daemon=True)
            for number, reader in enumerate(readers, 1)
        ]
        for thread in self._threads:
            thread.start()

    @classmethod
    def open(
        cls, path: Path, *, migrations: Sequence[Migration] | None = None, busy_seconds: float = BUSY_SECONDS
    ) -> SqliteEngine:
        """Opens or makes the database at ``path`` (mode 0600) and brings its schema up to date. Blocks.

        Raises: ``StoreNewerError``, ``StoreMigrationError``, ``StoreFailedError``; ``ConfigurationError`` where Python
        comes with an SQLite that is too old.
        """
        check_version()
        try:
            # Refused for whatever reason: leave no half-open database behind.
            with folder_alone(path.parent), contextlib.ExitStack() as half_open:
                make_private(path)
                writer = half_open.enter_context(contextlib.closing(connect(path, busy_seconds)))
                migrate(writer, load_migrations() if migrations is None else migrations)
                readers = [
                    half_open.enter_context(contextlib.closing(connect(path, busy_seconds, read_only=True)))
                    for _ in range(READERS)
                ]
                half_open.pop_all()
        except (sqlite3.Error, OSError) as error:
            raise translated(error) from error
        return cls([writer, *readers])

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs ``work`` in the next write transaction; returns its value once that is durable.

        ``work`` runs in the writer's thread and must neither commit nor roll back. What it raises undoes it alone.
        Raises: what ``work`` raises, ``StoreFailedError`` and its kinds.
        """
        return await self._submit(self._writes, work)

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs ``work`` on one snapshot that holds every write acknowledged before this call."""
        return await self._submit(self._reads, work)

    async def close(self) -> None:
        """Finishes what was asked, then closes. A second call does nothing."""
        with self._lock:
            self._closed = True
        writer, *readers = self._threads
        # The writer's connection goes last, alone: only then does SQLite fold the WAL into the database.
        for jobs, threads in ((self._reads, readers), (self._writes, [writer])):
            jobs.put(None)
            for thread in threads:
                await asyncio.to_thread(thread.join)

    async def _submit(self, jobs: queue.SimpleQueue[Job | None], work: Callable[[sqlite3.Connection], T]) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        with self._lock:
            if self._closed:
                raise StoreClosedError
            jobs.put(Job(work, future, loop))
        return await future

    def _write_loop(self, connection: sqlite3.Connection) -> None:
        while (first := self._writes.get()) is not None:
            self._run_batch(connection, self._gather(first))
        connection.close()

    def _gather(self, first: Job) -> list[Job]:
        batch = [first]
        while len(batch) < MAX_BATCH:
            try:
                job = self._writes.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._writes.put(None)  # closing: nothing can come after it, so it may wait for this batch
                break
            batch.append(job)
        return batch

    def _run_batch(self, connection: sqlite3.Connection, batch: list[Job]) -> None:
        try:
            # A crash before the end of COMMIT leaves nothing of the batch, and nobody was answered.
            connection.execute("BEGIN IMMEDIATE")
            for job in batch:
                _run_in_savepoint(connection, job)
            self._commit(connection, batch)
        except (sqlite3.Error, StoreFailedError) as error:
            _roll_back(connection)
            for job in batch:
                job.error = job.error or _for_neighbour(error)
        # A crash from here on leaves stored records whose callers got no answer: the log marks them uncertain.
        _answer(batch)

    def _commit(self, connection: sqlite3.Connection, _batch: list[Job]) -> None:
        """The point after which answers may go out."""
        connection.execute("COMMIT")

    def _read_loop(self, connection: sqlite3.Connection) -> None:
        while (job := self._reads.get()) is not None:
            try:
                connection.execute("BEGIN")
                job.run(connection)
            except sqlite3.Error as error:
                job.error = translated(error)
            _roll_back(connection)
            _answer([job])
        self._reads.put(None)  # for the next reader
        connection.close()


def _run_in_savepoint(connection: sqlite3.Connection, job: Job) -> None:
    """Raises ``StoreFailedError`` where SQLite gave up the whole transaction."""
    connection.execute("SAVEPOINT item")
    job.run(connection)
    if not connection.in_transaction:
        raise job.error if isinstance(job.error, StoreFailedError) else StoreFailedError("transaction given up")
    if job.error is not None:
        connection.execute("ROLLBACK TO item")
    connection.execute("RELEASE item")


def _for_neighbour(error: BaseException) -> BaseException:
    # One exception object a caller: each grows its own traceback.
    ours = translated(error)
    return type(ours)(ours.detail) if isinstance(ours, StoreFailedError) else ours


def _roll_back(connection: sqlite3.Connection) -> None:
    # Where even this fails, the next BEGIN fails too, and says so to its callers; the thread must not die of it.
    with contextlib.suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _answer(batch: list[Job]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[Job]] = {}
    for job in batch:
        by_loop.setdefault(job.loop, []).append(job)
    for loop, jobs in by_loop.items():
        try:
            loop.call_soon_threadsafe(_settle, jobs)
        except RuntimeError:
            continue  # that loop was closed: nobody waits any more


def _settle(jobs: list[Job]) -> None:
    for job in jobs:
        if job.future.done():
            continue  # the caller stopped waiting
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.value)
