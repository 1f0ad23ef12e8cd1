# SPDX-License-Identifier: EUPL-1.2
"""What processes of one service remember of the register in one folder: neither makes the other forget."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import pytest

from blauweknop.adapters.scheme.contract import Remembered
from blauweknop.adapters.scheme.memory import FileMemory, MemoryUnreadableError
from blauweknop.core.scheme.register import Seen


def remembered(version: int, serial: int, *, again: int = 0) -> Remembered:
    """``again``: how often that version and list were signed anew."""
    seen = Seen(version=version, issued_at=again, fingerprint=f"f{version}", participants=(), published={})
    return Remembered(
        token=f"register {version} {again}",
        accepted_at=again,
        seen=seen,
        serial=serial,
        status_list=f"list {serial} {again}",
        status_at=again,
    )


OLD, NEW_REGISTER, NEW_LIST = remembered(6, 11), remembered(7, 11), remembered(6, 12)
SIGNED_ANEW = remembered(7, 12, again=1)


@pytest.mark.parametrize("order", list(itertools.permutations([OLD, NEW_REGISTER, NEW_LIST])))
def test_the_newest_register_and_the_newest_list_stay_whoever_saves_last(
    tmp_path: Path, order: tuple[Remembered, ...]
) -> None:
    for one in order:
        asyncio.run(FileMemory(tmp_path / "m").save(one))
    kept = asyncio.run(FileMemory(tmp_path / "m").load())
    assert kept is not None
    assert (kept.token, kept.seen.version) == ("register 7 0", 7)
    assert (kept.status_list, kept.serial) == ("list 12 0", 12)


@pytest.mark.parametrize("order", list(itertools.permutations([NEW_REGISTER, NEW_LIST, SIGNED_ANEW])))
def test_what_was_signed_anew_is_newer(tmp_path: Path, order: tuple[Remembered, ...]) -> None:
    for one in order:
        asyncio.run(FileMemory(tmp_path).save(one))
    assert asyncio.run(FileMemory(tmp_path).load()) == SIGNED_ANEW


def test_many_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    async def whole() -> Remembered | None:
        each = [remembered(1 + number, 50 - number) for number in range(50)]
        await asyncio.gather(*(FileMemory(tmp_path).save(one) for one in each))
        return await FileMemory(tmp_path).load()

    kept = asyncio.run(whole())
    assert kept is not None
    assert (kept.seen.version, kept.serial) == (50, 50)


def test_a_damaged_memory_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "gezien.json").write_bytes(b"{")
    with pytest.raises(MemoryUnreadableError, match="damaged"):
        asyncio.run(FileMemory(tmp_path).save(OLD))
    assert (tmp_path / "gezien.json").read_bytes() == b"{"


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MemoryUnreadableError):
        asyncio.run(FileMemory(tmp_path / "file" / "m").save(OLD))
