# SPDX-License-Identifier: EUPL-1.2
"""What every store of the register promises (``adapters/store/participants/contract.py``)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from blauweknop.adapters.store.engine.errors import StoreConflictError
from blauweknop.adapters.store.participants.contract import (
    Change,
    Proposal,
    Publication,
    RegisterState,
    StoredKey,
    StoredParticipant,
)
from blauweknop.adapters.store.participants.sqlite import SqliteRegisterStore
from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role, Stage
from blauweknop.testing.register_service import registration

pytestmark = pytest.mark.anyio
OIN = "00000001234567890000"
WHO = StoredParticipant(
    registration=registration(OIN, "Demo", "https://demo.example", Role.REQUESTER),
    stage=Stage.APPLIED,
    since=5,
    status=17,
)
KEY = StoredKey(thumbprint="T" * 43, oin=OIN, purpose=KeyPurpose.DPOP, kid="T" * 43, status=18)
LINE = Change(at=5, account="anna", act="aanmelden", oin=OIN, content="{}")


@pytest.fixture(params=["sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqliteRegisterStore]:
    opened = SqliteRegisterStore.open(tmp_path / "register.db")
    yield opened
    await opened.close()


def enter(state: RegisterState) -> None:
    state.save_participant(WHO)
    state.add_key(KEY)
    state.append(LINE)


async def test_what_is_not_there_gives_none(store: SqliteRegisterStore) -> None:
    def look(state: RegisterState) -> tuple[Any, ...]:
        return (
            state.participant(OIN),
            state.account("anna"),
            state.proposal("x"),
            state.detail("x"),
            state.newest(),
            *state.participants(),
            *state.all_keys(),
            *state.changes(),
            *state.proposals(),
            *state.published(),
        )

    assert set(await store.read(look)) == {None}
    assert await store.read(lambda state: state.last_change()) == 0


async def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    first = SqliteRegisterStore.open(tmp_path / "again.db")
    await first.transact(enter)
    await first.close()
    second = SqliteRegisterStore.open(tmp_path / "again.db")
    found = await second.read(lambda state: (state.participant(OIN), state.all_keys(), state.changes()))
    await second.close()
    assert found[0] == WHO
    assert found[1] == [KEY]
    assert [line.content for line in found[2]] == ["{}"]


async def test_what_raises_leaves_nothing(store: SqliteRegisterStore) -> None:
    def half(state: RegisterState) -> None:
        enter(state)
        raise ValueError("half-way")

    with pytest.raises(ValueError, match="half-way"):
        await store.transact(half)
    assert await store.read(lambda state: (state.participants(), state.last_change())) == ([], 0)


async def test_numbers_follow_each_other_for_concurrent_writers(store: SqliteRegisterStore) -> None:
    numbers = await asyncio.gather(*(store.transact(lambda state: state.append(LINE)) for _ in range(20)))
    assert sorted(numbers) == list(range(1, 21))
    lines = await store.read(lambda state: state.changes(after=5, limit=3))
    assert [line.number for line in lines] == [6, 7, 8]


async def test_a_restored_backup_goes_on_above_what_was_seen(store: SqliteRegisterStore) -> None:
    await store.transact(enter)
    await store.transact(
        lambda state: state.save_publication(Publication(version=3, issued_at=9, change=1, token=b"t"))
    )
    await store.transact(lambda state: state.raise_numbers(800, LINE))
    newest, last = await store.read(lambda state: (state.newest(), state.last_change()))
    assert (newest.version if newest else 0, last) == (801, 801)
    await store.transact(lambda state: state.raise_numbers(10, LINE))
    newest, last = await store.read(lambda state: (state.newest(), state.last_change()))
    assert (newest.version if newest else 0, last) == (801, 802)


async def test_only_the_newest_signing_keeps_its_token(store: SqliteRegisterStore) -> None:
    for version in (1, 2):
        made = Publication(version=version, issued_at=version, change=0, token=b"token %d" % version)
        await store.transact(lambda state, made=made: state.save_publication(made))  # type: ignore[misc]
    newest = await store.read(lambda state: state.newest())
    assert newest == Publication(version=2, issued_at=2, change=0, token=b"token 2")


async def test_proposals_wait_until_they_are_approved(store: SqliteRegisterStore) -> None:
    made = Proposal(id="p", at=1, account="anna", act=Act.ADMIT, oin=OIN, content="{}", signature="s")
    await store.transact(lambda state: state.add_proposal(made))
    assert await store.read(lambda state: state.proposals()) == [made]
    await store.transact(lambda state: state.close_proposal("p"))
    assert await store.read(lambda state: state.proposals()) == []
    closed = await store.read(lambda state: state.proposal("p"))
    assert closed is not None
    assert closed.approved


async def test_details_keep_their_bytes(store: SqliteRegisterStore) -> None:
    for data in (b"one", b"two"):
        await store.transact(lambda state, data=data: state.save_detail("h", data))  # type: ignore[misc]
    assert await store.read(lambda state: state.detail("h")) == b"one"


def twice(name: str, *arguments: Any) -> Any:
    def work(state: RegisterState) -> None:
        for given in arguments:
            getattr(state, name)(*given)

    return work


@pytest.mark.parametrize(
    "work",
    [
        twice("add_key", (KEY,)),
        twice("add_account", ("anna", "{}"), ("anna", "[]")),
        twice("publish_entry", ("diensten:a/1", "x"), ("diensten:a/1", "y")),
        twice(
            "save_publication",
            (Publication(version=1, issued_at=1, change=0, token=b"t"),),
            (Publication(version=1, issued_at=1, change=0, token=b"u"),),
        ),
        twice("mark_compromised", (KEY.thumbprint, 5), (KEY.thumbprint, 6)),
    ],
)
async def test_what_contradicts_is_refused(store: SqliteRegisterStore, work: Any) -> None:
    def all_of_it(state: RegisterState) -> None:
        enter(state)
        work(state)

    with pytest.raises(StoreConflictError):
        await store.transact(all_of_it)


async def test_the_same_entry_may_be_published_again(store: SqliteRegisterStore) -> None:
    await store.transact(twice("publish_entry", ("diensten:a/1", "x"), ("diensten:a/1", "x")))
    assert await store.read(lambda state: dict(state.published())) == {"diensten:a/1": "x"}
