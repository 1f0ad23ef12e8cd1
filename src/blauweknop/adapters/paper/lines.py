# SPDX-License-Identifier: EUPL-1.2
"""A set in words: one line per value, as the paper prints and a report lists them.

Lists and groups are taken apart: after the line of the list come the lines of its items (``Kinderen 1: Voornamen``).
Lines carry the path of the value (``core/dataset/path.py``), rows of a set of rows as ``rijen[0].…``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from blauweknop.core.dataset.definition import ROWS, DataSetDefinition, Element
from blauweknop.core.dataset.path import parse_path
from blauweknop.errors import MalformedError
from blauweknop.texts.spelling import pick, spell_date, spell_period, spell_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blauweknop.core.dataset.missing import MissingElement
    from blauweknop.core.dataset.value import Row, Value
    from blauweknop.texts import Messages

_MONTH_LENGTH: Final = len("1978-03")
_YEAR_LENGTH: Final = len("1978")
_LAST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One value in words. ``notes``: period, status, investigation, remark: what one must know beside the value."""

    path: str
    title: str
    explanation: str
    text: str
    reference_date: str
    notes: tuple[str, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one row; ``heading`` is empty for a set that is one record."""

    heading: str
    lines: tuple[Line, ...]


def sections(definition: DataSetDefinition, rows: Sequence[Row], messages: Messages) -> tuple[Section, ...]:
    """All of a set, in the order of the definition."""
    if definition.shape == "enkel":
        return tuple(Section("", tuple(_lines(definition.elements, row, "", "", messages))) for row in rows)
    return tuple(
        Section(
            _heading(definition, row, number, messages),
            tuple(_lines(definition.elements, row, f"{ROWS}[{number}].", "", messages)),
        )
        for number, row in enumerate(rows)
    )


def missing_line(item: MissingElement, definition: DataSetDefinition, messages: Messages) -> tuple[str, str]:
    """The title of what is missing (with its period) and the reason in words."""
    title = path_title(item.element, definition, messages)
    if item.periode is not None:
        title = f"{title} ({spell_period(item.periode, messages)})"
    return title, messages(f"reden-{item.reden.value}")


def line_of(path: str, value: Value, definition: DataSetDefinition, messages: Messages) -> Line | None:
    """The line of the one value at ``path``; None where the definition does not know the path."""
    elements = _elements_on(path, definition)
    return _line(elements[-1], value, path, path_title(path, definition, messages), messages) if elements else None


def path_order(path: str, definition: DataSetDefinition) -> tuple[int, ...]:
    """Sorts paths as the definition orders them, row by row; what it does not know comes last."""
    elements = _elements_on(path, definition)
    if not elements:
        return (_LAST,)
    steps = parse_path(path)
    row = [steps[0].index or 0] if steps[0].name == ROWS else []
    places, siblings = row, definition.elements
    for element, step in zip(elements, [step for step in steps if step.name != ROWS], strict=True):
        places += [siblings.index(element), step.index or 0]
        siblings = element.parts
    return tuple(places)


def _elements_on(path: str, definition: DataSetDefinition) -> list[Element]:
    """The elements that ``path`` leads over, the last one its own; empty where it leads nowhere."""
    try:
        steps = [step for step in parse_path(path) if step.name != ROWS]
    except MalformedError:
        return []
    found: list[Element] = []
    for step in steps:
        siblings = found[-1].parts if found else definition.elements
        element = next((element for element in siblings if element.id == step.name), None)
        if element is None:
            return []
        found.append(element)
    return found


def path_title(path: str, definition: DataSetDefinition, messages: Messages) -> str:
    """What a path is called; the path itself where the definition does not know it."""
    elements = _elements_on(path, definition)
    if not elements:
        return path
    steps = [step for step in parse_path(path) if step.name != ROWS]
    return ": ".join(
        pick(element.title, messages.language) + ("" if step.index is None else f" {step.index + 1}")
        for element, step in zip(elements, steps, strict=True)
    )


def _heading(definition: DataSetDefinition, row: Row, number: int, messages: Messages) -> str:
    element = definition.element(definition.title_element)
    value = row.get(definition.title_element)
    if element is None or value is None:
        return messages("paper-rij", nummer=str(number + 1))
    return f"{pick(element.title, messages.language)} {spell_value(value, element, messages)}"


def _lines(elements: Sequence[Element], row: Row, path: str, title: str, messages: Messages) -> Iterator[Line]:
    for element in elements:
        value = row.get(element.id)
        if value is None:
            continue
        name = title + pick(element.title, messages.language)
        yield _line(element, value, path + element.id, name, messages)
        inner = value.waarde
        if isinstance(inner, dict):
            yield from _lines(element.parts, inner, f"{path}{element.id}.", f"{name}: ", messages)
        elif isinstance(inner, tuple):
            for number, item in enumerate(inner):
                at = f"{path}{element.id}[{number}]."
                yield from _lines(element.parts, item, at, f"{name} {number + 1}: ", messages)


def _line(element: Element, value: Value, path: str, title: str, messages: Messages) -> Line:
    language = messages.language
    return Line(
        path=path,
        title=title,
        explanation=pick(element.explanation, language),
        text=_words(element, value, messages),
        reference_date=spell_date(value.peildatum, language) if value.peildatum else "",
        notes=tuple(_notes(value, messages)),
        value=value,
    )


def _words(element: Element, value: Value, messages: Messages) -> str:
    text = spell_value(value, element, messages)
    if element.kind != "datum" or not isinstance(value.waarde, str):
        return text
    # Nobody may read the first of the month into a partial date.
    unknown = {_MONTH_LENGTH: "paper-dag-onbekend", _YEAR_LENGTH: "paper-dag-maand-onbekend"}.get(len(value.waarde))
    return f"{text} {messages(unknown)}" if unknown else text


def _notes(value: Value, messages: Messages) -> Iterator[str]:
    if value.periode is not None:
        yield messages("paper-periode", periode=spell_period(value.periode, messages))
    if value.status:
        yield messages(f"status-{value.status}")
    if value.in_onderzoek:
        yield messages("onderzoek-sinds", datum=spell_date(value.in_onderzoek, messages.language))
    if value.opmerking:
        yield messages(f"opmerking-{value.opmerking}")
