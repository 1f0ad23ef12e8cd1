# SPDX-License-Identifier: EUPL-1.2
"""What was acknowledged is on the disk, whatever happens to process and disk."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec
import pytest

from blauweknop.adapters.store.engine.migrate import Migration, load_migrations, split_statements
from blauweknop.adapters.store.engine.sqlite import SqliteEngine

from .conftest import Children, faults_in
from .store_child import Line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class TestSyncs:
    """A sync stands between each write and its acknowledgement."""

    def test_each_acknowledgement_comes_after_a_sync_of_all_that_was_written(self, watched_children: Children) -> None:
        said, code = watched_children.run("some", count=40)
        assert code == 0
        assert len(said) == 40
        assert [line for line in said if line.synced < 1 or line.dirty] == []

    def test_a_build_that_acknowledges_before_it_commits_is_caught(self, watched_children: Children) -> None:
        said, _code = watched_children.run("some", count=40, early=True)
        assert [line for line in said if line.synced < 1 or line.dirty] != []

    def test_one_sync_serves_many(self, watched_children: Children) -> None:
        said, code = watched_children.run("some", count=5, parallel=100)
        assert code == 0
        assert len(said) == 500
        assert max(line.synced for line in said) < 100

    @pytest.mark.parametrize("kind", ["sync", "write"])
    @pytest.mark.parametrize("persist", [False, True], ids=["not persisted", "persisted"])
    def test_the_nth_failure_loses_nothing_acknowledged(
        self, watched_children: Children, rounds: Callable[[int, int], int], *, kind: str, persist: bool
    ) -> None:
        count = rounds(20, 200)
        said, code = watched_children.run("faults", count=count, kind=kind, persist=persist, citizens=3)
        assert code == 0
        failed = [line for line in said if line.error]
        assert {line.error for line in failed} <= {"opslag-mislukt", "opslag-vol"}
        assert failed
        assert len(said) == 4 * count
        assert not any(line.error for line in said[3::4]), "it must work again without repair"
        assert faults_in(watched_children.path, said) == []

    def test_a_full_disk_says_so(self, watched_children: Children) -> None:
        said, _code = watched_children.run("faults", count=1, kind="write")
        assert {line.error for line in said if line.error} == {"opslag-vol"}


class TestKills:
    """kill -9 at any moment."""

    @pytest.mark.long
    def test_a_kill_loses_nothing_acknowledged(self, children: Children, rounds: Callable[[int, int], int]) -> None:
        chance = random.Random(9)
        acknowledged = 0
        for start in range(0, rounds(15, 1000), 20):
            # A new store now and then, or looking at what grew would take longer than killing.
            store = Children(children.root, children.path.with_name(f"{start}.db"))
            said: list[Line] = []
            for number in range(start, min(start + 20, rounds(15, 1000))):
                wanted = chance.choice([0, 1, 2, 5, chance.randrange(300)])
                said += kill_after(store, wanted, name=str(number))
                if store.path.exists():
                    start_and_stop(store.path)
                    assert faults_in(store.path, said) == []
            acknowledged += len(said)
        assert acknowledged > 100

    def test_a_kill_after_the_last_acknowledgement(self, children: Children) -> None:
        said, code = children.run("some", count=3)
        assert code == 0
        assert len(said) == 3
        assert faults_in(children.path, said) == []

    def test_a_build_that_acknowledges_before_it_commits_is_caught(self, children: Children) -> None:
        said, code = children.run("some", count=3, early=True)
        assert code == -signal.SIGKILL
        assert len(said) == 3
        assert faults_in(children.path, said) == [f"acknowledged, not stored: {said[-1].id}"]

    def test_two_processes_keep_one_order(self, children: Children) -> None:
        pair = [children.start("some", count=30, parallel=4, name=name, citizens=3) for name in "ab"]
        said: list[Line] = []
        for child in pair:
            with child:
                said += [
                    msgspec.json.decode(line, type=Line) for line in child.communicate(timeout=120)[0].splitlines()
                ]
            assert child.returncode == 0
        assert len(said) == 240
        assert not any(line.error for line in said)
        assert len({(line.citizen, line.number) for line in said}) == 240
        assert faults_in(children.path, said) == []


def test_many_processes_can_make_one_store(children: Children, rounds: Callable[[int, int], int]) -> None:
    for number in range(rounds(3, 30)):
        fresh = Children(children.root, children.path.with_name(f"{number}.db"))
        together = [fresh.start("some", count=1, name=name) for name in "abcd"]
        for child in together:
            with child:
                child.communicate(timeout=120)
        assert [child.returncode for child in together] == [0] * 4


def test_a_disk_without_room_refuses_and_recovers(children: Children) -> None:
    said, code = children.run("full", count=20)
    assert code == 0
    *while_full, after = said
    assert all(line.error for line in while_full)
    assert not after.error
    assert faults_in(children.path, said) == []


class TestUpgrade:
    """An upgrade that was killed half-way finishes at the second start."""

    MORE = Migration(
        len(load_migrations()) + 1,
        "more",
        "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;\nALTER TABLE more ADD COLUMN name TEXT;\n",
    )

    def test_at_any_statement(self, children: Children, rounds: Callable[[int, int], int], tmp_path: Path) -> None:
        steps = [*load_migrations(), self.MORE]
        start_and_stop(tmp_path / "whole.db", steps)
        statements = 8 + sum(2 + sum(1 for _ in split_statements(step.sql)) for step in steps)
        moments = range(1, statements + 1)
        for moment in random.Random(5).sample(moments, rounds(8, len(moments))):
            path = tmp_path / f"{moment}.db"
            plan = [(step.number, step.name, step.sql) for step in steps]
            _said, code = Children(children.root, path).run("upgrade", count=moment, migrations=plan)
            assert code in {-signal.SIGKILL, 0}
            start_and_stop(path, steps)
            assert schema_of(path) == schema_of(tmp_path / "whole.db")


def start_and_stop(path: Path, steps: list[Migration] | None = None) -> None:
    """Opens a store as a service does at its start, and closes it."""
    asyncio.run(SqliteEngine.open(path, migrations=steps).close())


def kill_after(children: Children, wanted: int, *, name: str) -> list[Line]:
    """Kills a child that delivers sixteen at once when it has said ``wanted`` lines; what it said till its death."""
    with children.start("forever", parallel=16, name=name) as child:
        assert child.stdout is not None
        read = [child.stdout.readline() for _ in range(wanted)]
        child.kill()
        read += child.stdout.readlines()
    assert child.returncode == -signal.SIGKILL
    return [msgspec.json.decode(line, type=Line) for line in read if line.endswith(b"\n")]


def schema_of(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        kept = connection.execute("SELECT number, checksum FROM schema_migration ORDER BY number").fetchall()
        return [*connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name"), *kept]
