# SPDX-License-Identifier: EUPL-1.2
"""From one row of the RvIG list to values of the BRP API, each with its origin and, where needed, a remark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from . import tables as t
from .dates import ListDate, parse_date
from .origin import Facts, Json, Origin

if TYPE_CHECKING:
    from .rvig_list import PersonList

FILE: Final = "brp/20220502_Testset_persoonslijsten_proefomgeving_GBA-V.csv"
_MUNICIPALITY_CODE: Final = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What every record is read with: the code tables and the last years that are believed."""

    tables: t.CodeTables
    last_year: int
    allowed_numbers: frozenset[str]
    last_year_ahead: int = 2100


@dataclass(slots=True)
class Cells:
    """Puts cells of one row into a record; an empty cell puts nothing."""

    person: PersonList
    row: int
    reading: Reading
    facts: Facts = field(default_factory=Facts)

    def get(self, column: str) -> str:
        """The cell without blanks around it."""
        return self.person.cell(self.row, column).strip()

    def origin(self, column: str, rule: str = "") -> Origin:
        """The place of a cell of this row."""
        return Origin("overgenomen", FILE, f"{self.person.name}/{self.row}/{column}", rule)

    def text(self, pointer: str, column: str) -> None:
        """A text, as it stands but for blanks around it."""
        if value := self.get(column):
            self.facts.put(pointer, value, self.origin(column))

    def number(self, pointer: str, column: str) -> None:
        """A whole number."""
        if value := self.get(column):
            self.facts.put(pointer, int(value), self.origin(column))

    def flag(self, pointer: str, column: str, yes: str = "1") -> None:
        """True where the cell holds `yes`; nothing otherwise."""
        if self.get(column) == yes:
            self.facts.put(pointer, value=True, origin=self.origin(column))

    def person_number(self, pointer: str, column: str) -> None:
        """A BSN, only where it is one of those the demo may hold: other people's numbers are not needed."""
        if (value := self.get(column)) in self.reading.allowed_numbers:
            self.facts.put(pointer, value, self.origin(column))

    def date(self, pointer: str, column: str, *, ahead: bool = False) -> ListDate | None:
        """A date as far as it is known; `ahead` for dates that may lie after the reference day."""
        if not (cell := self.get(column)):
            return None
        last_year = self.reading.last_year_ahead if ahead else self.reading.last_year
        date = parse_date(cell, last_year=last_year)
        self.facts.put(pointer, date.as_api(), self.origin(column))
        if not date.readable:
            self.facts.remark(pointer, "datum_onleesbaar", cell)
        return date

    def code(self, pointer: str, column: str, table: str) -> None:
        """A code with its words; a code outside its table stands without words, and is remarked."""
        if not (code := self.get(column)):
            return
        words = self.reading.tables.words(table, code)
        value: dict[str, Json] = {"code": code}
        if words is None:
            self.facts.remark(pointer, "code_onbekend", code)
        else:
            value["omschrijving"] = words
        self.facts.put(pointer, value, self.origin(column))

    def place(self, pointer: str, column: str) -> None:
        """A municipality code, or the name of a place abroad: the list uses one column for both."""
        cell = self.get(column)
        if _MUNICIPALITY_CODE.fullmatch(cell):
            self.code(pointer, column, t.MUNICIPALITY)
        elif cell:
            self.facts.put(pointer, {"omschrijving": cell}, self.origin(column))

    def name(self, prefix: str, category: str) -> None:
        """The name group (02) of a person or relative."""
        self.text(f"{prefix}/voornamen", f"{category}.02.10")
        self.title(f"{prefix}/adellijkeTitelPredicaat", f"{category}.02.20")
        self.text(f"{prefix}/voorvoegsel", f"{category}.02.30")
        self.text(f"{prefix}/geslachtsnaam", f"{category}.02.40")

    def title(self, pointer: str, column: str) -> None:
        """A title of nobility; the API wants to know which sort it is."""
        self.code(pointer, column, t.TITLE)
        value = self.facts.tree
        if (code := self.get(column)) and isinstance(value.get("naam"), dict):
            naam = value["naam"]
            if isinstance(naam, dict) and isinstance(title := naam.get("adellijkeTitelPredicaat"), dict):
                title["soort"] = "predicaat" if code in {"JH", "JV"} else "titel"

    def birth(self, prefix: str, category: str) -> None:
        """The birth group (03)."""
        self.date(f"{prefix}/datum", f"{category}.03.10")
        self.place(f"{prefix}/plaats", f"{category}.03.20")
        self.code(f"{prefix}/land", f"{category}.03.30", t.COUNTRY)
