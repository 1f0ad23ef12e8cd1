# SPDX-License-Identifier: EUPL-1.2
"""The store of consents: decided once, found by one id, ended for ever also after yesterday's backup is put back."""

from __future__ import annotations

import asyncio
import random
import secrets
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from blauweknop.adapters.store.consents.citizens import CitizenKeyError, CitizenKeys
from blauweknop.adapters.store.consents.contract import AlreadyDecidedError, ConsentUnknownError, StoredConsent
from blauweknop.adapters.store.consents.journal import Journal, JournalFailedError, JournalLine
from blauweknop.adapters.store.consents.sqlite import SqliteConsentStore
from blauweknop.adapters.store.engine.migrate import load_migrations
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.grants.contract import NewCode
from blauweknop.adapters.store.grants.sqlite import SqliteGrantStore
from blauweknop.core.consent.consent import Change, ChangeReason, Consent, Party, State, TransitionRefusedError
from blauweknop.core.consent.line import Line
from blauweknop.core.oauth.model import CodeContent
from blauweknop.core.status.status_list import StatusList

pytestmark = pytest.mark.anyio
BSN = "999996149"
OTHER = "999996150"
NOW = 1_800_000_000
BANK = "https://bank.example"
SOURCES = {"https://a.example": "00000001000000000001", "https://b.example": "00000001000000000002"}
KEYS = CitizenKeys(finder=b"f" * 32, sealing={1: b"1" * 32})
STOP = Change(to=State.WITHDRAWN, by=Party.CITIZEN, reason=ChangeReason.STOP, at=NOW + 5)
PAUSE = Change(to=State.PAUSED, by=Party.CITIZEN, reason=ChangeReason.PAUSE, at=NOW + 5)
RESUME = Change(to=State.ACTIVE, by=Party.CITIZEN, reason=ChangeReason.RESUME, at=NOW + 6)
GIVEN_UP = Change(to=State.ENDED, by=Party.REQUESTER, reason=ChangeReason.GIVEN_UP, at=NOW + 6)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Setup:
    def __init__(self, store: SqliteConsentStore, engine: SqliteEngine) -> None:
        self.store, self.engine = store, engine

    async def record(self, grant: str = "g1", *, citizen: str = "", pending: str = "p") -> Consent:
        citizen = citizen or await self.store.citizen_of(BSN)
        consent = made(grant, citizen)
        await self.store.keep_pending(pending, b"{}", expires_at=NOW + 100, now=NOW)
        stored = StoredConsent(consent=consent, receipt=b"receipt")
        await self.store.record(pending, stored, SOURCES, code=code(grant), now=NOW)
        return consent

    async def bit(self, grant: str, source: str = SOURCES["https://a.example"]) -> int:
        place = await self.store.place(grant, source)
        assert place is not None
        lists = await self.store.lists(source)
        number = int(place.uri.rsplit("/", 1)[1])
        (found,) = [one for one in lists.lists if one.number == number]
        return StatusList.from_bytes(found.statuses).get(place.idx)


def made(grant: str, citizen: str) -> Consent:
    lines = tuple(
        Line(
            type="gegevensset",
            locations=(source,),
            datatypes=("inkomen/1",),
            actions=("ophalen",),
            elementen=("verzamelinkomen",),
            dienst="hypotheek/1",
            geldig_tot="2027-01-31",
        )
        for source in SOURCES
    )
    return Consent(
        id=grant,
        kind="gegevensset",
        citizen=citizen,
        client=BANK,
        client_oin="0" * 20,
        lines=lines,
        acr="substantieel",
        given_at=NOW,
        until=NOW + 1000,
        since=NOW,
    )


def code(grant: str) -> NewCode:
    content = CodeContent(
        client_id=BANK, redirect_uri=f"{BANK}/terug", code_challenge="x", grant_id=grant, kind="gegevensset"
    )
    return NewCode(code=secrets.token_hex(32), content=content, expires_at=NOW + 60, kept_until=NOW + 360)


@asynccontextmanager
async def opened(folder: Path, *, keys: CitizenKeys = KEYS, seed: int = 1, size: int = 64) -> AsyncIterator[Setup]:
    engine = SqliteEngine.open(folder / "toestemming.sqlite", migrations=load_migrations("consent"))
    chance = random.Random(seed)
    (folder.parent / "journaal").mkdir(exist_ok=True)
    store = SqliteConsentStore(
        engine,
        Journal(folder.parent / "journaal" / "intrekkingen"),
        keys,
        random=secrets.token_bytes,
        random_below=chance.randrange,
        address="https://t.example",
        list_size=size,
    )
    await store.recover()
    try:
        yield Setup(store, engine)
    finally:
        await engine.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "opslag").mkdir()
    return tmp_path / "opslag"


async def test_one_bsn_has_one_id_and_comes_back_only_with_the_key(folder: Path) -> None:
    async with opened(folder) as s:
        ids = await asyncio.gather(*(s.store.citizen_of(BSN) for _ in range(20)))
        assert len(set(ids)) == 1
        assert await s.store.citizen_of(OTHER) != ids[0]
        assert await s.store.bsn_of(ids[0]) == BSN
        with pytest.raises(ConsentUnknownError):
            await s.store.bsn_of("0" * 32)
    newer = CitizenKeys(finder=KEYS.finder, sealing={**KEYS.sealing, 2: b"2" * 32})
    async with opened(folder, keys=newer) as s:
        assert await s.store.citizen_of(BSN) == ids[0]
        assert await s.store.bsn_of(ids[0]) == BSN
    for lost in ({2: b"2" * 32}, {1: b"x" * 32}):
        async with opened(folder, keys=CitizenKeys(finder=KEYS.finder, sealing=lost)) as s:
            with pytest.raises(CitizenKeyError):
                await s.store.bsn_of(ids[0])


def read_all(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_bk082_no_bsn_stands_in_store_or_journal(folder: Path) -> None:
    async with opened(folder) as s:
        consent = await s.record()
        await s.store.change(consent.id, STOP)
    everything = read_all(folder.parent)
    assert consent.id.encode() in everything  # the scan finds what is there
    for form in (BSN.encode(), int(BSN).to_bytes(4, "big"), BSN.encode().hex().encode()):
        assert form not in everything


async def test_a_request_is_decided_once_whoever_decides(folder: Path) -> None:
    async with opened(folder) as s:
        citizen = await s.store.citizen_of(BSN)
        await s.store.keep_pending("p", b'{"x":1}', expires_at=NOW + 100, now=NOW)
        assert await s.store.load_pending("p", now=NOW) == b'{"x":1}'

        async def decide(number: int) -> bool:
            stored = StoredConsent(consent=made(f"g{number}", citizen), receipt=b"r")
            try:
                if number % 2:
                    await s.store.record("p", stored, SOURCES, code=code(f"g{number}"), now=NOW)
                else:
                    await s.store.refuse("p", now=NOW)
            except AlreadyDecidedError:
                return False
            return True

        assert sum(await asyncio.gather(*(decide(number) for number in range(20)))) == 1
        assert await s.store.load_pending("p", now=NOW) is None


async def test_a_request_whose_time_is_over_cannot_be_decided(folder: Path) -> None:
    async with opened(folder) as s:
        citizen = await s.store.citizen_of(BSN)
        await s.store.keep_pending("p", b"{}", expires_at=NOW, now=NOW - 100)
        assert await s.store.load_pending("p", now=NOW) is None
        stored = StoredConsent(consent=made("g1", citizen), receipt=b"r")
        with pytest.raises(AlreadyDecidedError):
            await s.store.record("p", stored, SOURCES, code=code("g1"), now=NOW)
        assert await s.store.load("g1") is None
        assert (await s.store.lists(SOURCES["https://a.example"])).serial == 0


async def test_a_change_shows_at_every_source_and_ends_what_came_of_the_grant(folder: Path) -> None:
    async with opened(folder) as s:
        consent = await s.record()
        grants = SqliteGrantStore(s.engine)
        kept = code("g1")
        await grants.add_code(kept, now=NOW)
        for change, bit in ((PAUSE, 2), (msgspec.structs.replace(STOP), 1)):
            before = (await s.store.lists(SOURCES["https://a.example"])).serial
            after = await s.store.change(consent.id, change)
            assert after.state is change.to
            for source in SOURCES.values():
                assert await s.bit("g1", source) == bit
            assert (await s.store.lists(SOURCES["https://a.example"])).serial == before + 1
        assert await grants.load_code(kept.code) is None or not await grants.take_request(kept.code)
        with pytest.raises(TransitionRefusedError):
            await s.store.change(consent.id, PAUSE)
        stored = await s.store.load("g1")
        assert stored is not None
        assert stored.consent.state is State.WITHDRAWN


async def test_another_citizen_changes_nothing(folder: Path) -> None:
    async with opened(folder) as s:
        consent = await s.record()
        stranger = await s.store.citizen_of(OTHER)
        for who, what in ((stranger, consent.id), (consent.citizen, "g9")):
            with pytest.raises(ConsentUnknownError):
                await s.store.change(what, STOP, citizen=who)
        assert await s.bit("g1") == 0
        assert await s.store.of_citizen(stranger) == []
        assert [one.consent.id for one in await s.store.of_citizen(consent.citizen)] == ["g1"]


async def test_two_stores_on_one_file_see_each_other_s_stop(folder: Path) -> None:
    async with opened(folder) as first, opened(folder, seed=2) as second:
        consent = await first.record()
        await second.store.change(consent.id, STOP)
        assert await first.bit("g1") == 1


async def test_a_list_is_at_most_half_full_and_an_index_is_never_given_twice(folder: Path) -> None:
    async with opened(folder, size=8) as s:
        citizen = await s.store.citizen_of(BSN)
        for number in range(10):
            await s.record(f"g{number}", citizen=citizen, pending=f"p{number}")
        source = SOURCES["https://a.example"]
        places = [await s.store.place(f"g{number}", source) for number in range(10)]
        assert len({(place.uri, place.idx) for place in places if place}) == 10
        assert len((await s.store.lists(source)).lists) == 3


async def test_only_the_last_mint_is_kept(folder: Path) -> None:
    async with opened(folder) as s:
        await s.record()
        for at in (NOW, NOW + 10, NOW + 5):
            await s.store.note_mint("g1", "https://a.example", at=at)
        assert await s.store.mints("g1") == {"https://a.example": NOW + 10}


async def test_a_newer_signed_list_is_not_replaced_by_an_older(folder: Path) -> None:
    async with opened(folder) as s:
        await s.record()
        source = SOURCES["https://a.example"]
        (first,) = (await s.store.lists(source)).lists
        signed = msgspec.structs.replace(first, token=b"new", token_version=first.version, token_at=NOW)
        await s.store.keep_token(source, signed)
        for changes in ({"token_version": 1}, {"token_at": NOW - 1}, {"token_at": NOW}):
            older: dict[str, Any] = {"token": b"old", **changes}
            await s.store.keep_token(source, msgspec.structs.replace(signed, **older))
        assert (await s.store.lists(source)).lists[0].token == b"new"


# The journal: what was acknowledged no restored backup takes back.


async def test_a_withdrawn_consent_stays_withdrawn_after_yesterday_s_backup(folder: Path) -> None:
    async with opened(folder) as s:
        await s.record("g1")
        await s.record("g2", pending="q")
    backup = folder.parent / "backup"
    shutil.copytree(folder, backup)
    async with opened(folder) as s:
        await s.store.change("g1", STOP)
        await s.store.change("g2", PAUSE)
        await s.record("g3", pending="r")
        lost = await s.store.place("g3", SOURCES["https://a.example"])
        highest = (await s.store.lists(SOURCES["https://a.example"])).serial
    shutil.rmtree(folder)
    shutil.copytree(backup, folder)
    async with opened(folder) as s:
        assert (await s.bit("g1"), await s.bit("g2")) == (1, 2)
        stopped, paused = await s.store.load("g1"), await s.store.load("g2")
        assert stopped is not None
        assert paused is not None
        assert (stopped.consent.state, paused.consent.state) == (State.WITHDRAWN, State.PAUSED)
        lists = await s.store.lists(SOURCES["https://a.example"])
        assert lists.serial > highest
        assert lost is not None
        # The consent that the backup did not know has ended: nobody can say any more what it was.
        assert StatusList.from_bytes(lists.lists[0].statuses).get(lost.idx) == 1
        with pytest.raises(TransitionRefusedError):
            await s.store.change("g1", PAUSE)
    async with opened(folder) as s:
        assert (await s.store.lists(SOURCES["https://a.example"])).serial == lists.serial


def put_back(folder: Path, backup: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(backup, folder)


async def test_a_resume_that_failed_revives_nothing_after_a_restore(folder: Path) -> None:
    async with opened(folder) as s:
        await s.record()
    shutil.copytree(folder, folder.parent / "backup")
    async with opened(folder) as s:
        await s.store.change("g1", PAUSE)
        place = await s.store.place("g1", SOURCES["https://a.example"])
        assert place is not None
        # What a resume leaves whose commit failed: its line, and no more.
        lines = list(Journal(folder.parent / "journaal" / "intrekkingen").after(0))
        last = lines[-1].serial
        for line in [one for one in lines if one.serial == last]:
            failed = msgspec.structs.replace(line, serial=last + 1, bit=0, reason="hervat")
            Journal(folder.parent / "journaal" / "intrekkingen").append([failed])
    put_back(folder, folder.parent / "backup")
    async with opened(folder) as s:
        assert await s.bit("g1") == 2
        stored = await s.store.load("g1")
        assert stored is not None
        assert stored.consent.state is State.PAUSED
        await s.store.change("g1", RESUME)
        assert await s.bit("g1") == 0


async def test_a_consent_that_the_backup_did_not_know_stays_ended_whatever_came_after(folder: Path) -> None:
    async with opened(folder) as s:
        await s.record("g0")
    shutil.copytree(folder, folder.parent / "backup")
    async with opened(folder) as s:
        await s.record("g1", pending="q")
        lost = await s.store.place("g1", SOURCES["https://a.example"])
        await s.store.change("g1", PAUSE)
        await s.store.change("g1", RESUME)
    put_back(folder, folder.parent / "backup")
    async with opened(folder) as s:
        assert lost is not None
        (whole,) = (await s.store.lists(SOURCES["https://a.example"])).lists
        assert StatusList.from_bytes(whole.statuses).get(lost.idx) == 1


async def test_a_restore_says_who_ended_a_consent_and_why(folder: Path) -> None:
    async with opened(folder) as s:
        await s.record()
    shutil.copytree(folder, folder.parent / "backup")
    async with opened(folder) as s:
        await s.store.change("g1", GIVEN_UP)
    put_back(folder, folder.parent / "backup")
    async with opened(folder) as s:
        stored = await s.store.load("g1")
        assert stored is not None
        consent = stored.consent
        assert (consent.state, consent.reason, consent.by) == (State.ENDED, ChangeReason.GIVEN_UP, Party.REQUESTER)


async def test_the_line_is_synced_before_the_change_can_be_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int]] = []
    async with opened(folder) as s:
        await s.record()
        path = folder / "toestemming.sqlite"
        append = Journal.append

        def looking(journal: Journal, lines: Iterable[JournalLine]) -> None:
            append(journal, lines)
            with closing(sqlite3.connect(path)) as other:
                seen.append(("journal", other.execute("SELECT max(bit) FROM place").fetchone()[0]))

        monkeypatch.setattr(Journal, "append", looking)
        await s.store.change("g1", STOP)
        seen.append(("answer", await s.bit("g1")))
    assert seen == [("journal", 0), ("answer", 1)]


async def test_without_a_journal_nothing_is_changed(folder: Path) -> None:
    async with opened(folder) as s:
        await s.record()
        journal = folder.parent / "journaal" / "intrekkingen"
        before = journal.read_bytes()
        journal.unlink()
        journal.mkdir()
        with pytest.raises(JournalFailedError):
            await s.store.change("g1", STOP)
        assert await s.bit("g1") == 0
        journal.rmdir()
        journal.write_bytes(before)
        await s.store.change("g1", STOP)
        assert await s.bit("g1") == 1


def test_a_line_cut_short_is_passed_over_and_the_rest_is_read(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    line = JournalLine(serial=1, source="0" * 20, number=1, index=1, bit=1, reason="ingetrokken")
    journal.append([line])
    whole = (tmp_path / "j").read_bytes()
    with (tmp_path / "j").open("ab") as file:
        file.write(whole[:20])
    assert [one.serial for one in journal.after(0)] == [1]
    journal.append([msgspec.structs.replace(line, serial=2), msgspec.structs.replace(line, serial=3)])
    assert [one.serial for one in journal.after(0)] == [1, 2, 3]
    assert [one.serial for one in journal.after(2)] == [3]


def test_a_journal_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    with pytest.raises(JournalFailedError):
        Journal(tmp_path / "weg" / "j")
    journal = Journal(tmp_path / "j")
    (tmp_path / "j").unlink()
    with pytest.raises(JournalFailedError):
        list(journal.after(0))
