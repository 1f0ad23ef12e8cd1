# SPDX-License-Identifier: EUPL-1.2
"""A stop that was acknowledged is in the journal and in the store, whatever the disk did meanwhile."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec
import pytest

from blauweknop.adapters.store.consents.journal import Journal

from .consent_child import Said

if TYPE_CHECKING:
    from pathlib import Path


def stops(
    root: Path,
    folder: Path,
    preload: str,
    *,
    count: int = 12,
    kind: str = "none",
    persist: bool = False,
    early: bool = False,
) -> list[Said]:
    """What a child said of its stops."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]),
        "LD_PRELOAD": preload,
    }
    arguments = [str(folder), str(count), kind, str(int(persist)), str(int(early))]
    command = [sys.executable, "-m", "tests.failure.consent_child", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=environment, cwd=root, check=True, timeout=120)
    return [msgspec.json.decode(line, type=Said) for line in done.stdout.splitlines()]


def missing(folder: Path, said: list[Said]) -> list[str]:
    """Acknowledged stops that the journal or the store does not have."""
    journalled = {(one.number, one.index) for one in Journal(folder / "intrekkingen").after(0) if one.bit == 1}
    with closing(sqlite3.connect(folder / "toestemming.sqlite")) as connection:
        stored = {row[0] for row in connection.execute("SELECT consent FROM place WHERE bit = 1")}
    answered = [one for one in said if not one.error]
    lacking = [f"not in the journal: {one.consent}" for one in answered if _place(one) not in journalled]
    return lacking + [f"not in the store: {one.consent}" for one in answered if one.consent not in stored]


def _place(said: Said) -> tuple[int, int]:
    return int(said.list.rsplit("/", 1)[1]), said.index


def test_a_stop_syncs_journal_and_store_before_it_is_acknowledged(root: Path, tmp_path: Path, disk_faults: str) -> None:
    said = stops(root, tmp_path, disk_faults)
    assert len(said) == 12
    assert [one for one in said if one.error or one.synced < 2 or one.dirty] == []
    assert missing(tmp_path, said) == []


def test_a_build_that_acknowledges_a_stop_before_it_commits_is_caught(
    root: Path, tmp_path: Path, disk_faults: str
) -> None:
    said = stops(root, tmp_path, disk_faults, early=True)
    assert [one for one in said if one.synced < 2 or one.dirty] != []


@pytest.mark.parametrize("kind", ["sync", "write"])
@pytest.mark.parametrize("persist", [False, True], ids=["not persisted", "persisted"])
def test_no_failing_disk_loses_an_acknowledged_stop(
    root: Path, tmp_path: Path, disk_faults: str, *, kind: str, persist: bool
) -> None:
    said = stops(root, tmp_path, disk_faults, count=16, kind=kind, persist=persist)
    assert {one.error for one in said if one.error} <= {"journaal-onschrijfbaar", "opslag-mislukt", "opslag-vol"}
    assert any(one.error for one in said)
    assert any(not one.error for one in said)
    assert missing(tmp_path, said) == []
