# SPDX-License-Identifier: EUPL-1.2
"""Starts the child that writes, and looks at what it left behind."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from blauweknop.core.ledger.chain import ChainLink, verify_chain

from .fleet_kit import Fleet, running_fleet
from .store_child import Line, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def fleet(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """The services of a town, each in processes of its own."""
    with running_fleet(root, tmp_path_factory.mktemp("fleet")) as running:
        yield running


@dataclass(frozen=True)
class Children:
    """Starts children on one database."""

    root: Path
    path: Path
    preload: str = ""

    def start(self, do: str, **settings: Any) -> subprocess.Popen[bytes]:
        plan = msgspec.json.encode(Plan(path=str(self.path), do=do, **settings)).decode()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(self.root / "src"), str(self.root)])}
        if self.preload:
            environment["LD_PRELOAD"] = self.preload
        command = [sys.executable, "-m", "tests.failure.store_child", plan]
        return subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=self.root)

    def run(self, do: str, **settings: Any) -> tuple[list[Line], int]:
        """What the child said, and its return code."""
        with self.start(do, **settings) as child:
            said = child.communicate(timeout=120)[0]
        return [msgspec.json.decode(line, type=Line) for line in said.splitlines()], child.returncode


@pytest.fixture
def children(root: Path, tmp_path: Path) -> Children:
    return Children(root, tmp_path / "store.db")


@pytest.fixture(scope="session")
def disk_faults(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The library that counts syncs and makes them fail."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("counting syncs needs a C compiler on Linux; the kill campaign runs without")
    made = tmp_path_factory.mktemp("preload") / "disk_faults.so"
    source = root / "tests" / "failure" / "disk_faults.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", made, source, "-ldl"], check=True)
    return str(made)


@pytest.fixture
def watched_children(children: Children, disk_faults: str) -> Children:
    return Children(children.root, children.path, disk_faults)


def faults_in(path: Path, said: Iterable[Line]) -> list[str]:
    """What is wrong with the store at ``path``, given what was said about it; empty when nothing is."""
    with closing(sqlite3.connect(path)) as connection:
        found = [] if connection.execute("PRAGMA integrity_check").fetchone() == ("ok",) else ["damaged"]
        found += ["foreign key" for _ in connection.execute("PRAGMA foreign_key_check")]
        stored = {
            record: (citizen.hex(), number, leaf.hex())
            for record, citizen, number, leaf in connection.execute("SELECT id, citizen, number, leaf FROM log_record")
        }
        for (citizen,) in connection.execute("SELECT DISTINCT citizen FROM log_record"):
            rows = connection.execute(
                "SELECT entry, salt, leaf FROM log_record WHERE citizen = ? ORDER BY number", [citizen]
            )
            verify_chain(ChainLink(entry_json=entry, salt=salt, leaf=leaf) for entry, salt, leaf in rows)
        uncertain = {record for (record,) in connection.execute("SELECT id FROM log_record WHERE uncertain = 1")}
    answered = {line.id for line in said if not line.error}
    found += [f"stored, not acknowledged, yet certain: {record}" for record in stored.keys() - answered - uncertain]
    for line in said:
        if not line.error and stored.get(line.id) != (line.citizen, line.number, line.leaf):
            found.append(f"acknowledged, not stored: {line.id}")
    return found
