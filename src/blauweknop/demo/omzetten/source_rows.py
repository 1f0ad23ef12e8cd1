# SPDX-License-Identifier: EUPL-1.2
"""Rows of the sources that no test file has as a whole: invented columns, and values of the personas beside them.

- A value of a persona is read from exactly one place, which the assignment names. The same fact under another name
  (`assets`/`bezittingen`, `monthly_income`/`maandelijks_inkomen`) is never read beside it: the file contradicts itself.
- A block with more than one record, or a record about another number, is refused.
- Whole floats become integers; amounts stay euro cents. Nothing is rounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .assignment import SourceRow, invented
from .origin import ConversionError, Facts, Json, Origin
from .personas import FILE, Personas

if TYPE_CHECKING:
    from collections.abc import Iterable

DIVIDED: Final = "gedeeld door 12: jaar naar maand"
_MONTHS: Final = 12
_STEPS: Final = 4


def people(rows: Iterable[SourceRow], source: str, personas: Personas) -> list[dict[str, Json]]:
    """The people of `source`, each with their lists, in the order of the assignment."""
    lists: dict[str, dict[str, list[Facts]]] = {}
    for place, row in enumerate(rows):
        if row.bron == source:
            lists.setdefault(row.bsn, {}).setdefault(row.lijst, []).append(_row(row, place, personas))
    found: list[dict[str, Json]] = []
    for bsn, named in lists.items():
        person = Facts()
        for name, items in named.items():
            person.put_list(name, items)
        found.append({"bsn": bsn, **person.tree, "herkomst": person.origins_json()})
    return found


def _row(row: SourceRow, place: int, personas: Personas) -> Facts:
    facts = Facts()
    for column, spot in row.uit.items():
        value, path = _persona_value(personas, spot)
        facts.put(f"/{column}", value, Origin(_kind(row, spot), FILE, path))
    for column, spot in row.gedeeld_door_12.items():
        value, path = _persona_value(personas, spot)
        if not isinstance(value, int) or value % _MONTHS:
            raise ConversionError(f"{spot} is no amount that can be divided by twelve")
        facts.put(f"/{column}", value // _MONTHS, Origin(_kind(row, spot), FILE, path, DIVIDED))
    for column, value in row.verzonnen.items():
        base = ("rij", place, "verzonnen", column)
        if isinstance(value, list):
            facts.put_list(column, [_item(item, (*base, index)) for index, item in enumerate(value)])
        else:
            facts.put(f"/{column}", value, invented(*base))
    return facts


def _item(item: dict[str, Json], base: tuple[str | int, ...]) -> Facts:
    facts = Facts()
    for name, value in item.items():
        facts.put(f"/{name}", value, invented(*base, name))
    return facts


def _kind(row: SourceRow, spot: str) -> Any:
    return "overgenomen" if spot.startswith(f"{row.bsn}/") else "toegewezen"


def _persona_value(personas: Personas, spot: str) -> tuple[str | int | bool, str]:
    """The value at `number/organisation/block/member`, and its place as a pointer. Raises: `ConversionError`."""
    steps = spot.split("/")
    if len(steps) != _STEPS:
        raise ConversionError(f"{spot}: write number/organisation/block/member")
    number, organisation, block, member = steps
    try:
        (record,) = personas.profiles[number]["sources"][organisation][block]
        value = record[member]
    except (KeyError, ValueError) as error:
        raise ConversionError(f"persona: no single {spot}") from error
    if record.get("bsn") != number:
        raise ConversionError(f"persona: {spot} is about another number")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int):
        raise ConversionError(f"persona: {spot} is no text or whole number")
    return value, f"/profiles/{number}/sources/{organisation}/{block}/0/{member}"
