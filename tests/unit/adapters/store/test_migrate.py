# SPDX-License-Identifier: EUPL-1.2
"""Numbered migrations."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from blauweknop.adapters.store.engine.errors import StoreFailedError, StoreMigrationError, StoreNewerError
from blauweknop.adapters.store.engine.migrate import Migration, load_migrations, split_statements
from blauweknop.adapters.store.engine.sqlite import SqliteEngine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ONE = Migration(1, "one", "CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT;\n")
TWO = Migration(2, "two", "CREATE TABLE two (id INTEGER PRIMARY KEY) STRICT;\nINSERT INTO one VALUES (1);\n")


def start(path: Path, migrations: Sequence[Migration]) -> None:
    asyncio.run(SqliteEngine.open(path, migrations=migrations).close())


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_migrations_are_applied_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    start(path, [ONE])
    start(path, [ONE, TWO])
    start(path, [ONE, TWO])
    assert tables(path) == {"schema_migration", "one", "two"}


def test_a_store_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    start(path, [ONE, TWO])
    before = path.read_bytes()
    with pytest.raises(StoreNewerError):
        start(path, [ONE])
    assert path.read_bytes() == before
    start(path, [ONE, TWO])


def test_a_migration_changed_after_it_was_applied_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    start(path, [ONE, TWO])
    with pytest.raises(StoreMigrationError):
        start(path, [Migration(1, "one", ONE.sql + "-- changed\n"), TWO])


def test_a_migration_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    broken = Migration(2, "two", TWO.sql + "INSERT INTO nowhere VALUES (1);\n")
    with pytest.raises(StoreFailedError):
        start(path, [ONE, broken])
    assert tables(path) == {"schema_migration", "one"}
    start(path, [ONE, TWO])
    assert "two" in tables(path)


def test_a_last_statement_without_its_end_is_refused() -> None:
    assert [each.strip() for each in split_statements("SELECT 1;\n-- done\n")] == ["SELECT 1;"]
    with pytest.raises(StoreMigrationError):
        list(split_statements("SELECT 1;\nSELECT 2\n"))


def test_a_semicolon_in_a_trigger_does_not_end_it() -> None:
    trigger = "CREATE TRIGGER t BEFORE DELETE ON a\nBEGIN SELECT 1; SELECT 2; END;\n"
    assert list(split_statements(trigger)) == [trigger]


@pytest.mark.parametrize("files", [["0001_a.sql", "0003_b.sql"], ["0002_a.sql"], ["0001_a.sql", "0001_b.sql"]])
def test_a_gap_or_a_number_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: list[str]) -> None:
    package = f"steps_{files[0][:4]}_{files[-1][:6]}"
    folder = tmp_path / package / "service"
    folder.mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path))
    for each in (folder.parent, folder):
        (each / "__init__.py").write_text("")
    (folder / "0001_a.sql").write_text("SELECT 1;\n")
    assert [migration.name for migration in load_migrations("service", parent=package)] == ["a"]
    (folder / "0001_a.sql").unlink()
    for file in files:
        (folder / file).write_text("SELECT 1;\n")
    with pytest.raises(StoreMigrationError):
        load_migrations("service", parent=package)


@pytest.mark.parametrize("service", ["source", "consent"])
def test_the_migrations_of_a_service_are_numbered_without_gaps_and_apply(tmp_path: Path, service: str) -> None:
    found = load_migrations(service)
    assert [migration.number for migration in found] == list(range(1, len(found) + 1))
    assert found
    start(tmp_path / "store.db", found)
    assert "schema_migration" in tables(tmp_path / "store.db")


def test_the_databases_of_two_services_are_not_mixed_up(tmp_path: Path) -> None:
    assert load_migrations() == load_migrations("source")
    start(tmp_path / "store.db", load_migrations("source"))
    with pytest.raises(StoreMigrationError):
        start(tmp_path / "store.db", load_migrations("consent"))


@pytest.mark.parametrize("content", [b"no database at all " * 40, b"SQLite format 3\0" + b"\xff" * 4080])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    with pytest.raises(StoreFailedError) as caught:
        start(path, [ONE])
    assert caught.value.code == "opslag-beschadigd"
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_named_as_a_failure(tmp_path: Path) -> None:
    with pytest.raises(StoreFailedError):
        start(tmp_path / "nowhere" / "store.db", [ONE])
