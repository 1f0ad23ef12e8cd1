# SPDX-License-Identifier: EUPL-1.2
"""How a database file of SQLite is opened: durable, for its owner only, one process at a time.

Every connection is in autocommit mode, with WAL, ``synchronous=FULL`` and foreign keys, and waits for other processes.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from typing import TYPE_CHECKING

from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables; RETURNING came with 3.35
_WAL_KEPT = 64 * 1024 * 1024


def check_version() -> None:
    """Raises: ``ConfigurationError`` where Python comes with an SQLite that is too old."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise ConfigurationError(f"SQLite {sqlite3.sqlite_version} is too old: 3.37 or newer is needed")


def connect(path: Path, busy_seconds: float, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection that any thread may use, one at a time. Raises: ``sqlite3.Error``."""
    connection = sqlite3.connect(
        path, timeout=busy_seconds, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"journal_size_limit={_WAL_KEPT}"):
            connection.execute(f"PRAGMA {setting}")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def make_private(path: Path) -> None:
    """Makes the file with mode 0600 where there is none. Raises: ``OSError``."""
    # SQLite gives the files beside it (-wal, -shm) the mode of the database. A file that is there is not opened:
    # closing it again would drop the locks that this process may hold on it (sqlite.org/howtocorrupt.html §2.2).
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


@contextlib.contextmanager
def folder_alone(folder: Path) -> Iterator[None]:
    """Keeps other processes from opening a store in ``folder`` meanwhile, and makes new names in it durable.

    Two processes that turn one new file to WAL at the same moment do not wait for each other. Raises: ``OSError``.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
