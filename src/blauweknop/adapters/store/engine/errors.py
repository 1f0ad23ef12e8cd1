# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong with a store, and what SQLite's errors become.

Details name the kind of failure only: SQLite's own messages can quote names, never values, but even those stay inside
as the ``__cause__``.
"""

from __future__ import annotations

import sqlite3

from blauweknop.errors import Actor, BlauweKnopError, ConfigurationError, InfrastructureError


class StoreFailedError(InfrastructureError):
    """The store could not do its work; nothing of it was stored."""

    code = "opslag-mislukt"


class StoreFullError(StoreFailedError):
    """The disk of the store is full; nothing of this was stored."""

    code = "opslag-vol"


class StoreBusyError(StoreFailedError):
    """The store was held by another process for too long."""

    code = "opslag-bezet"


class StoreClosedError(StoreFailedError):
    """The store is closed."""

    code = "opslag-gesloten"
    retry = False


class StoreDamagedError(StoreFailedError):
    """The file of the store is damaged, or is not a store."""

    code = "opslag-beschadigd"
    retry = False


class StoreConflictError(StoreFailedError):
    """What was to be stored contradicts what is stored."""

    code = "opslag-strijdig"
    actor = Actor.CALLER
    retry = False


class StoreNewerError(ConfigurationError):
    """The store was made by a newer version of this program."""

    code = "opslag-nieuwer"


class StoreMigrationError(ConfigurationError):
    """The migrations of this program are not those the store was made with."""

    code = "opslag-migratie"


_PRIMARY = 0xFF  # the low byte of an extended result code (sqlite.org/rescode.html)
_BY_CODE: dict[int, type[StoreFailedError]] = {
    sqlite3.SQLITE_FULL: StoreFullError,
    sqlite3.SQLITE_BUSY: StoreBusyError,
    sqlite3.SQLITE_LOCKED: StoreBusyError,
    sqlite3.SQLITE_CORRUPT: StoreDamagedError,
    sqlite3.SQLITE_NOTADB: StoreDamagedError,
    sqlite3.SQLITE_CONSTRAINT: StoreConflictError,
}


def translated(error: BaseException) -> BaseException:
    """``error`` as an error of this room where it is SQLite's or the system's; anything else as it is."""
    if isinstance(error, BlauweKnopError) or not isinstance(error, sqlite3.Error | OSError):
        return error
    code: int | None = getattr(error, "sqlite_errorcode", None)
    kind = _BY_CODE.get(code & _PRIMARY, StoreFailedError) if code is not None else StoreFailedError
    ours = kind(getattr(error, "sqlite_errorname", "") or type(error).__name__)
    ours.__cause__ = error
    return ours
