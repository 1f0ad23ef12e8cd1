# SPDX-License-Identifier: EUPL-1.2
"""Connector ``csv``: a file with a header line, such as a nightly extract.

- The file is read anew for every question, line by line, so a new extract counts at once and nothing is kept.
- A line with more or fewer cells than the header, or an absent column, makes the file unreadable: no half answers.
- Only the cells of the elements asked leave this module.
- A person without a line is not known here.

Spec: RFC 4180 (delimiter and encoding as configured; a BOM is skipped).
"""

from __future__ import annotations

import asyncio
import csv
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.connectors.contract import Answer, Finding, SourceFailedError
from blauweknop.adapters.connectors.findings import findings
from blauweknop.adapters.connectors.mapping import FlatReader, Record, RowMapper
from blauweknop.adapters.connectors.settings import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blauweknop.adapters.connectors.contract import Query
    from blauweknop.adapters.connectors.settings import CsvLink

MAX_ROWS: Final = 1000
_LINES: Final = 2000  # lines between two looks at the clock


class CsvConnector:
    """One CSV file."""

    def __init__(self, link: CsvLink) -> None:
        self._link = link

    async def fetch(self, query: Query) -> Answer:
        """See the contract."""
        return (await self._fetch(query))[0]

    async def check(self, query: Query) -> Sequence[Finding]:
        """See the contract. Points at columns of the file that no element uses."""
        answer, header = await self._fetch(query)
        superfluous = [name for name in header if name not in self._mapped()]
        return findings(self._link, query, answer, origin=self._origin, superfluous=superfluous)

    async def close(self) -> None:
        """Nothing is kept open."""

    def _origin(self, place: str) -> str:
        return f"{Path(self._link.file).name}: {place}"

    def _mapped(self) -> set[str]:
        link = self._link
        places = {one.column for m in link.elements.values() for one in (m, *(() if m.column else m.parts.values()))}
        shared = {link.key, link.year, link.status, "" if link.reference_date == TODAY else link.reference_date}
        return (places | shared) - {""}

    async def _fetch(self, query: Query) -> tuple[Answer, list[str]]:
        deadline = time.monotonic() + query.timeout
        header, records = await asyncio.to_thread(self._read, query.subject, deadline)
        mapper = RowMapper(self._link, query, FlatReader())
        if not records:
            return Answer(known=False, subject=query.subject), header
        if query.definition.shape == "enkel":
            row, missing = mapper.single(records[0])
            answer = Answer(known=True, subject=query.subject, rows=(row,), missing=(*mapper.not_mapped(), *missing))
            return answer, header
        rows, gone = mapper.rows(records)
        return Answer(known=True, subject=query.subject, rows=rows, missing=(*mapper.not_mapped(), *gone)), header

    def _read(self, subject: str, deadline: float) -> tuple[list[str], list[Record]]:
        codec = "utf-8-sig" if self._link.encoding == "utf-8" else "cp1252"
        try:
            with Path(self._link.file).open(encoding=codec, newline="") as file:
                reader = csv.reader(file, delimiter=self._link.delimiter, strict=True)
                header = next(reader, [])
                self._check_header(header)
                return header, list(self._of(subject, header, reader, deadline))
        except OSError as error:
            raise SourceFailedError("onbereikbaar: the file cannot be read") from error
        except (csv.Error, UnicodeDecodeError) as error:
            raise SourceFailedError("onleesbaar: not CSV in the encoding configured") from error

    def _check_header(self, header: list[str]) -> None:
        if absent := sorted(self._mapped() - set(header)):
            raise SourceFailedError(f"onleesbaar: the file has no column {', '.join(absent)}")
        if len(set(header)) != len(header):
            raise SourceFailedError("onleesbaar: a column name stands twice")

    def _of(self, subject: str, header: list[str], lines: Iterator[list[str]], deadline: float) -> Iterator[Record]:
        key = header.index(self._link.key)
        found = 0
        for number, cells in enumerate(lines):
            if number % _LINES == 0 and time.monotonic() >= deadline:
                raise SourceFailedError("te-laat")
            if len(cells) != len(header):
                raise SourceFailedError(f"onleesbaar: record {number + 1} has another number of cells than the header")
            if cells[key].strip() != subject:
                continue
            found += 1
            if found > MAX_ROWS:
                raise SourceFailedError("te-groot")
            yield dict(zip(header, cells, strict=True))
