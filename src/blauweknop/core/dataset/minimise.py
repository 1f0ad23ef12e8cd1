# SPDX-License-Identifier: EUPL-1.2
"""Minimising: from what a source found to no more than what was granted, and a statement of what is not there.

- Only granted elements stay, in definition order; of a list or group only granted parts (``kinderen.geboortedatum``).
- In a set of rows with a period element, only rows whose year lies within the granted period stay; each whole year of
  the period without a row is stated as ``geen_waarde``.
- A granted element that the source gave no value for becomes a sealed null, unless it is stated as missing for another
  reason. Nothing that was not granted is named, not even as missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.path import parse_path
from blauweknop.core.dataset.value import Period, Row, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blauweknop.core.dataset.definition import DataSetDefinition, Element

Selection = dict[str, frozenset[str]]  # element id to granted parts; empty: the whole element


class Minimised(msgspec.Struct, frozen=True):
    """The rows that may go out, and what is missing from them."""

    rows: tuple[Row, ...]
    missing: tuple[MissingElement, ...]


def select(paths: Iterable[str]) -> Selection:
    """What ``paths`` grant. A whole element outweighs its parts. Raises: ``MalformedError`` for a path or an index."""
    chosen: dict[str, frozenset[str]] = {}
    for path in paths:
        name, *rest = (step.name for step in parse_path(path))
        if not rest or chosen.get(name) == frozenset():
            chosen[name] = frozenset()
        else:
            chosen[name] = chosen.get(name, frozenset()) | {rest[0]}
    return chosen


def _is_granted(path: str, selection: Selection) -> bool:
    name, *rest = (step.name for step in parse_path(path))
    parts = selection.get(name)
    return parts is not None and (not rest or not parts or rest[0] in parts)


def minimise(
    definition: DataSetDefinition,
    rows: tuple[Row, ...],
    missing: tuple[MissingElement, ...],
    *,
    paths: tuple[str, ...],
    period: Period | None,
) -> Minimised:
    """The granted part of ``rows`` and ``missing``; see the module."""
    selection = select(paths)
    elements = [element for element in definition.elements if element.id in selection]
    stated = tuple(item for item in missing if _is_granted(item.element, selection))
    gone = {item.element for item in stated if item.periode is None}
    kept = rows
    if period is not None and definition.period_element:
        kept = tuple(row for row in rows if _within(row.get(definition.period_element), period))
        stated += _years_without_row(definition.period_element, kept, period)
    return Minimised(rows=tuple(_granted(row, elements, selection, gone) for row in kept), missing=stated)


def _granted(row: Row, elements: list[Element], selection: Selection, gone: set[str]) -> Row:
    granted: Row = {}
    for element in elements:
        if element.id in gone:
            continue
        value = row.get(element.id) or Value(waarde=None, begrip=element.concept)
        parts = selection[element.id]
        granted[element.id] = _only_parts(value, parts) if parts else value
    return granted


def _only_parts(value: Value, parts: frozenset[str]) -> Value:
    inner = value.waarde
    if isinstance(inner, tuple):
        return msgspec.structs.replace(value, waarde=tuple(_pick(item, parts) for item in inner))
    if isinstance(inner, dict):
        return msgspec.structs.replace(value, waarde=_pick(inner, parts))
    return value


def _pick(row: Row, parts: frozenset[str]) -> Row:
    return {name: value for name, value in row.items() if name in parts}


def _year(value: Value | None) -> int | None:
    return value.waarde if value is not None and isinstance(value.waarde, int) else None


def _within(value: Value | None, period: Period) -> bool:
    year = _year(value)
    return year is not None and Period(van=f"{year:04}-01-01", tot=f"{year:04}-12-31").within(period)


def _years_without_row(element: str, rows: tuple[Row, ...], period: Period) -> tuple[MissingElement, ...]:
    found = {_year(row.get(element)) for row in rows}
    wanted = [
        Period(van=f"{year:04}-01-01", tot=f"{year:04}-12-31")
        for year in range(int(period.van[:4]), int(period.tot[:4]) + 1)
        if year not in found
    ]
    return tuple(
        MissingElement(element=element, reden=Missing.NO_VALUE, periode=year) for year in wanted if year.within(period)
    )
