# SPDX-License-Identifier: EUPL-1.2
"""kill -9 while codes are redeemed: what was acknowledged is used for good, and its refresh token is there."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .grants_child import NOW, new_code, new_refresh, opened

pytestmark = pytest.mark.anyio
CODES = 1500


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def killed_after(root: Path, path: Path, acknowledged: int) -> list[int]:
    """Starts the child and kills it once so many redemptions were acknowledged; all that were."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    command = [sys.executable, "-m", "tests.failure.grants_child", str(path), str(CODES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=root, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _ in range(acknowledged)]
        child.kill()
        said += child.stdout.readlines()
    return [int(line) for line in said if line.endswith("\n")]


async def test_a_kill_brings_no_used_code_back_and_loses_no_refresh_token(
    root: Path, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    chance = random.Random(7)
    for number in range(rounds(3, 100)):
        path = tmp_path / f"store-{number}.db"
        engine, store = opened(path)
        await asyncio.gather(*(store.add_code(new_code(code), now=NOW) for code in range(CODES)))
        await engine.close()
        acknowledged = killed_after(root, path, chance.randrange(1, 100))
        assert 0 < len(acknowledged) < CODES
        engine, store = opened(path)
        for code in acknowledged:
            assert await store.load_refresh(f"r-{code}") is not None
        for code in range(CODES):
            stored = await store.load_code(f"c-{code}")
            assert stored is not None
            # Whole or not at all: a code is used exactly when its refresh token is there.
            assert stored.used == (await store.load_refresh(f"r-{code}") is not None)
        for code in acknowledged:
            assert not await store.redeem(f"c-{code}", new_refresh(code, "again"), now=NOW)
        unused = [code for code in range(CODES) if await store.load_refresh(f"r-{code}") is None]
        left = next(code for code in unused if code not in acknowledged)
        assert await store.redeem(f"c-{left}", new_refresh(left, "again"), now=NOW)
        await engine.close()
