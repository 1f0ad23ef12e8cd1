# SPDX-License-Identifier: EUPL-1.2
"""The dry run in lines: for each element where its value stood and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.adapters.connectors.contract import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from blauweknop.adapters.connectors.contract import Answer, Query
    from blauweknop.adapters.connectors.settings import ElementMapping, Link
    from blauweknop.core.dataset.definition import Element
    from blauweknop.core.dataset.value import Row, Value

_UNKNOWN = "(person not known)"
_NONE = "(no value)"
_NOT_GIVEN = "(not delivered)"
_NO_ROWS = "(no rows)"
_ITEMS_SHOWN = 5


def findings(
    link: Link, query: Query, answer: Answer, *, origin: Callable[[str], str], superfluous: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """One line per element (and per part of it), then one per place that was fetched but is not mapped."""
    lines = [
        line
        for name in query.elements
        if (element := query.definition.element(name)) is not None
        for line in _element(element, link.elements.get(name), answer, origin)
    ]
    advice = "Fetched but not used: do not ask for it, or leave it out of the answer."
    lines += [Finding(element="", origin=origin(place), shown="", advice=advice) for place in superfluous]
    return tuple(lines)


def _element(
    element: Element, mapping: ElementMapping | None, answer: Answer, origin: Callable[[str], str]
) -> Iterator[Finding]:
    if mapping is None:
        advice = f"Add [gegevensset.koppeling.elementen.{element.id}] if you hold this."
        yield Finding(element=element.id, origin="", shown=_NOT_GIVEN, advice=advice)
        return
    values = [value for row in answer.rows if (value := row.get(element.id)) is not None]
    yield _line(element.id, _where(mapping, origin), _shown(answer, values))
    for part in element.parts:
        inner = mapping.parts.get(part.id)
        found = [row[part.id] for value in values for row in _rows(value) if part.id in row]
        where = _where(inner, origin) if inner is not None else ""
        yield _line(f"{element.id}.{part.id}", where, _shown(answer, found))


def _line(element: str, where: str, shown: str) -> Finding:
    not_given = "Its code is not in the settings or the definition, or the system cannot give it." if where else ""
    return Finding(element=element, origin=where, shown=shown, advice=not_given if shown == _NOT_GIVEN else "")


def _where(mapping: ElementMapping, origin: Callable[[str], str]) -> str:
    if mapping.derived:
        return f"derived: {mapping.derived}"
    if mapping.fixed is not None:
        return "fixed"
    return origin(mapping.place)


def _rows(value: Value) -> tuple[Row, ...]:
    match value.waarde:
        case tuple():
            return value.waarde
        case dict():
            return (value.waarde,)
        case _:
            return ()


def _shown(answer: Answer, values: list[Value]) -> str:
    if not answer.known:
        return _UNKNOWN
    if not answer.rows:
        return _NO_ROWS
    if not values:
        return _NOT_GIVEN
    more = f" … ({len(values)})" if len(values) > _ITEMS_SHOWN else ""
    return " | ".join(_text(value) for value in values[:_ITEMS_SHOWN]) + more


def _text(value: Value) -> str:
    if isinstance(value.waarde, tuple):
        text = f"{len(value.waarde)}×"
    elif isinstance(value.waarde, dict):
        text = "(group)"
    else:
        text = _NONE if value.waarde is None else str(value.waarde)
    notes = [note for note in (value.status, value.opmerking) if note]
    if value.in_onderzoek:
        notes.append(f"under investigation since {value.in_onderzoek}")
    return f"{text} [{', '.join(notes)}]" if notes else text
