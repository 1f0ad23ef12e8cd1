# SPDX-License-Identifier: EUPL-1.2
"""The state of the register in SQLite; see ``contract.py``. A database of its own, with its own migrations."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from blauweknop.adapters.store.engine.errors import StoreConflictError
from blauweknop.adapters.store.engine.migrate import load_migrations
from blauweknop.adapters.store.engine.named_sql import load_named_sql
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.participants.contract import (
    Change,
    Proposal,
    Publication,
    StoredKey,
    StoredParticipant,
)
from blauweknop.core.scheme.registration import Registration
from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.vocabulary import KeyPurpose, Stage
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from blauweknop.adapters.store.participants.contract import RegisterState

_PACKAGE: Final = "blauweknop.adapters.store.participants"
_SQL: Final = load_named_sql(_PACKAGE, "queries.sql")
_NO_PREVIOUS: Final = bytes(32)
T = TypeVar("T")


class SqliteRegisterStore:
    """``RegisterStore`` on an engine of its own. ``await close()`` when done."""

    def __init__(self, engine: SqliteEngine) -> None:
        """``engine``: opened with the migrations of this folder; see ``open``."""
        self._engine = engine

    @classmethod
    def open(cls, path: Path) -> SqliteRegisterStore:
        """Opens or makes the database at ``path``. Blocks. Raises: ``StoreFailedError`` and its kinds."""
        return cls(SqliteEngine.open(path, migrations=load_migrations("register")))

    async def transact(self, work: Callable[[RegisterState], T]) -> T:
        """See ``RegisterStore.transact``."""
        return await self._engine.write(lambda connection: work(SqliteRegisterState(connection)))

    async def read(self, work: Callable[[RegisterState], T]) -> T:
        """See ``RegisterStore.read``."""
        return await self._engine.read(lambda connection: work(SqliteRegisterState(connection)))

    async def close(self) -> None:
        """Closes the engine."""
        await self._engine.close()


class SqliteRegisterState:
    """``RegisterState`` over one connection inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def participants(self) -> Sequence[StoredParticipant]:
        """See the contract."""
        return [_participant(row) for row in self._run("participants")]

    def participant(self, oin: str) -> StoredParticipant | None:
        """See the contract."""
        row = self._run("participant", oin=oin).fetchone()
        return _participant(row) if row else None

    def save_participant(self, participant: StoredParticipant) -> None:
        """See the contract."""
        self._run(
            "save_participant",
            oin=participant.registration.oin,
            iss=participant.registration.iss,
            stage=participant.stage.value,
            since=participant.since,
            status=participant.status,
            mark_until=participant.mark_until,
            registration=encode(participant.registration).decode(),
        )

    def all_keys(self) -> Sequence[StoredKey]:
        """See the contract."""
        return [
            StoredKey(
                thumbprint=thumbprint,
                oin=oin,
                purpose=KeyPurpose(purpose),
                kid=kid,
                status=status,
                compromised_at=compromised_at,
            )
            for thumbprint, oin, purpose, kid, status, compromised_at in self._run("keys")
        ]

    def add_key(self, key: StoredKey) -> None:
        """See the contract."""
        self._run("add_key", **{**dataclasses.asdict(key), "purpose": key.purpose.value})

    def mark_compromised(self, thumbprint: str, at: int) -> None:
        """See the contract."""
        self._run("mark_compromised", thumbprint=thumbprint, at=at)

    def append(self, change: Change) -> int:
        """See the contract."""
        return self._append(change, self.last_change() + 1)

    def changes(self, *, after: int = 0, limit: int = 1000) -> Sequence[Change]:
        """See the contract."""
        return [
            Change(number=number, at=at, account=account, act=act, oin=oin, content=content, signature=signature)
            for number, at, account, act, oin, content, signature in self._run("changes", after=after, limit=limit)
        ]

    def last_change(self) -> int:
        """See the contract."""
        row: tuple[int, bytes] | None = self._run("last_change").fetchone()
        return row[0] if row else 0

    def raise_numbers(self, above: int, change: Change) -> None:
        """See the contract."""
        newest = self.newest()
        version = newest.version if newest else 0
        number = self._append(change, max(above, self.last_change()) + 1)
        if newest is not None and version <= above:
            raised = dataclasses.replace(newest, version=above + 1, change=number - 1)
            self.save_publication(raised)

    def account(self, name: str) -> str | None:
        """See the contract."""
        row: tuple[str] | None = self._run("account", name=name).fetchone()
        return row[0] if row else None

    def add_account(self, name: str, jwk: str) -> None:
        """See the contract."""
        self._run("add_account", name=name, jwk=jwk)

    def proposal(self, proposal_id: str) -> Proposal | None:
        """See the contract."""
        row = self._run("proposal", id=proposal_id).fetchone()
        return _proposal(row) if row else None

    def proposals(self) -> Sequence[Proposal]:
        """See the contract."""
        return [_proposal(row) for row in self._run("proposals")]

    def add_proposal(self, proposal: Proposal) -> None:
        """See the contract."""
        self._run(
            "add_proposal",
            id=proposal.id,
            at=proposal.at,
            account=proposal.account,
            act=proposal.act.value,
            oin=proposal.oin,
            content=proposal.content,
            signature=proposal.signature,
        )

    def close_proposal(self, proposal_id: str) -> None:
        """See the contract."""
        self._run("close_proposal", id=proposal_id)

    def published(self) -> Mapping[str, str]:
        """See the contract."""
        return dict(self._run("published").fetchall())

    def publish_entry(self, ref: str, sha256: str) -> None:
        """See the contract."""
        row = self._run("published_entry", ref=ref).fetchone()
        if row is None:
            self._run("publish_entry", ref=ref, sha256=sha256)
        elif row[0] != sha256:
            raise StoreConflictError(f"{ref} was published otherwise")

    def ended(self) -> Mapping[str, int]:
        """See the contract."""
        return dict(self._run("ended").fetchall())

    def end_entry(self, ref: str, since: int) -> None:
        """See the contract."""
        self._run("end_entry", ref=ref, since=since)

    def save_detail(self, sha256: str, data: bytes) -> None:
        """See the contract."""
        self._run("save_detail", sha256=sha256, data=data)

    def detail(self, sha256: str) -> bytes | None:
        """See the contract."""
        row: tuple[bytes] | None = self._run("detail", sha256=sha256).fetchone()
        return row[0] if row else None

    def newest(self) -> Publication | None:
        """See the contract."""
        row = self._run("newest").fetchone()
        if row is None:
            return None
        version, issued_at, change, token = row
        return Publication(version=version, issued_at=issued_at, change=change, token=token)

    def save_publication(self, publication: Publication) -> None:
        """See the contract."""
        self._run("save_publication", **dataclasses.asdict(publication))
        self._run("forget_token", version=publication.version)

    def _append(self, change: Change, number: int) -> int:
        # Each line carries the hash of the one before, so that a line changed or left out shows.
        row = self._run("last_change").fetchone()
        previous = row[1] if row else _NO_PREVIOUS
        values = {**dataclasses.asdict(change), "number": number}
        leaf = hashlib.sha256(previous + encode(sorted(values.items()))).digest()
        self._run("append", **values, previous=previous, leaf=leaf)
        return number

    def _run(self, name: str, /, **values: str | bytes | int | None) -> sqlite3.Cursor:
        return self._connection.execute(_SQL[name], values)


def _participant(row: tuple[str, str, int, int, int]) -> StoredParticipant:
    registration, stage, since, status, mark_until = row
    return StoredParticipant(
        registration=msgspec.json.decode(registration, type=Registration),
        stage=Stage(stage),
        since=since,
        status=status,
        mark_until=mark_until,
    )


def _proposal(row: tuple[str, int, str, str, str, str, str, int]) -> Proposal:
    proposal_id, at, account, act, oin, content, signature, approved = row
    return Proposal(
        id=proposal_id,
        at=at,
        account=account,
        act=Act(act),
        oin=oin,
        content=content,
        signature=signature,
        approved=bool(approved),
    )
