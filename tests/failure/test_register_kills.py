# SPDX-License-Identifier: EUPL-1.2
"""kill -9 of a register that decides and signs: nothing acknowledged is missing, no number is used twice."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from blauweknop.adapters.keys.register_folder import load_register_trust, register_trust_folder
from blauweknop.adapters.store.participants.sqlite import SqliteRegisterStore
from blauweknop.core.scheme.register import NOTHING_SEEN, Nothing, Seen, parse_register
from blauweknop.core.wire.strict_json import parse_object

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def run_and_kill(root: Path, folder: Path, lines: int) -> list[tuple[int, int]]:
    """What the child acknowledged before it was killed after ``lines`` lines."""
    command = [sys.executable, "-m", "tests.failure.register_child", str(folder)]
    said: list[tuple[int, int]] = []
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=root, text=True) as child:
        assert child.stdout is not None
        while len(said) < lines:
            number, version = child.stdout.readline().split()
            said.append((int(number), int(version)))
        child.kill()
        rest = [line.split() for line in child.stdout.read().splitlines()]
    return said + [(int(line[0]), int(line[1])) for line in rest if len(line) == 2]


async def stored(folder: Path) -> tuple[list[int], int, bytes]:
    store = SqliteRegisterStore.open(folder / "opslag" / "register.sqlite")
    changes = await store.read(lambda state: [change.number for change in state.changes(limit=100_000)])
    newest = await store.read(lambda state: state.newest())
    await store.close()
    assert newest is not None
    return changes, newest.version, newest.token


@pytest.mark.long
def test_a_kill_of_the_register_loses_no_decision_and_no_version(
    root: Path, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    chance = random.Random(18)
    seen: Seen | Nothing = NOTHING_SEEN
    highest = 0
    for _ in range(rounds(2, 50)):
        said = run_and_kill(root, tmp_path, chance.randrange(1, 25))
        numbers, version, token = asyncio.run(stored(tmp_path))
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= max(number for number, _ in said)
        assert version >= max(made for _, made in said) > highest - 1
        trust = load_register_trust(register_trust_folder(tmp_path), "test")
        unverified = parse_register(token)
        issued_at = parse_object(unverified.jws.dangerous_payload)["iat"]
        seen = unverified.verify(trust, at=issued_at, last_seen=seen).seen()
        highest = version
