# SPDX-License-Identifier: EUPL-1.2
"""Parents, partner and children of a person, as the person's own list names them.

Links are not always mutual, and a relative's own list can say otherwise: nothing is joined here. An empty record (a
parent never known, a child struck out) is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from . import tables as t
from .cells import Cells, Reading
from .investigation import mark

if TYPE_CHECKING:
    from .origin import Facts
    from .rvig_list import PersonList, Record

_IDENTIFYING: Final = ("01.20", "02.10", "02.40")


@dataclass(frozen=True, slots=True)
class Partner:
    """The present or last partner, the row that says so, and whether the bond has ended."""

    facts: Facts
    row: int
    ended: bool


def is_named(person: PersonList, record: Record) -> bool:
    """Whether the record names anybody at all."""
    return any(person.cell(record.row, f"{record.category}.{element}") for element in _IDENTIFYING)


def parents(person: PersonList, reading: Reading) -> list[Facts]:
    """Parent 1 (category 02) and parent 2 (03), where known."""
    found: list[Facts] = []
    for category, which in (("02", "1"), ("03", "2")):
        for record in person.records(category):
            if not is_named(person, record):
                continue
            cells = Cells(person, record.row, reading)
            cells.facts.put("/ouderAanduiding", which, cells.origin(f"{category}.02.40", rule=f"categorie {category}"))
            _relative(cells, category)
            cells.code("/geslacht", f"{category}.04.10", "geslacht")
            cells.date("/datumIngangFamilierechtelijkeBetrekking", f"{category}.62.10")
            mark(cells, record)
            found.append(cells.facts)
    return found


def children(person: PersonList, reading: Reading) -> list[Facts]:
    """The children, in the order of the list."""
    found: list[Facts] = []
    for record in person.records("09"):
        if is_named(person, record):
            cells = Cells(person, record.row, reading)
            _relative(cells, "09")
            mark(cells, record)
            found.append(cells.facts)
    return found


def partner(person: PersonList, reading: Reading) -> Partner | None:
    """The present partner, or else the one whose bond ended last, or None."""
    records = [record for record in person.records("05") if is_named(person, record)]
    if not records:
        return None
    present = [record for record in records if not person.cell(record.row, "05.07.10")]
    chosen = (
        present[0] if present else max(records, key=lambda record: person.cell(record.row, "05.07.10").ljust(8, "0"))
    )
    cells = Cells(person, chosen.row, reading)
    _relative(cells, "05")
    cells.code("/geslacht", "05.04.10", "geslacht")
    cells.code("/soortVerbintenis", "05.15.10", "verbintenis")
    cells.date("/ontbindingHuwelijkPartnerschap/datum", "05.07.10")
    _start_of_bond(cells, chosen)
    mark(cells, chosen)
    return Partner(cells.facts, chosen.row, ended=not present)


def _start_of_bond(cells: Cells, chosen: Record) -> None:
    """When and where the bond began: on the record itself or, once ended, on the newest history row that says it."""
    person = cells.person
    rows = [
        row
        for row in (chosen.row, *chosen.history)
        if person.cell(row, "05.06.10") and not person.is_incorrect(row, "05")
    ]
    if not rows:
        return
    begin = Cells(person, rows[0], cells.reading, cells.facts)
    begin.date("/aangaanHuwelijkPartnerschap/datum", "05.06.10")
    begin.place("/aangaanHuwelijkPartnerschap/plaats", "05.06.20")
    begin.code("/aangaanHuwelijkPartnerschap/land", "05.06.30", t.COUNTRY)


def _relative(cells: Cells, category: str) -> None:
    cells.person_number("/burgerservicenummer", f"{category}.01.20")
    cells.name("/naam", category)
    cells.birth("/geboorte", category)
