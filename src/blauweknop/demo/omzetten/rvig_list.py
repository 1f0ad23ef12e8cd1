# SPDX-License-Identifier: EUPL-1.2
"""Reads the RvIG list of person lists: which row of which list is a current record, and which is its history.

The file has one column per LO-GBA element (`01.02.10`: category, group, element) and several rows a person. A row with
a first column starts a list. Column `NN.H` of a row says what the *next* row holds for category NN: `NN` a further
current record (child, nationality, partner), `NN` + 50 the history of the same record.

- A row that nothing announces is history, and reported; only where it carries another person's A-number than the record
  before it is it a further record (one twin of the list), and reported too.
- `NN.84.10 = O` marks an incorrect record: kept apart, never handed out.
- Cells that hold another column's kind of value are reported as shifted.

What the cells mean is left to `brp_person.py`.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from .origin import ConversionError, Irregularity

CATEGORIES: Final = tuple(f"{number:02d}" for number in range(1, 14))
_HISTORY_OFFSET: Final = 50
_INCORRECT: Final = "O"
_FIRST_COLUMN: Final = "lijst"
_INVESTIGATION: Final = re.compile(r"\d{6}")
_DATE: Final = re.compile(r"\d{3,}")  # a shifted announcement has two digits; a short date still has three or more
_PERSON_NUMBER: Final = ("01.10", "01.20")
_SHIFT_CHECKS: Final = (("06.08.10", _DATE), ("04.82.20", re.compile(r"\d{8}")))


@dataclass(frozen=True, slots=True)
class Record:
    """One current record of a category: the row that holds it, and the rows that hold its history, newest first."""

    category: str
    row: int
    history: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PersonList:
    """One person: the list's name in the file and its rows, each a map from column to cell; empty cells are absent."""

    name: str
    rows: tuple[dict[str, str], ...]

    def cell(self, row: int, column: str) -> str:
        """The cell as the file has it, or the empty string."""
        return self.rows[row].get(column, "")

    @property
    def bsn(self) -> str:
        """The number of the person, empty where the list has none."""
        return self.cell(0, "01.01.20")

    def records(self, category: str) -> list[Record]:
        """The current records of a category, incorrect ones left out."""
        found, _ = _split(self, category)
        return [record for record in found if not self.is_incorrect(record.row, category)]

    def is_incorrect(self, row: int, category: str) -> bool:
        """Whether the record on this row is marked as incorrect (84.10)."""
        return self.cell(row, f"{category}.84.10") == _INCORRECT

    def has_incorrect(self) -> bool:
        """Whether any row of the list, history included, is marked as incorrect."""
        return any(self.is_incorrect(row, category) for row in range(len(self.rows)) for category in CATEGORIES)

    def open_investigation(self, record: Record) -> tuple[str, str] | None:
        """The code and the start date of an investigation that has not ended, or None.

        A code that is not six digits is a shifted cell, not an investigation.
        """
        code = self.cell(record.row, f"{record.category}.83.10")
        if not _INVESTIGATION.fullmatch(code) or self.cell(record.row, f"{record.category}.83.30"):
            return None
        return code, self.cell(record.row, f"{record.category}.83.20")

    def has_open_investigation(self) -> bool:
        """Whether any current record is under investigation."""
        return any(self.open_investigation(record) for category in CATEGORIES for record in _split(self, category)[0])


def read(text: str) -> tuple[PersonList, ...]:
    """The person lists of the file's text, in the order of the file.

    Raises:
        ConversionError: a row has another number of cells than the head, or rows come before the first list.
    """
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    head = [name or _FIRST_COLUMN for name in next(rows)]
    lists: list[tuple[str, list[dict[str, str]]]] = []
    for number, cells in enumerate(rows, start=2):
        if len(cells) != len(head):
            raise ConversionError(f"row {number} has {len(cells)} cells, the head {len(head)}")
        # A column name that stands twice (06.88.10) keeps its first cell: reversed, the first one is written last.
        row = {name: cell for name, cell in reversed(list(zip(head[1:], cells[1:], strict=True))) if cell}
        if cells[0]:
            lists.append((cells[0], []))
        if not lists:
            raise ConversionError(f"row {number} belongs to no list")
        lists[-1][1].append(row)
    return tuple(PersonList(name, tuple(rows)) for name, rows in lists)


def single(lists: tuple[PersonList, ...]) -> dict[str, PersonList]:
    """The lists by BSN, those left out whose BSN stands on more than one list."""
    counted = Counter(person.bsn for person in lists)
    return {person.bsn: person for person in lists if person.bsn and counted[person.bsn] == 1}


def irregularities(lists: tuple[PersonList, ...]) -> list[Irregularity]:
    """Everything in the lists that is against the file's own rules, in the order of the file."""
    found = [
        Irregularity("dubbel-bsn", ", ".join(person.name for person in lists if person.bsn == bsn), bsn)
        for bsn, times in Counter(person.bsn for person in lists if person.bsn).items()
        if times > 1
    ]
    for person in lists:
        if not person.bsn:
            found.append(Irregularity("geen-bsn", person.name, "01.01.20"))
        for category in CATEGORIES:
            found += _split(person, category)[1]
            found += _bad_announcements(person, category)
        found += _shifted_cells(person)
    return found


def _split(person: PersonList, category: str) -> tuple[list[Record], list[Irregularity]]:
    """The records of a category with their history, and the rows that break the rule of `NN.H`."""
    records: list[tuple[int, list[int]]] = []
    broken: list[Irregularity] = []
    announced = category
    for number, row in enumerate(person.rows):
        where = f"{person.name}/{number}/{category}"
        if _is_filled(row, category):
            kind = _kind(person, category, number, announced, records)
            if announced not in {category, _history_code(category)} and number:
                broken.append(Irregularity("niet-aangekondigd", where, f"{kind} genomen"))
            if kind == "record":
                records.append((number, []))
            elif records:  # history of a record that is not there is nobody's
                records[-1][1].append(number)
        elif announced and number:
            broken.append(Irregularity("aangekondigd-maar-leeg", where, announced))
        announced = row.get(f"{category}.H", "")
    return [Record(category, row, tuple(history)) for row, history in records], broken


def _is_filled(row: dict[str, str], category: str) -> bool:
    return any(name.startswith(f"{category}.") and name != f"{category}.H" for name in row)


def _kind(person: PersonList, category: str, number: int, announced: str, before: list[tuple[int, list[int]]]) -> str:
    if announced == category:
        return "record"
    if announced == _history_code(category) or not before:
        return "historie"
    last, _ = before[-1]
    numbers = [
        (person.cell(last, f"{category}.{element}"), person.cell(number, f"{category}.{element}"))
        for element in _PERSON_NUMBER
    ]
    return "record" if any(old and new and old != new for old, new in numbers) else "historie"


def _history_code(category: str) -> str:
    return str(int(category) + _HISTORY_OFFSET)


def _bad_announcements(person: PersonList, category: str) -> list[Irregularity]:
    """Announcements that mean nothing, and those on the last row of a list."""
    found: list[Irregularity] = []
    for number in range(len(person.rows)):
        value = person.cell(number, f"{category}.H")
        where = f"{person.name}/{number}/{category}.H"
        if value and value not in {category, _history_code(category)}:
            found.append(Irregularity("aankondiging-onleesbaar", where, value))
        elif value and number == len(person.rows) - 1:
            found.append(Irregularity("aankondiging-zonder-rij", where, value))
    return found


def _shifted_cells(person: PersonList) -> list[Irregularity]:
    found: list[Irregularity] = []
    for number, row in enumerate(person.rows):
        shifted = [name for name, form in _SHIFT_CHECKS if name in row and not form.fullmatch(row[name])]
        shifted += [name for name in row if name.endswith(".83.10") and not _INVESTIGATION.fullmatch(row[name])]
        found += [Irregularity("verschoven-cel", f"{person.name}/{number}/{name}", row[name]) for name in shifted]
    return found
