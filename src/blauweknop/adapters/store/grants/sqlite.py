# SPDX-License-Identifier: EUPL-1.2
"""What an authorization server remembers, in SQLite; see ``contract.py``.

``insert_code`` stands apart: a service records a consent in the same transaction.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from blauweknop.adapters.store.engine.named_sql import load_named_sql
from blauweknop.adapters.store.grants.contract import StoredCode, StoredRefresh
from blauweknop.core.oauth.model import CodeContent, PushedRequest, RefreshContent
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    import sqlite3

    from blauweknop.adapters.store.engine.sqlite import SqliteEngine
    from blauweknop.adapters.store.grants.contract import NewCode, NewRefresh

_SQL = load_named_sql("blauweknop.adapters.store.grants", "queries.sql")


class SqliteGrantStore:
    """``GrantStore`` on an open engine."""

    def __init__(self, engine: SqliteEngine) -> None:
        """``engine``: opened with migrations that make the tables of grants."""
        self._engine = engine

    async def push(self, request_uri: str, request: PushedRequest, *, expires_at: int, now: int) -> None:
        """See ``GrantStore.push``."""
        row = {"hash": _hash(request_uri), "content": encode(request), "expires_at": expires_at}

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(_SQL["forget_requests"], {"now": now})
            connection.execute(_SQL["push"], row)

        await self._engine.write(work)

    async def load_request(self, request_uri: str) -> PushedRequest | None:
        """See ``GrantStore.load_request``."""
        row = await self._one("load_request", request_uri)
        return msgspec.json.decode(row[0], type=PushedRequest) if row else None

    async def take_request(self, request_uri: str) -> bool:
        """See ``GrantStore.take_request``."""
        return await self._changed("take_request", request_uri)

    async def add_code(self, code: NewCode, *, now: int) -> None:
        """See ``GrantStore.add_code``."""
        await self._engine.write(lambda connection: insert_code(connection, code, now=now))

    async def load_code(self, code: str) -> StoredCode | None:
        """See ``GrantStore.load_code``."""
        row = await self._one("load_code", code)
        if not row:
            return None
        content = msgspec.json.decode(row[0], type=CodeContent)
        return StoredCode(content=content, expires_at=row[1], used=bool(row[2]))

    async def redeem(self, code: str, refresh: NewRefresh, *, now: int) -> bool:
        """See ``GrantStore.redeem``."""
        burnt = {"hash": _hash(code)}
        row = {
            "hash": _hash(refresh.token),
            "grant_id": refresh.content.grant_id,
            "code": burnt["hash"],
            "content": encode(refresh.content),
            "used_at": now,
            "idle_seconds": refresh.idle_seconds,
            "expires_at": refresh.expires_at,
        }

        def work(connection: sqlite3.Connection) -> bool:
            connection.execute(_SQL["forget_refresh"], {"now": now})
            if connection.execute(_SQL["burn_code"], burnt).rowcount != 1:
                connection.execute(_SQL["end_by_code"], burnt)
                return False
            # A crash up to the commit leaves the code unused; after it, a code that is used and a token that nobody
            # was told: the client begins again.
            connection.execute(_SQL["add_refresh"], row)
            return True

        return await self._engine.write(work)

    async def load_refresh(self, token: str) -> StoredRefresh | None:
        """See ``GrantStore.load_refresh``."""
        row = await self._one("load_refresh", token)
        if not row:
            return None
        return StoredRefresh(content=msgspec.json.decode(row[0], type=RefreshContent), expires_at=row[1])

    async def use_refresh(self, token: str, *, now: int) -> None:
        """See ``GrantStore.use_refresh``."""
        values = {"hash": _hash(token), "now": now}
        await self._engine.write(lambda connection: connection.execute(_SQL["use_refresh"], values).rowcount)

    async def end_refresh(self, token: str) -> bool:
        """See ``GrantStore.end_refresh``."""
        return await self._changed("end_refresh", token)

    async def end_grant(self, grant_id: str) -> None:
        """See ``GrantStore.end_grant``."""
        await self._engine.write(lambda connection: end_grant(connection, grant_id))

    async def first_use(self, kind: str, owner: str, name: str, *, until: int, now: int) -> bool:
        """See ``GrantStore.first_use``."""
        row = {"hash": _hash(f"{kind}\0{owner}\0{name}"), "until": until}

        def work(connection: sqlite3.Connection) -> bool:
            connection.execute(_SQL["forget_seen"], {"now": now})
            return connection.execute(_SQL["see"], row).rowcount == 1

        return await self._engine.write(work)

    async def _one(self, statement: str, secret: str) -> tuple[Any, ...] | None:
        values = {"hash": _hash(secret)}
        row: tuple[Any, ...] | None = await self._engine.read(
            lambda connection: connection.execute(_SQL[statement], values).fetchone()
        )
        return row

    async def _changed(self, statement: str, secret: str) -> bool:
        values = {"hash": _hash(secret)}
        return await self._engine.write(lambda connection: connection.execute(_SQL[statement], values).rowcount == 1)


def insert_code(connection: sqlite3.Connection, code: NewCode, *, now: int) -> None:
    """Keeps ``code``, inside a write transaction of the caller."""
    connection.execute(_SQL["forget_codes"], {"now": now})
    row = {
        "hash": _hash(code.code),
        "grant_id": code.content.grant_id,
        "content": encode(code.content),
        "expires_at": code.expires_at,
        "kept_until": code.kept_until,
    }
    connection.execute(_SQL["add_code"], row)


def end_grant(connection: sqlite3.Connection, grant_id: str) -> None:
    """Ends every code and refresh token of a grant, inside a write transaction of the caller."""
    for name in ("end_codes_of_grant", "end_refresh_of_grant"):
        connection.execute(_SQL[name], {"grant_id": grant_id})


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
