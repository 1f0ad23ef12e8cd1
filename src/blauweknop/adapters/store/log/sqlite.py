# SPDX-License-Identifier: EUPL-1.2
"""The log in SQLite; see ``contract.py``.

``append`` is one write transaction: 1. is this a repeat, as the caller thought? 2. decide; 3. the citizen's number and
the leaf before; 4. the record; 5. the seal's index, the seals it replaces, the quota; 6. the idempotency
key. A crash anywhere in it leaves none of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from typing import TYPE_CHECKING

import msgspec

from blauweknop.adapters.store.engine.errors import StoreFailedError
from blauweknop.adapters.store.engine.named_sql import load_named_sql
from blauweknop.adapters.store.log.contract import Draft, HourQuota, LogView, Quota, Record, RepeatError
from blauweknop.adapters.store.seals.sqlite import renew_marks, use_seal
from blauweknop.core.delivery.model import Permission, Refusal
from blauweknop.core.ledger.entry import NO_PREVIOUS, LogEntry, encode_entry, leaf_of
from blauweknop.core.wire.base64url import b64url_encode

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from blauweknop.adapters.store.engine.sqlite import SqliteEngine

_SQL = load_named_sql("blauweknop.adapters.store.log", "queries.sql")
REPEAT_NS = 10 * 60 * 1_000_000_000
# A caller that found a repeat just before its ten minutes ended may still append it.
_GRACE_NS = 60 * 1_000_000_000
FLUSH_SECONDS = 0.25


class SqliteLogStore:
    """``LogStore`` on an open engine. ``await close()`` before the engine's, so that nothing stays uncertain."""

    def __init__(
        self, engine: SqliteEngine, *, monotonic_ns: Callable[[], int], flush_seconds: float = FLUSH_SECONDS
    ) -> None:
        """``monotonic_ns``: the clock of ``started_ns``; ``flush_seconds``: how long ``mark_sent`` gathers."""
        self._engine = engine
        self._monotonic_ns = monotonic_ns
        self._flush_seconds = flush_seconds
        self._sent: list[str] = []
        self._flushing: asyncio.Task[None] | None = None

    async def append(self, draft: Draft, *, decide: Callable[[LogView], Permission | Refusal]) -> Record | Refusal:
        """See ``LogStore.append``."""
        return await self._engine.write(lambda connection: self._append(connection, draft, decide))

    async def find_repeat(self, citizen: bytes, door: str, idempotency_key: str, now_ns: int) -> str | None:
        """See ``LogStore.find_repeat``."""
        key = _key_hash(citizen, door, idempotency_key)
        row = await self._engine.read(lambda connection: _find_key(connection, key))
        return row[0] if row is not None and row[1] >= now_ns else None

    async def is_used(self, quota: Quota | HourQuota) -> bool:
        """See ``LogStore.is_used``."""
        return await self._engine.read(lambda connection: _is_used(connection, quota))

    async def mark_sent(self, ids: Sequence[str]) -> None:
        """See ``LogStore.mark_sent``: gathers for a moment, then clears many at once."""
        self._sent.extend(ids)
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush_later())

    async def flush(self) -> None:
        """Writes what ``mark_sent`` gathered."""
        ids, self._sent = self._sent, []
        if ids:
            try:
                await self._engine.write(lambda connection: _mark_sent(connection, ids))
            except StoreFailedError:
                self._sent[:0] = ids
                raise

    async def of_citizen(self, citizen: bytes, *, after: int = 0, limit: int = 100) -> Sequence[Record]:
        """See ``LogStore.of_citizen``."""
        values = {"citizen": citizen, "after": after, "limit": limit}
        return await self._engine.read(
            lambda connection: [_record(row) for row in connection.execute(_SQL["of_citizen"], values)]
        )

    async def close(self) -> None:
        """Writes what ``mark_sent`` gathered, if the store still can, and stops gathering."""
        if self._flushing is not None:
            self._flushing.cancel()
            await asyncio.gather(self._flushing, return_exceptions=True)
        with contextlib.suppress(StoreFailedError):
            await self.flush()

    async def _flush_later(self) -> None:
        # Lost in a crash; where the store fails, the next ``mark_sent`` tries again; till then they stay uncertain.
        with contextlib.suppress(StoreFailedError):
            while self._sent:
                await asyncio.sleep(self._flush_seconds)
                await self.flush()

    def _append(
        self, connection: sqlite3.Connection, draft: Draft, decide: Callable[[LogView], Permission | Refusal]
    ) -> Record | Refusal:
        # 1.
        key = _key_of(draft)
        if draft.entry.soort == "levering":
            _check_repeat(connection, draft, key)
        # 2. This instant is "a delivery starts".
        started_ns = self._monotonic_ns()
        quota = draft.quota if not draft.entry.herhaling_van else None
        decision = decide(LogView(quota_used=quota is not None and _is_used(connection, quota)))
        refusal = decision if isinstance(decision, Refusal) else None
        # 3, 4.
        entry = draft.entry if refusal is None else _refused(draft.entry, refusal)
        seq, record = _add_record(connection, draft, entry, started_ns)
        if refusal is not None or entry.soort == "weigering":
            return refusal or record
        # 5.
        _use_seals(connection, draft, seq)
        if quota is not None:
            _use_up(connection, quota, seq)
        # 6.
        _keep_key(connection, draft, key)
        return record


def _is_used(connection: sqlite3.Connection, quota: Quota | HourQuota) -> bool:
    if isinstance(quota, HourQuota):
        row = connection.execute(_SQL["taken_of_hour"], _hour_row(quota)).fetchone()
        return row is not None and int(row[0]) >= quota.most
    return connection.execute(_SQL["quota_used"], _quota_row(quota)).fetchone() is not None


def _use_up(connection: sqlite3.Connection, quota: Quota | HourQuota, seq: int) -> None:
    if isinstance(quota, HourQuota):
        connection.execute(_SQL["forget_hours"], _hour_row(quota))
        connection.execute(_SQL["take_of_hour"], _hour_row(quota))
        return
    # The primary key holds even where ``decide`` was not asked about it.
    connection.execute(_SQL["use_quota"], {**_quota_row(quota), "record": seq})


def _hour_row(quota: HourQuota) -> dict[str, object]:
    return {"client": quota.client, "hour": quota.hour}


def _quota_row(quota: Quota) -> dict[str, object]:
    return {"grant_rule": _hash_of(quota.grant_id.encode(), quota.rule.encode()), "period": quota.period}


def _mark_sent(connection: sqlite3.Connection, ids: Sequence[str]) -> None:
    connection.executemany(_SQL["mark_sent"], [{"id": record} for record in ids])


def _check_repeat(connection: sqlite3.Connection, draft: Draft, key: bytes) -> None:
    row = _find_key(connection, key) if key else None
    claimed = draft.entry.herhaling_van
    if claimed:
        fits = row is not None and row[0] == claimed == draft.entry.levering and row[1] + _GRACE_NS >= draft.now_ns
        if not fits:
            raise RepeatError(row[0] if row is not None and row[1] >= draft.now_ns else "")
    elif row is not None and row[1] >= draft.now_ns:
        raise RepeatError(row[0])


def _use_seals(connection: sqlite3.Connection, draft: Draft, seq: int) -> None:
    mark = None
    if draft.marks:
        mark = renew_marks(connection, draft.citizen, draft.entry.gegevensset, draft.marks)
    if draft.seal is not None:
        use_seal(connection, draft.seal, record=seq, mark=mark)


def _keep_key(connection: sqlite3.Connection, draft: Draft, key: bytes) -> None:
    connection.execute(_SQL["forget_keys"], {"now_ns": draft.now_ns - _GRACE_NS})
    if key and not draft.entry.herhaling_van:
        values = {"hash": key, "delivery": draft.entry.levering, "until_ns": draft.now_ns + REPEAT_NS}
        connection.execute(_SQL["keep_key"], values)


def _refused(entry: LogEntry, refusal: Refusal) -> LogEntry:
    return msgspec.structs.replace(entry, soort="weigering", reden=refusal.reason.value, vingerafdruk="", ontbreekt=())


def _add_record(connection: sqlite3.Connection, draft: Draft, entry: LogEntry, started_ns: int) -> tuple[int, Record]:
    head = connection.execute(_SQL["head_of_citizen"], {"citizen": draft.citizen}).fetchone()
    number, previous = (head[0] + 1, head[1]) if head else (1, NO_PREVIOUS)
    entry_json = encode_entry(msgspec.structs.replace(entry, nummer=number, vorige=b64url_encode(previous)))
    record = Record(
        id=f"{entry.levering}~{number}" if entry.herhaling_van else entry.levering,
        number=number,
        entry_json=entry_json,
        salt=draft.salt,
        leaf=leaf_of(entry_json, draft.salt),
        previous=previous,
        started_ns=started_ns,
        uncertain=entry.soort != "weigering",
        repeat_of=entry.herhaling_van,
    )
    values = {**msgspec.structs.asdict(record), "citizen": draft.citizen, "entry": entry_json}
    (seq,) = connection.execute(_SQL["add_record"], values).fetchone()
    return seq, record


def _record(row: tuple[str, int, bytes | None, bytes | None, bytes, bytes, int, int, str]) -> Record:
    record_id, number, entry_json, salt, leaf, previous, started_ns, uncertain, repeat_of = row
    return Record(
        id=record_id,
        number=number,
        entry_json=entry_json or b"",
        salt=salt or b"",
        leaf=leaf,
        previous=previous,
        started_ns=started_ns,
        uncertain=bool(uncertain),
        repeat_of=repeat_of,
    )


def _key_of(draft: Draft) -> bytes:
    """What finds a repeat of this delivery; empty where nothing can repeat it."""
    if draft.entry.soort != "levering" or not draft.idempotency_key:
        return b""
    return _key_hash(draft.citizen, draft.entry.deur, draft.idempotency_key)


def _key_hash(citizen: bytes, door: str, idempotency_key: str) -> bytes:
    return _hash_of(door.encode(), citizen, idempotency_key.encode())


def _hash_of(*parts: bytes) -> bytes:
    # Each part is preceded by its length, so that no two lists of parts run together.
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()


def _find_key(connection: sqlite3.Connection, key: bytes) -> tuple[str, int] | None:
    row: tuple[str, int] | None = connection.execute(_SQL["repeat_of_key"], {"hash": key}).fetchone()
    return row
