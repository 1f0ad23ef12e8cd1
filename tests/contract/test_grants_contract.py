# SPDX-License-Identifier: EUPL-1.2
"""What every store of an authorization server does (adapters/store/grants/contract.py), over two open engines."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from blauweknop.adapters.store.engine.errors import StoreConflictError
from blauweknop.adapters.store.engine.migrate import load_migrations
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.grants.contract import GrantStore, NewCode, NewRefresh, StoredCode
from blauweknop.adapters.store.grants.sqlite import SqliteGrantStore
from blauweknop.core.consent.line import parse_lines
from blauweknop.core.oauth.model import CodeContent, PushedRequest, RefreshContent

pytestmark = pytest.mark.anyio
NOW = 1_793_000_000
CODE_CONTENT = CodeContent(
    client_id="https://a.example",
    redirect_uri="https://a.example/x",
    code_challenge="c",
    grant_id="g-1",
    kind="gegevensset",
)
CONTENT = RefreshContent(client_id="https://a.example", grant_id="g-1", kind="gegevensset")
LINES = parse_lines(
    [
        {
            "type": "eigen_inzage",
            "locations": ["https://bron.example"],
            "datatypes": ["inkomen/1"],
            "actions": ["ophalen"],
            "elementen": ["verzamelinkomen"],
            "periode": {"laatste": "P1Y"},
        }
    ]
)
PUSHED = PushedRequest(
    client_id="https://a.example", redirect_uri="https://a.example/x", code_challenge="c", lines=LINES, pushed_at=NOW
)


def a_code(code: str = "code-1", **changes: Any) -> NewCode:
    content = msgspec.structs.replace(CODE_CONTENT, **changes)
    return NewCode(code=code, content=content, expires_at=NOW + 60, kept_until=NOW + 360)


def a_refresh(token: str = "refresh-1", *, idle: int = 0, expires_at: int = NOW + 900, **changes: Any) -> NewRefresh:
    content = msgspec.structs.replace(CONTENT, **changes)
    return NewRefresh(token=token, content=content, expires_at=expires_at, idle_seconds=idle)


@dataclass(frozen=True)
class Two:
    """Two stores on one database, as two processes have them."""

    one: GrantStore
    other: GrantStore
    path: Path

    @property
    def both(self) -> list[GrantStore]:
        return [self.one, self.other]


@pytest.fixture(params=["sqlite"])
async def grants(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Two]:
    engines = [SqliteEngine.open(tmp_path / "store.db", migrations=load_migrations("consent")) for _ in range(2)]
    yield Two(SqliteGrantStore(engines[0]), SqliteGrantStore(engines[1]), tmp_path)
    for engine in engines:
        await engine.close()


async def test_a_pushed_request_is_given_until_it_is_taken_once(grants: Two) -> None:
    await grants.one.push("uri-1", PUSHED, expires_at=NOW + 90, now=NOW)
    assert await grants.other.load_request("uri-1") == PUSHED
    assert await grants.one.load_request("uri-2") is None
    taken = await asyncio.gather(*(store.take_request("uri-1") for store in grants.both * 10))
    assert taken.count(True) == 1
    assert await grants.one.load_request("uri-1") is None


async def test_a_request_uri_is_used_for_one_request(grants: Two) -> None:
    await grants.one.push("uri-1", PUSHED, expires_at=NOW + 90, now=NOW)
    with pytest.raises(StoreConflictError):
        await grants.other.push("uri-1", PUSHED, expires_at=NOW + 90, now=NOW)


async def test_of_twenty_redemptions_one_wins_and_the_others_end_what_came_of_it(grants: Two) -> None:
    await grants.one.add_code(a_code(), now=NOW)
    assert await grants.other.load_code("code-1") == StoredCode(content=CODE_CONTENT, expires_at=NOW + 60)
    outcomes = await asyncio.gather(
        *(store.redeem("code-1", a_refresh(f"r-{n}"), now=NOW) for n, store in enumerate(grants.both * 10))
    )
    assert outcomes.count(True) == 1
    assert [await grants.one.load_refresh(f"r-{n}") for n in range(20)] == [None] * 20
    assert await grants.one.load_code("code-1") == StoredCode(content=CODE_CONTENT, expires_at=NOW + 60, used=True)


async def test_a_code_redeemed_once_leaves_its_refresh_token_alone(grants: Two) -> None:
    await grants.one.add_code(a_code(), now=NOW)
    await grants.one.add_code(a_code("code-2"), now=NOW)
    assert await grants.one.redeem("code-1", a_refresh("r-1"), now=NOW)
    assert await grants.one.redeem("code-2", a_refresh("r-2"), now=NOW)
    assert not await grants.other.redeem("code-2", a_refresh("r-3"), now=NOW)
    found = [await grants.other.load_refresh(f"r-{n}") is not None for n in (1, 2, 3)]
    assert found == [True, False, False]


async def test_a_code_that_is_not_there_is_not_redeemed(grants: Two) -> None:
    assert not await grants.one.redeem("code-1", a_refresh(), now=NOW)
    assert await grants.one.load_refresh("refresh-1") is None
    assert await grants.one.load_code("code-1") is None


async def test_four_processes_redeem_one_code_once(grants: Two, root: Path) -> None:
    await grants.one.add_code(a_code(), now=NOW)
    script = (
        "import asyncio, sys; from pathlib import Path; from tests.contract.test_grants_contract import redeem_here;"
        "print(asyncio.run(redeem_here(Path(sys.argv[1]), sys.argv[2])))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    children = [
        subprocess.Popen(  # noqa: ASYNC220 - started together, waited for below
            [sys.executable, "-c", script, str(grants.path / "store.db"), f"r-{n}"],
            stdout=subprocess.PIPE,
            env=environment,
            cwd=root,
        )
        for n in range(4)
    ]
    said = [(await asyncio.to_thread(child.communicate))[0].strip() for child in children]
    assert sorted(said) == [b"False"] * 3 + [b"True"]


async def redeem_here(path: Path, token: str) -> bool:
    engine = SqliteEngine.open(path, migrations=load_migrations("consent"))
    outcome = await SqliteGrantStore(engine).redeem("code-1", a_refresh(token), now=NOW)
    await engine.close()
    return outcome


async def test_what_was_used_stays_used_after_a_restart(tmp_path: Path) -> None:
    async def opened() -> tuple[SqliteEngine, SqliteGrantStore]:
        engine = SqliteEngine.open(tmp_path / "store.db", migrations=load_migrations("consent"))
        return engine, SqliteGrantStore(engine)

    engine, store = await opened()
    await store.add_code(a_code(), now=NOW)
    assert await store.redeem("code-1", a_refresh(), now=NOW)
    assert await store.first_use("proof", "k", "j", until=NOW + 60, now=NOW)
    await engine.close()
    engine, store = await opened()
    assert await store.load_refresh("refresh-1")
    assert not await store.first_use("proof", "k", "j", until=NOW + 60, now=NOW)
    assert not await store.redeem("code-1", a_refresh("refresh-2"), now=NOW)
    await engine.close()


async def test_idle_time_moves_the_end_and_never_past_it(grants: Two) -> None:
    await grants.one.add_code(a_code(), now=NOW)
    assert await grants.one.redeem("code-1", a_refresh(idle=100, expires_at=NOW + 250), now=NOW)
    ends = []
    for at in (NOW + 90, NOW + 180, NOW + 170):
        await grants.other.use_refresh("refresh-1", now=at)
        stored = await grants.one.load_refresh("refresh-1")
        assert stored is not None
        ends.append(stored.expires_at - NOW)
    assert ends == [190, 250, 250]
    await grants.one.use_refresh("refresh-9", now=NOW)


async def test_without_idle_time_only_the_end_counts(grants: Two) -> None:
    await grants.one.add_code(a_code(), now=NOW)
    assert await grants.one.redeem("code-1", a_refresh(), now=NOW)
    await grants.one.use_refresh("refresh-1", now=NOW + 1)
    stored = await grants.one.load_refresh("refresh-1")
    assert stored is not None
    assert (stored.content, stored.expires_at) == (CONTENT, NOW + 900)


async def test_a_token_or_a_grant_is_ended_and_others_stay(grants: Two) -> None:
    for n, grant in enumerate(["g-1", "g-1", "g-2"]):
        await grants.one.add_code(a_code(f"c-{n}", grant_id=grant), now=NOW)
        await grants.one.redeem(f"c-{n}", a_refresh(f"r-{n}", grant_id=grant), now=NOW)
    assert await grants.other.end_refresh("r-0")
    assert not await grants.one.end_refresh("r-0")
    await grants.other.end_grant("g-1")
    await grants.other.end_grant("g-9")
    assert [await grants.one.load_refresh(f"r-{n}") is not None for n in range(3)] == [False, False, True]
    assert [await grants.one.load_code(f"c-{n}") is not None for n in range(3)] == [False, False, True]


async def test_a_name_is_used_for_the_first_time_once_for_each_kind_and_owner(grants: Two) -> None:
    uses = await asyncio.gather(
        *(store.first_use("proof", "key", "jti", until=NOW + 60, now=NOW) for store in grants.both * 10)
    )
    assert uses.count(True) == 1
    for kind, owner, name in [("assertion", "key", "jti"), ("proof", "key-2", "jti"), ("proof", "key", "jti-2")]:
        assert await grants.one.first_use(kind, owner, name, until=NOW + 60, now=NOW)
        assert not await grants.other.first_use(kind, owner, name, until=NOW + 60, now=NOW)


async def test_what_has_passed_goes_with_later_writes_and_what_has_not_stays(grants: Two) -> None:
    for n in range(40):
        await grants.one.first_use("proof", "key", str(n), until=NOW + 60, now=NOW)
        await grants.one.push(f"uri-{n}", PUSHED, expires_at=NOW + 90, now=NOW)
        await grants.one.add_code(a_code(f"c-{n}"), now=NOW)
        await grants.one.redeem(f"c-{n}", a_refresh(f"r-{n}"), now=NOW)
    late = NOW + 10_000
    for n in range(3):
        assert await grants.one.first_use("proof", "late", str(n), until=late + 60, now=late)
        await grants.one.push(f"late-{n}", PUSHED, expires_at=late + 90, now=late)
        await grants.one.add_code(a_code(f"late-{n}"), now=late)
        await grants.one.redeem("none", a_refresh(), now=late)
    assert [await grants.one.load_request(f"uri-{n}") for n in range(40)] == [None] * 40
    assert [await grants.one.load_refresh(f"r-{n}") for n in range(40)] == [None] * 40
    assert [await grants.one.load_code(f"c-{n}") for n in range(40)] == [None] * 40
    assert not await grants.one.first_use("proof", "late", "0", until=late + 60, now=late)
    assert await grants.one.load_request("late-0")


async def test_the_files_show_no_secret(grants: Two) -> None:
    secrets = ["uri-7f3a9c", "code-7f3a9c", "refresh-7f3a9c"]
    await grants.one.push(secrets[0], PUSHED, expires_at=NOW + 90, now=NOW)
    await grants.one.add_code(a_code(secrets[1]), now=NOW)
    await grants.one.redeem(secrets[1], a_refresh(secrets[2]), now=NOW)
    stored = b"".join(file.read_bytes() for file in grants.path.iterdir() if file.is_file())
    assert b"https://a.example" in stored  # the scan sees what is there
    assert not [secret for secret in secrets if secret.encode() in stored]
