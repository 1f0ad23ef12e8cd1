# SPDX-License-Identifier: EUPL-1.2
"""Connector ``sql``: one table or view of a database, read-only. SQLite now; others are refused with a clear word.

- Only the columns of the elements asked are selected, of the rows of this person alone.
- Identifiers come from the settings and are quoted; the person is a bound parameter.
- The query runs in a thread and is interrupted at the time-out. At most ``MAX_ROWS`` rows.
- A person is known when the table ``personen`` (or, without it, the table itself) has a row for them.

Spec: SQLite "URI filenames" (``mode=ro``).
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from blauweknop.adapters.connectors.contract import Answer, Finding, SourceFailedError, WrongPersonError
from blauweknop.adapters.connectors.findings import findings
from blauweknop.adapters.connectors.mapping import FlatReader, Record, RowMapper
from blauweknop.adapters.connectors.settings import TODAY
from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blauweknop.adapters.connectors.contract import Query
    from blauweknop.adapters.connectors.settings import SqlLink

_SQLITE: Final = "sqlite:///"
MAX_ROWS: Final = 1000
_KEY: Final = "bk_person"
_STEPS: Final = 1000  # virtual machine steps between two looks at the clock


class DatabaseRefusedError(ConfigurationError):
    """This database cannot be used as a source."""

    code = "database-geweigerd"


class SqlConnector:
    """One table of one SQLite file."""

    def __init__(self, link: SqlLink) -> None:
        """Raises: ``DatabaseRefusedError`` when ``verbinding`` is not ``sqlite:///PATH``."""
        if not link.connection.startswith(_SQLITE):
            raise DatabaseRefusedError("write sqlite:///PATH; other databases are not supported yet")
        self._link = link
        self._uri = f"file:{quote(str(Path(link.connection.removeprefix(_SQLITE)).absolute()))}?mode=ro"

    async def fetch(self, query: Query) -> Answer:
        """See the contract."""
        known, records = await self._records(query)
        mapper = RowMapper(self._link, query, FlatReader())
        if not known:
            return Answer(known=False, subject=query.subject)
        if query.definition.shape == "enkel":
            row, missing = mapper.single(records[0] if records else {})
            return Answer(known=True, subject=query.subject, rows=(row,), missing=(*mapper.not_mapped(), *missing))
        rows, gone = mapper.rows(records)
        return Answer(known=True, subject=query.subject, rows=rows, missing=(*mapper.not_mapped(), *gone))

    async def check(self, query: Query) -> Sequence[Finding]:
        """See the contract. Only what is mapped is selected, so there is nothing superfluous to point at."""
        return findings(self._link, query, await self.fetch(query), origin=self._origin)

    async def close(self) -> None:
        """Nothing is kept open."""

    def _origin(self, place: str) -> str:
        return f"{self._link.table}.{place}"

    async def _records(self, query: Query) -> tuple[bool, list[Record]]:
        deadline = time.monotonic() + query.timeout
        try:
            return await asyncio.to_thread(self._read, query, deadline)
        except sqlite3.OperationalError as error:
            if time.monotonic() >= deadline:
                raise SourceFailedError("te-laat") from error
            raise SourceFailedError("onbereikbaar: the database cannot be read as configured") from error
        except sqlite3.Error as error:
            raise SourceFailedError("onleesbaar: the database is damaged or is none") from error

    def _read(self, query: Query, deadline: float) -> tuple[bool, list[Record]]:
        with closing(sqlite3.connect(self._uri, uri=True, timeout=query.timeout)) as connection:
            connection.set_progress_handler(lambda: time.monotonic() >= deadline, _STEPS)
            connection.row_factory = sqlite3.Row
            rows = [dict(row) for row in connection.execute(self._statement(query), {"subject": query.subject})]
            if len(rows) > MAX_ROWS:
                raise SourceFailedError("te-groot")
            if any(not _is_subject(row.pop(_KEY), query.subject) for row in rows):
                raise WrongPersonError
            return bool(rows) or self._in_persons(connection, query.subject), rows

    def _in_persons(self, connection: sqlite3.Connection, subject: str) -> bool:
        if not self._link.persons:
            return False
        table = _quote(self._link.persons)
        key = f"{table}.{_quote(self._link.key)}"
        statement = f"SELECT 1 FROM {table} WHERE {key} = :subject"  # noqa: S608 - identifiers quoted, the person bound
        return connection.execute(statement, {"subject": subject}).fetchone() is not None

    def _statement(self, query: Query) -> str:
        mapped = [m.column for name in query.elements if (m := self._link.elements.get(name)) is not None]
        nested = [part.column for name in query.elements for part in _parts(self._link, name)]
        shared = [self._link.year, self._link.status, "" if self._today else self._link.reference_date]
        table = _quote(self._link.table)
        names = dict.fromkeys(name for name in (*mapped, *nested, *shared) if name)
        columns = "".join(f", {table}.{_quote(name)} AS {_quote(name)}" for name in names)
        key = f"{table}.{_quote(self._link.key)}"
        order = f" ORDER BY {table}.{_quote(self._link.order)}" if self._link.order else ""
        return (
            f"SELECT {key} AS {_KEY}{columns} FROM {table} "  # noqa: S608 - identifiers quoted, the person bound
            f"WHERE {key} = :subject{order} LIMIT {MAX_ROWS + 1}"
        )

    @property
    def _today(self) -> bool:
        return self._link.reference_date == TODAY


def _parts(link: SqlLink, name: str) -> list[Any]:
    mapping = link.elements.get(name)
    return list(mapping.parts.values()) if mapping is not None and not mapping.column else []


def _is_subject(cell: Any, subject: str) -> bool:
    """A number column has lost the zeros that a BSN may begin with."""
    return (str(cell).zfill(len(subject)) if isinstance(cell, int) else str(cell)) == subject


def _quote(identifier: str) -> str:
    """A quoted identifier. Columns always stand behind their table: alone, SQLite reads an unknown one as a text."""
    return '"' + identifier.replace('"', '""') + '"'
