# SPDX-License-Identifier: EUPL-1.2
"""What a requester remembers: durable, encrypted, a state once, nothing kept past its day."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

from blauweknop.adapters.store.asked.sqlite import SqliteAskedStore
from blauweknop.adapters.store.engine.migrate import load_migrations
from blauweknop.adapters.store.engine.sqlite import SqliteEngine

SECRET = b"s" * 32
CONTENT = b'{"verzamelinkomen":4217391}'


def run(path: Path, case: Callable[[SqliteAskedStore], Awaitable[None]], *, secret: bytes = SECRET) -> None:
    async def whole() -> None:
        engine = SqliteEngine.open(path / "vrager.sqlite", migrations=load_migrations("requester"))
        try:
            await case(SqliteAskedStore(engine, secret=secret, random=secrets.token_bytes))
        finally:
            await engine.close()

    asyncio.run(whole())


async def kept(store: SqliteAskedStore) -> None:
    await store.save("aanvraag", "toestand", CONTENT, due="2026-03-01")


def test_what_was_saved_is_there_after_a_restart(tmp_path: Path) -> None:
    run(tmp_path, kept)

    async def case(store: SqliteAskedStore) -> None:
        assert await store.load("aanvraag", "toestand") == CONTENT

    run(tmp_path, case)


def test_a_state_counts_once_whatever_the_number_of_callers(tmp_path: Path) -> None:
    async def case(store: SqliteAskedStore) -> None:
        await kept(store)
        taken = await asyncio.gather(*(store.take("aanvraag", "toestand") for _ in range(8)))
        assert taken.count(CONTENT) == 1
        assert taken.count(None) == 7

    run(tmp_path, case)


def test_another_name_kind_or_secret_gives_nothing(tmp_path: Path) -> None:
    async def case(store: SqliteAskedStore) -> None:
        await kept(store)
        assert await store.load("aanvraag", "andere") is None
        assert await store.load("toestemming", "toestand") is None

    async def stranger(store: SqliteAskedStore) -> None:
        assert await store.load("aanvraag", "toestand") is None

    run(tmp_path, case)
    run(tmp_path, stranger, secret=b"t" * 32)


def test_the_file_holds_neither_value_nor_name(tmp_path: Path) -> None:
    run(tmp_path, kept)
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"aanvraag" in stored
    assert b"4217391" not in stored
    assert b"toestand" not in stored


def test_what_is_due_today_stays_and_is_gone_tomorrow(tmp_path: Path) -> None:
    async def case(store: SqliteAskedStore) -> None:
        await kept(store)
        assert await store.delete_due("2026-03-01") == 0
        assert await store.delete_due("2026-03-02") == 1
        assert await store.load("aanvraag", "toestand") is None

    run(tmp_path, case)


def test_bk022_the_end_of_a_consent_brings_its_deliveries_forward_and_no_other(tmp_path: Path) -> None:
    async def case(store: SqliteAskedStore) -> None:
        await store.save("toestemming", "g1", CONTENT, due="2026-09-01")
        await store.save("levering", "a", CONTENT, due="2026-06-01", of="g1")
        await store.save("levering", "b", CONTENT, due="2026-03-01", of="g1")
        await store.save("levering", "c", CONTENT, due="2026-06-01", of="g2")
        await store.bring_forward("g1", due="2026-04-01")
        assert await store.delete_due("2026-04-01") == 1
        assert await store.load("levering", "b") is None
        assert await store.delete_due("2026-04-02") == 2
        assert await store.load("levering", "a") is None
        assert await store.load("toestemming", "g1") is None
        assert await store.load("levering", "c") == CONTENT

    run(tmp_path, case)


def test_deliveries_can_be_removed_and_the_consent_stays(tmp_path: Path) -> None:
    async def case(store: SqliteAskedStore) -> None:
        await store.save("toestemming", "g1", CONTENT, due="2026-09-01")
        await store.save("levering", "a", CONTENT, due="2026-06-01", of="g1")
        await store.save("levering", "c", CONTENT, due="2026-06-01", of="g2")
        await store.delete_deliveries("g1")
        found = [await store.load("levering", name) for name in ("a", "c")]
        assert found == [None, CONTENT]
        assert await store.load("toestemming", "g1") == CONTENT

    run(tmp_path, case)
