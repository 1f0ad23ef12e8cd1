# SPDX-License-Identifier: EUPL-1.2
"""What a requester remembers, in SQLite; see ``contract.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from blauweknop.adapters.store.asked.contract import Kind
from blauweknop.adapters.store.engine.named_sql import load_named_sql
from blauweknop.adapters.store.sessions.sealed_content import ContentSealer, hash_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from blauweknop.adapters.store.engine.sqlite import SqliteEngine

_SQL: Final = load_named_sql("blauweknop.adapters.store.asked", "queries.sql")


class SqliteAskedStore:
    """``AskedStore`` on an open engine."""

    def __init__(self, engine: SqliteEngine, *, secret: bytes, random: Callable[[int], bytes]) -> None:
        """``secret``: at least 32 bytes, kept outside the database; ``random``: that many random bytes."""
        self._engine = engine
        self._sealers = {kind: ContentSealer(secret, kind=kind, random=random) for kind in get_args(Kind)}

    async def save(self, kind: Kind, name: str, content: bytes, *, due: str, of: str = "") -> None:
        """See ``AskedStore.save``."""
        sealed = self._sealers[kind].seal(_key(kind, name), content)
        row = {**_row(kind, name), "of_hash": hash_of(of or name), "content": sealed, "due": due}
        await self._engine.write(lambda connection: connection.execute(_SQL["save"], row).rowcount)

    async def load(self, kind: Kind, name: str) -> bytes | None:
        """See ``AskedStore.load``."""
        row = _row(kind, name)
        found = await self._engine.read(lambda connection: connection.execute(_SQL["load"], row).fetchone())
        return self._sealers[kind].open(_key(kind, name), found[0]) if found else None

    async def take(self, kind: Kind, name: str) -> bytes | None:
        """See ``AskedStore.take``."""

        def work(connection: sqlite3.Connection) -> bytes | None:
            found = connection.execute(_SQL["take"], _row(kind, name)).fetchone()
            return found[0] if found else None

        sealed = await self._engine.write(work)
        return self._sealers[kind].open(_key(kind, name), sealed) if sealed is not None else None

    async def bring_forward(self, of: str, *, due: str) -> None:
        """See ``AskedStore.bring_forward``."""
        row = {"of_hash": hash_of(of), "due": due}
        await self._engine.write(lambda connection: connection.execute(_SQL["bring_forward"], row).rowcount)

    async def delete_deliveries(self, of: str) -> None:
        """See ``AskedStore.delete_deliveries``."""
        row = {"of_hash": hash_of(of)}
        await self._engine.write(lambda connection: connection.execute(_SQL["delete_deliveries"], row).rowcount)

    async def delete_due(self, today: str) -> int:
        """See ``AskedStore.delete_due``."""
        return await self._engine.write(
            lambda connection: connection.execute(_SQL["delete_due"], {"today": today}).rowcount
        )


def _key(kind: Kind, name: str) -> str:
    return f"{kind}:{name}"


def _row(kind: Kind, name: str) -> dict[str, object]:
    return {"hash": hash_of(_key(kind, name)), "kind": kind}
