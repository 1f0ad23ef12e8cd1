# SPDX-License-Identifier: EUPL-1.2
"""``ProofStore`` in SQLite."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from blauweknop.adapters.store.engine.named_sql import load_named_sql

if TYPE_CHECKING:
    import sqlite3

    from blauweknop.adapters.store.engine.sqlite import SqliteEngine

_SQL = load_named_sql("blauweknop.adapters.store.proofs", "queries.sql")


class SqliteProofStore:
    """On an open engine."""

    def __init__(self, engine: SqliteEngine) -> None:
        """``engine``: of the source."""
        self._engine = engine

    async def first_use(self, key: str, name: str, *, until: int, now: int) -> bool:
        """See ``ProofStore.first_use``."""
        row = {"hash": hashlib.sha256(f"{key}\0{name}".encode()).digest(), "until": until}

        def work(connection: sqlite3.Connection) -> bool:
            # Forgetting first: a name whose time has passed counts as new.
            connection.execute(_SQL["forget"], {"now": now})
            return connection.execute(_SQL["see"], row).rowcount == 1

        return await self._engine.write(work)
