# SPDX-License-Identifier: EUPL-1.2
"""Sessions and login attempts in SQLite; see ``contract.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.adapters.store.engine.named_sql import load_named_sql
from blauweknop.adapters.store.sessions.sealed_content import ContentSealer, hash_of
from blauweknop.core.wire.base64url import b64url_encode

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from blauweknop.adapters.store.engine.sqlite import SqliteEngine

_SQL = load_named_sql("blauweknop.adapters.store.sessions", "queries.sql")
ID_BYTES = 32


class SqliteSessionStore:
    """``SessionStore`` on an open engine."""

    def __init__(self, engine: SqliteEngine, *, secret: bytes, random: Callable[[int], bytes]) -> None:
        """``secret``: at least 32 bytes; ``random``: that many random bytes (a CSPRNG outside tests)."""
        self._engine = engine
        self._random = random
        self._sealer = ContentSealer(secret, kind="session", random=random)

    async def create(self, content: bytes, *, expires_at: int, now: int) -> str:
        """See ``SessionStore.create``."""
        session, row = self._new(content, expires_at)
        await self._engine.write(lambda connection: _add(connection, row, now))
        return session

    async def load(self, session: str, *, now: int) -> bytes | None:
        """See ``SessionStore.load``."""
        values = {"hash": hash_of(session), "kind": "session", "now": now}
        row = await self._engine.read(lambda connection: connection.execute(_SQL["load"], values).fetchone())
        return self._sealer.open(session, row[0]) if row else None

    async def renew(self, session: str, content: bytes, *, expires_at: int, now: int) -> str | None:
        """See ``SessionStore.renew``."""
        new_session, row = self._new(content, expires_at)

        def work(connection: sqlite3.Connection) -> bool:
            stored = _take(connection, session, "session", now)
            if stored is None or self._sealer.open(session, stored) is None:
                return False
            _add(connection, row, now)
            return True

        return new_session if await self._engine.write(work) else None

    async def update(self, session: str, content: bytes, *, expires_at: int, now: int) -> bool:
        """See ``SessionStore.update``."""
        row = {
            "hash": hash_of(session),
            "kind": "session",
            "content": self._sealer.seal(session, content),
            "expires_at": expires_at,
            "now": now,
        }
        return await self._engine.write(lambda connection: connection.execute(_SQL["update"], row).rowcount == 1)

    async def end(self, session: str) -> None:
        """See ``SessionStore.end``."""
        await self._engine.write(lambda connection: _take(connection, session, "session", 0))

    def _new(self, content: bytes, expires_at: int) -> tuple[str, dict[str, object]]:
        session = b64url_encode(self._random(ID_BYTES))
        sealed = self._sealer.seal(session, content)
        row = {"hash": hash_of(session), "kind": "session", "content": sealed, "expires_at": expires_at}
        return session, row


class SqliteLoginAttemptStore:
    """``LoginAttemptStore`` on an open engine."""

    def __init__(self, engine: SqliteEngine, *, secret: bytes, random: Callable[[int], bytes]) -> None:
        """As ``SqliteSessionStore``."""
        self._engine = engine
        self._sealer = ContentSealer(secret, kind="attempt", random=random)

    async def save(self, state: str, content: bytes, *, expires_at: int, now: int) -> None:
        """See ``LoginAttemptStore.save``."""
        sealed = self._sealer.seal(state, content)
        row = {"hash": hash_of(state), "kind": "attempt", "content": sealed, "expires_at": expires_at}
        await self._engine.write(lambda connection: _add(connection, row, now))

    async def take(self, state: str, *, now: int) -> bytes | None:
        """See ``LoginAttemptStore.take``."""
        stored = await self._engine.write(lambda connection: _take(connection, state, "attempt", now))
        return self._sealer.open(state, stored) if stored is not None else None


def _add(connection: sqlite3.Connection, row: dict[str, object], now: int) -> None:
    connection.execute(_SQL["forget"], {"now": now})
    connection.execute(_SQL["add"], row)


def _take(connection: sqlite3.Connection, name: str, kind: str, now: int) -> bytes | None:
    row = connection.execute(_SQL["take"], {"hash": hash_of(name), "kind": kind}).fetchone()
    return row[0] if row is not None and row[1] > now else None
