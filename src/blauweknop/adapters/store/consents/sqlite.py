# SPDX-License-Identifier: EUPL-1.2
"""``ConsentStore`` in SQLite; see ``contract.py``.

Every change of a list goes through ``_journalled``: 1. the next ``volgnr``, inside the transaction; 2. the lines of the
change, synced to the journal; 3. the commit, by the engine; 4. the answer. A crash before 2 leaves nothing; between 2
and 3 lines that the next start carries out; after 3 the whole change.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from blauweknop.adapters.store.consents.contract import (
    AlreadyDecidedError,
    ConsentUnknownError,
    ListState,
    SourceLists,
    StoredConsent,
)
from blauweknop.adapters.store.consents.journal import Journal, JournalLine
from blauweknop.adapters.store.engine.named_sql import load_named_sql
from blauweknop.adapters.store.grants.sqlite import insert_code
from blauweknop.core.consent.consent import (
    ENDED_BIT,
    SUSPENDED_BIT,
    TRANSITIONS,
    VALID_BIT,
    Change,
    Consent,
    State,
    apply_change,
    status_bit,
)
from blauweknop.core.oauth.model import StatusRef
from blauweknop.core.status.status_list import StatusList
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from blauweknop.adapters.store.consents.citizens import CitizenKeys
    from blauweknop.adapters.store.engine.sqlite import SqliteEngine
    from blauweknop.adapters.store.grants.contract import NewCode

_SQL = load_named_sql("blauweknop.adapters.store.consents", "queries.sql")
LIST_SIZE = 2**17
# What a restore may turn into what: valid, then suspended, then ended for ever.
_STRICTNESS = {VALID_BIT: 0, SUSPENDED_BIT: 1, ENDED_BIT: 2}
# A reason in the journal says which state it led to, and who made the change.
_LED_TO = {
    reason.value: (state, reason, party)
    for (_, state), reasons in TRANSITIONS.items()
    for reason, party in reasons.items()
    if state is not State.ACTIVE
}


class SqliteConsentStore:
    """On an open engine. ``await recover()`` once, before anything else."""

    def __init__(
        self,
        engine: SqliteEngine,
        journal: Journal,
        keys: CitizenKeys,
        *,
        random: Callable[[int], bytes],
        random_below: Callable[[int], int],
        address: str,
        list_size: int = LIST_SIZE,
    ) -> None:
        """``address``: of the consent service, before ``/status/…``; ``list_size``: a multiple of 4."""
        self._engine, self._journal, self._keys = engine, journal, keys
        self._random, self._random_below = random, random_below
        self._address, self._list_size = address, list_size

    async def recover(self) -> int:
        """Carries out the journal's lines that this store does not know; returns how many."""
        return await self._engine.write(self._recover)

    async def citizen_of(self, bsn: str) -> str:
        """See ``ConsentStore.citizen_of``."""
        finder = {"finder": self._keys.find(bsn)}
        found = await self._engine.read(lambda c: c.execute(_SQL["find_citizen"], finder).fetchone())
        if found is not None:
            return str(found[0])
        made = self._random(16).hex()
        row = {**finder, "id": made, "sealed": self._keys.seal(made, bsn, self._random)}

        def work(connection: sqlite3.Connection) -> str:
            # Somebody else may have made them meanwhile: theirs counts.
            connection.execute(_SQL["add_citizen"], row)
            return str(connection.execute(_SQL["find_citizen"], finder).fetchone()[0])

        return await self._engine.write(work)

    async def bsn_of(self, citizen: str) -> str:
        """See ``ConsentStore.bsn_of``."""
        row = await self._engine.read(lambda c: c.execute(_SQL["sealed_bsn"], {"id": citizen}).fetchone())
        if row is None:
            raise ConsentUnknownError
        return self._keys.open(citizen, row[0])

    async def keep_pending(self, name: str, content: bytes, *, expires_at: int, now: int) -> None:
        """See ``ConsentStore.keep_pending``."""
        row = {"hash": _hash(name), "content": content, "expires_at": expires_at}

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(_SQL["forget_pending"], {"now": now})
            connection.execute(_SQL["keep_pending"], row)

        await self._engine.write(work)

    async def load_pending(self, name: str, *, now: int) -> bytes | None:
        """See ``ConsentStore.load_pending``."""
        row = {"hash": _hash(name), "now": now}
        found = await self._engine.read(lambda c: c.execute(_SQL["load_pending"], row).fetchone())
        return None if found is None else bytes(found[0])

    async def record(
        self, name: str, stored: StoredConsent, sources: Mapping[str, str], *, code: NewCode, now: int
    ) -> None:
        """See ``ConsentStore.record``."""
        consent = stored.consent

        def work(connection: sqlite3.Connection) -> None:
            _take_pending(connection, name, now)
            row = {"id": consent.id, "citizen": consent.citizen, "content": encode(consent), "receipt": stored.receipt}
            connection.execute(_SQL["add_consent"], row)
            places = [self._take_place(connection, oin, consent.id) for oin in sources.values()]
            insert_code(connection, code, now=now)
            self._journalled(connection, places, bit=status_bit(consent.state), reason="gegeven")

        await self._engine.write(work)

    async def refuse(self, name: str, *, now: int) -> None:
        """See ``ConsentStore.refuse``."""
        await self._engine.write(lambda connection: _take_pending(connection, name, now))

    async def change(self, consent: str, change: Change, *, citizen: str = "") -> Consent:
        """See ``ConsentStore.change``."""

        def work(connection: sqlite3.Connection) -> Consent:
            before = _load(connection, consent)
            if before is None or (citizen and before.consent.citizen != citizen):
                raise ConsentUnknownError
            after = apply_change(before.consent, change)
            self._set_state(connection, after)
            bit = status_bit(after.state)
            places = list(connection.execute(_SQL["places_of"], {"consent": consent}))
            for place in places:
                connection.execute(_SQL["set_bit"], {**_at(place), "bit": bit})
                connection.execute(_SQL["touch_list"], _at(place))
            self._journalled(connection, places, bit=bit, reason=change.reason.value)
            return after

        return await self._engine.write(work)

    async def load(self, consent: str) -> StoredConsent | None:
        """See ``ConsentStore.load``."""
        return await self._engine.read(lambda connection: _load(connection, consent))

    async def of_citizen(self, citizen: str) -> Sequence[StoredConsent]:
        """See ``ConsentStore.of_citizen``."""
        row = {"citizen": citizen}
        return await self._engine.read(lambda c: [_stored(*found) for found in c.execute(_SQL["of_citizen"], row)])

    async def place(self, consent: str, source: str) -> StatusRef | None:
        """See ``ConsentStore.place``."""
        row = {"consent": consent, "source": source}
        found = await self._engine.read(lambda c: c.execute(_SQL["place_of"], row).fetchone())
        return None if found is None else StatusRef(uri=self.list_address(source, found[0]), idx=found[1])

    async def note_mint(self, consent: str, source: str, *, at: int) -> None:
        """See ``ConsentStore.note_mint``."""
        row = {"consent": consent, "source": source, "at": at}
        await self._engine.write(lambda c: c.execute(_SQL["note_mint"], row) and None)

    async def mints(self, consent: str) -> Mapping[str, int]:
        """See ``ConsentStore.mints``."""
        return await self._engine.read(lambda c: dict(c.execute(_SQL["mints"], {"consent": consent}).fetchall()))

    async def lists(self, source: str) -> SourceLists:
        """See ``ConsentStore.lists``."""
        return await self._engine.read(lambda connection: _lists(connection, source))

    async def keep_token(self, source: str, signed: ListState) -> None:
        """See ``ConsentStore.keep_token``."""
        row = {
            "source": source,
            "number": signed.number,
            "token": signed.token,
            "token_version": signed.token_version,
            "token_at": signed.token_at,
        }
        await self._engine.write(lambda c: c.execute(_SQL["keep_token"], row) and None)

    def list_address(self, source: str, number: int) -> str:
        """The URI of a list."""
        return f"{self._address}/status/{source}/lijsten/{number}"

    def _take_place(self, connection: sqlite3.Connection, source: str, consent: str) -> tuple[str, int, int]:
        number, size, used = connection.execute(_SQL["newest_list"], {"source": source}).fetchone() or (0, 0, 0)
        if used * 2 + 2 > size:
            number, size = number + 1, self._list_size
            connection.execute(_SQL["add_list"], {"source": source, "number": number, "size": size})
        while True:
            # At most half of a list is taken, so a draw succeeds at least every other time.
            place = (source, number, self._random_below(size))
            row = {**_at(place), "consent": consent, "bit": 0}
            if connection.execute(_SQL["take_place"], row).rowcount == 1:
                connection.execute(_SQL["count_used"], _at(place))
                return place

    def _journalled(
        self, connection: sqlite3.Connection, places: Sequence[tuple[str, int, int]], *, bit: int, reason: str
    ) -> None:
        serial = int(connection.execute(_SQL["serial"]).fetchone()[0]) + 1
        connection.execute(_SQL["set_serial"], {"value": serial})
        self._journal.append(
            JournalLine(serial=serial, source=source, number=number, index=index, bit=bit, reason=reason)
            for source, number, index in places
        )

    @staticmethod
    def _set_state(connection: sqlite3.Connection, after: Consent) -> None:
        connection.execute(_SQL["set_content"], {"id": after.id, "content": encode(after)})

    def _recover(self, connection: sqlite3.Connection) -> int:
        known = int(connection.execute(_SQL["serial"]).fetchone()[0])
        lines = list(self._journal.after(known))
        for line in lines:
            self._carry_out(connection, line)
        if lines:
            # Above the highest: a stand of before the restore is never the newest again.
            highest = max(line.serial for line in lines) + 1
            connection.execute(_SQL["set_serial"], {"value": highest})
        return len(lines)

    def _carry_out(self, connection: sqlite3.Connection, line: JournalLine) -> None:
        place = (line.source, line.number, line.index)
        found = connection.execute(_SQL["consent_at"], _at(place)).fetchone()
        if found is None:
            # A consent given after the backup: nobody here knows it any more, so it has ended.
            self._add_lost_place(connection, place)
            return
        consent, bit = found
        # Only ever stricter: a resume whose commit failed stands in the journal too, and revives nothing.
        if _STRICTNESS[line.bit] <= _STRICTNESS[bit]:
            return
        connection.execute(_SQL["set_bit"], {**_at(place), "bit": line.bit})
        connection.execute(_SQL["touch_list"], _at(place))
        stored = _load(connection, consent)
        if stored is not None and _STRICTNESS[status_bit(stored.consent.state)] < _STRICTNESS[line.bit]:
            self._set_state(connection, _as_journalled(stored.consent, line))

    def _add_lost_place(self, connection: sqlite3.Connection, place: tuple[str, int, int]) -> None:
        source, number, _ = place
        newest = connection.execute(_SQL["newest_list"], {"source": source}).fetchone() or (0, 0, 0)
        for missing in range(newest[0] + 1, number + 1):
            connection.execute(_SQL["add_list"], {"source": source, "number": missing, "size": self._list_size})
        connection.execute(_SQL["take_place"], {**_at(place), "consent": "", "bit": 1})
        connection.execute(_SQL["count_used"], _at(place))


def _at(place: tuple[str, int, int]) -> dict[str, Any]:
    source, number, index = place
    return {"source": source, "number": number, "idx": index}


def _as_journalled(consent: Consent, line: JournalLine) -> Consent:
    """``consent`` in the state that ``line`` led to; withdrawn where its reason is none of ours."""
    state, reason, party = _LED_TO.get(line.reason, (State.WITHDRAWN, consent.reason, consent.by))
    return msgspec.structs.replace(consent, state=state, reason=reason, by=party, version=consent.version + 1)


def _take_pending(connection: sqlite3.Connection, name: str, now: int) -> None:
    if connection.execute(_SQL["take_pending"], {"hash": _hash(name), "now": now}).rowcount != 1:
        raise AlreadyDecidedError


def _load(connection: sqlite3.Connection, consent: str) -> StoredConsent | None:
    row = connection.execute(_SQL["load_consent"], {"id": consent}).fetchone()
    return None if row is None else _stored(*row)


def _stored(content: bytes, receipt: bytes) -> StoredConsent:
    return StoredConsent(consent=msgspec.json.decode(content, type=Consent), receipt=receipt)


def _lists(connection: sqlite3.Connection, source: str) -> SourceLists:
    serial = int(connection.execute(_SQL["serial"]).fetchone()[0])
    found = []
    for number, size, version, token, token_version, token_at in connection.execute(_SQL["lists"], {"source": source}):
        statuses = StatusList(size)
        for index, bit in connection.execute(_SQL["bits"], {"source": source, "number": number}):
            statuses.set(index, bit)
        found.append(
            ListState(
                number=number,
                version=version,
                statuses=bytes(statuses),
                token=token,
                token_version=token_version,
                token_at=token_at,
            )
        )
    return SourceLists(serial=serial, lists=tuple(found))


def _hash(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()
