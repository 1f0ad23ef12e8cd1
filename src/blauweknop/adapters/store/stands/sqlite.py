# SPDX-License-Identifier: EUPL-1.2
"""``StandMemory`` (``adapters/status/contract.py``) in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.adapters.store.engine.named_sql import load_named_sql

if TYPE_CHECKING:
    from blauweknop.adapters.store.engine.sqlite import SqliteEngine

_SQL = load_named_sql("blauweknop.adapters.store.stands", "queries.sql")


class SqliteStandMemory:
    """On an open engine; several processes of one source may share it."""

    def __init__(self, engine: SqliteEngine) -> None:
        """``engine``: of the source."""
        self._engine = engine

    async def highest(self, iss: str) -> int:
        """See ``StandMemory.highest``."""
        row = await self._engine.read(lambda connection: connection.execute(_SQL["highest"], {"iss": iss}).fetchone())
        return int(row[0]) if row is not None else 0

    async def raise_to(self, iss: str, serial: int) -> None:
        """See ``StandMemory.raise_to``."""
        values = {"iss": iss, "serial": serial}
        await self._engine.write(lambda connection: connection.execute(_SQL["raise_to"], values) and None)
