# SPDX-License-Identifier: EUPL-1.2
"""A process that redeems codes and says which were acknowledged, so that its parent can kill it.

Called as ``python -m tests.failure.grants_child DATABASE COUNT``; each line on standard output is the number of a code
whose redemption returned True before the process died.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from blauweknop.adapters.store.engine.migrate import load_migrations
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.grants.contract import NewCode, NewRefresh
from blauweknop.adapters.store.grants.sqlite import SqliteGrantStore
from blauweknop.core.oauth.model import CodeContent, RefreshContent

NOW = 1_793_000_000


def new_code(number: int) -> NewCode:
    content = CodeContent(
        client_id="https://a.example",
        redirect_uri="https://a.example/x",
        code_challenge="c",
        grant_id=f"g-{number}",
        kind="gegevensset",
    )
    return NewCode(code=f"c-{number}", content=content, expires_at=NOW + 60, kept_until=NOW + 360)


def new_refresh(number: int, name: str = "r") -> NewRefresh:
    content = RefreshContent(client_id="https://a.example", grant_id=f"g-{number}", kind="gegevensset")
    return NewRefresh(token=f"{name}-{number}", content=content, expires_at=NOW + 900)


def opened(path: Path) -> tuple[SqliteEngine, SqliteGrantStore]:
    engine = SqliteEngine.open(path, migrations=load_migrations("consent"))
    return engine, SqliteGrantStore(engine)


async def redeem_all(path: Path, count: int) -> None:
    engine, store = opened(path)

    async def one(number: int) -> None:
        if await store.redeem(f"c-{number}", new_refresh(number), now=NOW):
            os.write(1, f"{number}\n".encode())

    for first in range(0, count, 8):
        await asyncio.gather(*(one(number) for number in range(first, min(first + 8, count))))
    await engine.close()


if __name__ == "__main__":
    asyncio.run(redeem_all(Path(sys.argv[1]), int(sys.argv[2])))
