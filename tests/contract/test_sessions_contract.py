# SPDX-License-Identifier: EUPL-1.2
"""What every store of sessions does (adapters/store/sessions/contract.py)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from blauweknop.adapters.store.engine.errors import StoreConflictError

if TYPE_CHECKING:
    from .conftest import Stores

pytestmark = pytest.mark.anyio

NOW = 1_793_000_000
CANARY = b"kanarie-7f3a"


async def test_a_session_holds_its_content_until_it_expires(stores: Stores) -> None:
    session = await stores.sessions.create(CANARY, expires_at=NOW + 900, now=NOW)
    assert await stores.sessions.load(session, now=NOW + 899) == CANARY
    assert await stores.sessions.load(session, now=NOW + 900) is None


async def test_another_id_opens_nothing(stores: Stores) -> None:
    session = await stores.sessions.create(CANARY, expires_at=NOW + 900, now=NOW)
    assert await stores.sessions.load(session, now=NOW) == CANARY
    assert await stores.sessions.load(session[:-1] + ("A" if session[-1] != "A" else "B"), now=NOW) is None
    assert await stores.sessions.load("", now=NOW) is None
    assert await stores.attempts.take(session, now=NOW) is None


async def test_an_ended_session_is_gone(stores: Stores) -> None:
    session = await stores.sessions.create(CANARY, expires_at=NOW + 900, now=NOW)
    assert await stores.sessions.load(session, now=NOW) == CANARY
    await stores.sessions.end(session)
    await stores.sessions.end(session)
    assert await stores.sessions.load(session, now=NOW) is None


async def test_a_renewed_session_has_another_id_and_the_old_one_is_gone(stores: Stores) -> None:
    session = await stores.sessions.create(b"voor", expires_at=NOW + 900, now=NOW)
    renewed = await stores.sessions.renew(session, b"na", expires_at=NOW + 1800, now=NOW)
    assert renewed is not None
    assert await stores.sessions.load(renewed, now=NOW + 1000) == b"na"
    assert await stores.sessions.load(session, now=NOW) is None
    assert await stores.sessions.renew(session, b"na", expires_at=NOW + 1800, now=NOW) is None


async def test_an_updated_session_keeps_its_id(stores: Stores) -> None:
    session = await stores.sessions.create(b"voor", expires_at=NOW + 900, now=NOW)
    assert await stores.sessions.update(session, b"na", expires_at=NOW + 1800, now=NOW + 899)
    assert await stores.sessions.load(session, now=NOW + 1799) == b"na"
    assert await stores.sessions.load(session, now=NOW + 1800) is None


async def test_what_is_no_session_cannot_be_updated(stores: Stores) -> None:
    session = await stores.sessions.create(b"voor", expires_at=NOW + 900, now=NOW)
    assert not await stores.sessions.update(session, b"na", expires_at=NOW + 1800, now=NOW + 900)
    assert await stores.sessions.load(session, now=NOW) == b"voor"
    await stores.sessions.end(session)
    assert not await stores.sessions.update(session, b"na", expires_at=NOW + 1800, now=NOW)
    assert await stores.sessions.load(session, now=NOW) is None


async def test_an_expired_session_cannot_be_renewed(stores: Stores) -> None:
    session = await stores.sessions.create(b"voor", expires_at=NOW + 900, now=NOW)
    assert await stores.sessions.renew(session, b"na", expires_at=NOW + 1800, now=NOW + 900) is None


async def test_an_updated_session_keeps_its_id_and_moves_its_end(stores: Stores) -> None:
    session = await stores.sessions.create(b"voor", expires_at=NOW + 900, now=NOW)
    assert await stores.sessions.update(session, b"na", expires_at=NOW + 1800, now=NOW)
    assert await stores.sessions.load(session, now=NOW + 1000) == b"na"


async def test_what_is_over_or_of_another_kind_cannot_be_updated(stores: Stores) -> None:
    session = await stores.sessions.create(b"voor", expires_at=NOW + 900, now=NOW)
    await stores.attempts.save("state", CANARY, expires_at=NOW + 900, now=NOW)
    assert not await stores.sessions.update(session, b"na", expires_at=NOW + 1800, now=NOW + 900)
    assert not await stores.sessions.update("state", b"na", expires_at=NOW + 1800, now=NOW)
    await stores.sessions.end(session)
    assert not await stores.sessions.update(session, b"na", expires_at=NOW + 1800, now=NOW)
    assert await stores.attempts.take("state", now=NOW) == CANARY


async def test_of_many_takers_one_gets_the_login(stores: Stores) -> None:
    await stores.attempts.save("state", CANARY, expires_at=NOW + 300, now=NOW)
    taken = await asyncio.gather(*(stores.attempts.take("state", now=NOW) for _ in range(20)))
    assert taken.count(CANARY) == 1
    assert taken.count(None) == 19


async def test_a_login_that_expired_is_not_given(stores: Stores) -> None:
    await stores.attempts.save("state", CANARY, expires_at=NOW + 300, now=NOW)
    assert await stores.attempts.take("state", now=NOW + 300) is None
    assert await stores.attempts.take("state", now=NOW) is None


async def test_a_state_is_used_for_one_login(stores: Stores) -> None:
    await stores.attempts.save("state", CANARY, expires_at=NOW + 300, now=NOW)
    with pytest.raises(StoreConflictError):
        await stores.attempts.save("state", b"ander", expires_at=NOW + 300, now=NOW)
    assert await stores.attempts.take("state", now=NOW) == CANARY


async def test_the_files_show_neither_id_nor_content(stores: Stores) -> None:
    session = await stores.sessions.create(CANARY, expires_at=NOW + 900, now=NOW)
    await stores.attempts.save("state-9d1c", CANARY, expires_at=NOW + 300, now=NOW)
    files = [file for file in stores.path.iterdir() if file.is_file()]
    stored = b"".join(file.read_bytes() for file in files)
    assert b"attempt" in stored  # the scan sees what is there
    for secret in (CANARY, session.encode(), b"state-9d1c"):
        assert secret not in stored
    assert {file.stat().st_mode & 0o077 for file in files} == {0}
