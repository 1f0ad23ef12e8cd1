# SPDX-License-Identifier: EUPL-1.2
"""Turns values into what a page shows of them: per value the words, its period, date and standing, and what it means.

Nothing is added to a value and nothing left out: a mark that the source gave (provisional, under investigation, a
remark) always shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blauweknop.core.dataset.catalogue import element_at
from blauweknop.texts.spelling import pick, spell_date, spell_period, spell_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.dataset.definition import DataSetDefinition, Element
    from blauweknop.core.dataset.missing import MissingElement
    from blauweknop.core.dataset.value import Row, Value
    from blauweknop.texts import Messages


@dataclass(frozen=True, kw_only=True)
class ShownValue:
    """One value in words; ``parts``: the items of a list or group, each a list of values."""

    title: str
    words: str
    absent: bool
    reference_date: str
    period: str
    status: str
    final: bool
    marks: tuple[str, ...]
    meaning: tuple[str, ...]
    parts: tuple[tuple[ShownValue, ...], ...]


@dataclass(frozen=True, kw_only=True)
class ShownRecord:
    """One record (row) of a set."""

    title: str
    values: tuple[ShownValue, ...]


@dataclass(frozen=True, kw_only=True)
class ShownMissing:
    """One thing that is not there, and why."""

    title: str
    period: str
    reason: str


class Shower:
    """Shows the values of one data set in one language."""

    def __init__(self, catalogue: Catalogue, definition: DataSetDefinition, messages: Messages) -> None:
        """``catalogue``: for what the concepts mean."""
        self._catalogue = catalogue
        self._definition = definition
        self._messages = messages

    def records(self, rows: tuple[Row, ...]) -> tuple[ShownRecord, ...]:
        """The records, in the order given; elements in the order of the definition."""
        return tuple(
            ShownRecord(title=self._record_title(row, number), values=self._values(row, self._definition.elements))
            for number, row in enumerate(rows, start=1)
        )

    def missing(self, missing: Iterable[MissingElement]) -> tuple[ShownMissing, ...]:
        """What is not there."""
        return tuple(
            ShownMissing(
                title=self._path_title(entry.element),
                period=spell_period(entry.periode, self._messages) if entry.periode is not None else "",
                reason=self._messages(f"reden-{entry.reden}"),
            )
            for entry in missing
        )

    def _record_title(self, row: Row, number: int) -> str:
        if self._definition.shape == "enkel":
            return ""
        element = self._definition.element(self._definition.title_element)
        value = row.get(self._definition.title_element)
        if element is None or value is None or value.waarde is None:
            return self._messages("bekijk-rij", nummer=number)
        return f"{pick(element.title, self._messages.language)} {spell_value(value, element, self._messages)}"

    def _path_title(self, path: str) -> str:
        names = path.split(".")
        titles = []
        for count in range(1, len(names) + 1):
            element = element_at(self._definition, ".".join(names[:count]))
            titles.append(pick(element.title, self._messages.language) if element is not None else names[count - 1])
        return ": ".join(titles)

    def _values(self, row: Row, elements: tuple[Element, ...]) -> tuple[ShownValue, ...]:
        return tuple(self._value(row[element.id], element) for element in elements if element.id in row)

    def _value(self, value: Value, element: Element) -> ShownValue:
        messages = self._messages
        items = value.waarde if isinstance(value.waarde, tuple) else ()
        if isinstance(value.waarde, dict):
            items = (value.waarde,)
        return ShownValue(
            title=pick(element.title, messages.language),
            words=spell_value(value, element, messages),
            absent=value.waarde is None,
            reference_date=spell_date(value.peildatum, messages.language) if value.peildatum else "",
            period=spell_period(value.periode, messages) if value.periode is not None else "",
            status=messages(f"status-{value.status}") if value.status else "",
            final=value.status in ("", "definitief"),
            marks=self._marks(value),
            meaning=self._meaning(element),
            parts=tuple(self._values(item, element.parts) for item in items),
        )

    def _marks(self, value: Value) -> tuple[str, ...]:
        marks = []
        if value.in_onderzoek:
            since = spell_date(value.in_onderzoek, self._messages.language)
            marks.append(self._messages("onderzoek-sinds", datum=since))
        if value.opmerking:
            marks.append(self._messages(f"opmerking-{value.opmerking}"))
        return tuple(marks)

    def _meaning(self, element: Element) -> tuple[str, ...]:
        """The element's explanation, and of its concept what is not said yet: definition, law, what it is not."""
        language = self._messages.language
        lines = [pick(element.explanation, language)]
        concept = self._catalogue.concepts.get(element.concept)
        if concept is None:
            return tuple(lines)
        definition = pick(concept.definition, language)
        if definition not in lines:
            lines.append(definition)
        others = [pick(self._catalogue.concepts[other].term, language) for other in concept.different_from]
        if others:
            lines.append(self._messages("bekijk-iets-anders", begrippen=", ".join(others)))
        if concept.law:
            lines.append(self._messages("bekijk-wet", wet=concept.law))
        return tuple(lines)
