# SPDX-License-Identifier: EUPL-1.2
"""Brings a database to the schema of this version by numbered migrations.

- each service has a database, and a folder of migrations, of its own;
- ``0001_name.sql``, ``0002_…``: numbers without gaps, applied in order, each in one transaction with its own row in
  ``schema_migration``. A process killed half-way leaves whole migrations only; the next start goes on from there.
- each row keeps the SHA-256 of the file: a migration that was changed after it was applied is refused;
- a database with a migration this version does not know was made by a newer version: refused, untouched;
- two processes starting together: one applies, the other finds it done (the number is read inside the transaction).
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import sqlite3
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from blauweknop.adapters.store.engine.errors import StoreMigrationError, StoreNewerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MIGRATIONS = "blauweknop.adapters.store.migrations"
_FILE = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_TABLE = """
CREATE TABLE IF NOT EXISTS schema_migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema; ``sql`` one or more statements."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, hex."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def load_migrations(service: str = "source", *, parent: str = _MIGRATIONS) -> tuple[Migration, ...]:
    """The migrations of one service's database in order; ``service``: its folder in the package ``parent``.

    Raises: ``StoreMigrationError`` for a gap or a number twice.
    """
    found: list[Migration] = []
    for file in resources.files(f"{parent}.{service}").iterdir():
        match = _FILE.fullmatch(file.name)
        if match:
            found.append(Migration(int(match[1]), match[2], file.read_text(encoding="utf-8")))
    found.sort(key=lambda migration: migration.number)
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise StoreMigrationError("the numbers of the migration files are not 1, 2, 3 …")
    return tuple(found)


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Applies what is missing. The connection is in autocommit mode.

    Raises: ``StoreNewerError``, ``StoreMigrationError``, ``sqlite3.Error``.
    """
    with _transaction(connection):
        connection.execute(_TABLE)
    _check_known(connection, migrations)
    for migration in migrations:
        _apply(connection, migration)


def _check_known(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    ours = {migration.number: migration.checksum for migration in migrations}
    for number, checksum in connection.execute("SELECT number, checksum FROM schema_migration ORDER BY number"):
        if number not in ours:
            raise StoreNewerError(f"it has migration {number}, this version knows up to {len(ours)}")
        if checksum != ours[number]:
            raise StoreMigrationError(f"migration {number} was changed after it was applied")


def _apply(connection: sqlite3.Connection, migration: Migration) -> None:
    # A crash anywhere in here leaves the database as before this migration: statements and row commit together.
    with _transaction(connection):
        done = connection.execute("SELECT 1 FROM schema_migration WHERE number = ?", [migration.number]).fetchone()
        if done is None:
            for statement in split_statements(migration.sql):
                connection.execute(statement)
            row = (migration.number, migration.name, migration.checksum)
            connection.execute("INSERT INTO schema_migration (number, name, checksum) VALUES (?, ?, ?)", row)


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def split_statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one (``executescript`` would commit the transaction they belong in)."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in pending.splitlines()):
        raise StoreMigrationError("the last statement of a migration does not end in ';'")
