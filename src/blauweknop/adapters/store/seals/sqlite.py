# SPDX-License-Identifier: EUPL-1.2
"""The seal statuses in SQLite; see ``contract.py``.

Functions that take a connection run inside a write of another room. An index is drawn from ``random_below`` (a CSPRNG
outside tests), so that it tells nothing of when, or how many. They are reserved in blocks, so that a delivery does not
wait for a sync of its own; what is left of a block when the process ends stays unused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from blauweknop.adapters.store.engine.errors import StoreConflictError
from blauweknop.adapters.store.engine.named_sql import load_named_sql
from blauweknop.adapters.store.log.contract import SealIndex
from blauweknop.adapters.store.seals.contract import (
    TRANSITIONS,
    SealIndexUnknownError,
    SealList,
    SealStanding,
    SealStatus,
    SealStatusFixedError,
)
from blauweknop.core.status.status_list import StatusList

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from blauweknop.adapters.store.engine.sqlite import SqliteEngine

_SQL = load_named_sql("blauweknop.adapters.store.seals", "queries.sql")
BLOCK = 64
LIST_SIZE = 2**17  # 32 KiB a list: large enough to hide in, small enough to fetch


class SqliteSealStatusStore:
    """``SealStatusStore`` on an open engine."""

    def __init__(
        self,
        engine: SqliteEngine,
        *,
        random_below: Callable[[int], int],
        list_size: int = LIST_SIZE,
        block: int = BLOCK,
    ) -> None:
        """``random_below``: a number from 0 up to, not including, its argument; ``list_size``: a multiple of 4."""
        self._engine = engine
        self._random_below = random_below
        self._list_size = list_size
        self._block = block
        self._stock: list[SealIndex] = []

    async def reserve(self, count: int) -> Sequence[SealIndex]:
        """See ``SealStatusStore.reserve``."""
        wanted = max(self._block, count)
        while len(self._stock) < count:
            # Others may take from the stock while this waits: it is looked at again afterwards.
            reserved = await self._engine.write(lambda connection: self._reserve(connection, wanted))
            self._stock.extend(reserved)
        given = self._stock[:count]
        del self._stock[:count]
        return given

    async def set_status(self, seal: SealIndex, value: SealStatus, *, reason: str) -> None:
        """See ``SealStatusStore.set_status``."""
        await self._engine.write(lambda connection: _set_status(connection, seal, value, reason))

    async def find(self, delivery: str) -> Sequence[SealStanding]:
        """See ``SealStatusStore.find``."""

        def work(connection: sqlite3.Connection) -> list[SealStanding]:
            rows = connection.execute(_SQL["seals_of_delivery"], {"delivery": delivery})
            return [SealStanding(SealIndex(number, index), *rest) for number, index, *rest in rows]

        return await self._engine.read(work)

    async def load_list(self, number: int) -> SealList:
        """See ``SealStatusStore.load_list``."""
        return await self._engine.read(lambda connection: _load_list(connection, number))

    async def list_numbers(self) -> Sequence[int]:
        """See ``SealStatusStore.list_numbers``."""
        return await self._engine.read(
            lambda connection: [number for (number,) in connection.execute(_SQL["list_numbers"])]
        )

    def _reserve(self, connection: sqlite3.Connection, count: int) -> list[SealIndex]:
        taken: list[SealIndex] = []
        while len(taken) < count:
            number, size, used = connection.execute(_SQL["newest_list"]).fetchone() or (0, 0, 0)
            wanted = min(count - len(taken), size // 2 - used)
            if wanted == 0:
                connection.execute(_SQL["add_list"], {"number": number + 1, "size": self._list_size})
                continue
            taken += self._draw(connection, number, size=size, count=wanted)
            connection.execute(_SQL["count_used"], {"number": number, "count": wanted})
        return taken

    def _draw(self, connection: sqlite3.Connection, number: int, *, size: int, count: int) -> list[SealIndex]:
        # At most half of the list is taken, so a draw succeeds at least every other time.
        drawn: list[SealIndex] = []
        while len(drawn) < count:
            index = self._random_below(size)
            if connection.execute(_SQL["take_index"], {"list": number, "idx": index}).rowcount == 1:
                drawn.append(SealIndex(number, index))
        return drawn


def use_seal(connection: sqlite3.Connection, seal: SealIndex, *, record: int, mark: int | None) -> None:
    """Ties a reserved index to a log record. Raises: ``StoreConflictError`` when it is not free."""
    values = {"list": seal.number, "idx": seal.index, "record": record, "mark": mark}
    if connection.execute(_SQL["use_index"], values).rowcount != 1:
        raise StoreConflictError("the seal index was not reserved, or was used before")


def renew_marks(connection: sqlite3.Connection, citizen: bytes, data_set: str, marks: Mapping[str, bytes]) -> int:
    """Replaces the citizen's seals whose marks differ from ``marks`` in an element both have.

    Returns the id of the row that a new seal with these marks belongs to.
    """
    whose = {"citizen": citizen, "data_set": data_set}
    same: int | None = None
    for mark, text in connection.execute(_SQL["marks_of_citizen"], whose).fetchall():
        before = msgspec.json.decode(text, type=dict[str, bytes])
        if before == marks:
            same = mark
        elif any(marks.get(element, old) != old for element, old in before.items()):
            for name in ("bump_lists_of_mark", "replace_seals_of_mark", "release_mark", "drop_mark"):
                connection.execute(_SQL[name], {"mark": mark})
    if same is None:
        text = msgspec.json.encode(dict(sorted(marks.items()))).decode()
        (same,) = connection.execute(_SQL["add_mark"], {**whose, "marks": text}).fetchone()
    return same


def _set_status(connection: sqlite3.Connection, seal: SealIndex, value: SealStatus, reason: str) -> None:
    which = {"list": seal.number, "idx": seal.index}
    row = connection.execute(_SQL["status_of"], which).fetchone()
    if row is None:
        raise SealIndexUnknownError
    if row[0] == value:
        return
    if (row[0], value) not in TRANSITIONS:
        raise SealStatusFixedError(f"{row[0]} does not become {value}")
    connection.execute(_SQL["change_status"], {**which, "status": value, "reason": reason})
    connection.execute(_SQL["bump_list"], which)


def _load_list(connection: sqlite3.Connection, number: int) -> SealList:
    row = connection.execute(_SQL["load_list"], {"number": number}).fetchone()
    if row is None:
        raise SealIndexUnknownError
    size, version = row
    statuses = StatusList(size)
    for index, status in connection.execute(_SQL["changed_of_list"], {"number": number}):
        statuses.set(index, status)
    return SealList(number=number, version=version, statuses=bytes(statuses))
