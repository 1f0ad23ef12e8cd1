# SPDX-License-Identifier: EUPL-1.2
"""The values of a verified set as a flat list with paths and titles, in the order of its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.adapters.paper.lines import line_of, path_order, sections
from blauweknop.adapters.verify.report import Shown
from blauweknop.core.dataset.definition import ROWS
from blauweknop.texts import LANGUAGES, load_messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from blauweknop.adapters.paper.lines import Line
    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.core.dataset.value import Row, Value


def list_values(rows: Sequence[Row], definition: DataSetDefinition | None) -> tuple[Shown, ...]:
    """All values. What the definition does not know stands last, under its own name."""
    if definition is None:
        return tuple(_bare(path, value) for path, value in _walk_all(rows))
    dutch, english = (
        (line for part in sections(definition, rows, load_messages(language)) for line in part.lines)
        for language in LANGUAGES
    )
    known = tuple(_shown(nl, en) for nl, en in zip(dutch, english, strict=True))
    listed = {shown.path for shown in known}
    rest = (
        (path, value)
        for prefix, row in zip(_prefixes(definition, len(rows)), rows, strict=True)
        for path, value in _walk(row, prefix)
        if path not in listed
    )
    return (*known, *(_bare(path, value) for path, value in rest))


def list_paper_values(values: Mapping[str, Value], definition: DataSetDefinition | None) -> tuple[Shown, ...]:
    """The values of a paper code, by the paths it has, in the order of the definition."""
    if definition is None:
        return tuple(_bare(path, value) for path, value in values.items())
    shown = []
    for path in sorted(values, key=lambda path: path_order(path, definition)):
        value = values[path]
        dutch, english = (line_of(path, value, definition, load_messages(language)) for language in LANGUAGES)
        shown.append(_shown(dutch, english) if dutch and english else _bare(path, value))
    return tuple(shown)


def _shown(dutch: Line, english: Line) -> Shown:
    return Shown(
        path=dutch.path,
        title_nl=dutch.title,
        title_en=english.title,
        text_nl=dutch.text,
        text_en=english.text,
        value=dutch.value,
        notes_nl=dutch.notes,
        notes_en=english.notes,
    )


def _prefixes(definition: DataSetDefinition, count: int) -> list[str]:
    return [""] * count if definition.shape == "enkel" else [f"{ROWS}[{number}]." for number in range(count)]


def _walk_all(rows: Sequence[Row]) -> Iterator[tuple[str, Value]]:
    for number, row in enumerate(rows):
        yield from _walk(row, f"{ROWS}[{number}].")


def _walk(row: Row, prefix: str) -> Iterator[tuple[str, Value]]:
    for name in sorted(row):
        value = row[name]
        yield prefix + name, value
        if isinstance(value.waarde, dict):
            yield from _walk(value.waarde, f"{prefix}{name}.")
        elif isinstance(value.waarde, tuple):
            for number, item in enumerate(value.waarde):
                yield from _walk(item, f"{prefix}{name}[{number}].")


def _bare(path: str, value: Value) -> Shown:
    text = "" if isinstance(value.waarde, (tuple, dict)) or value.waarde is None else str(value.waarde)
    return Shown(path=path, title_nl=path, title_en=path, text_nl=text, text_en=text, value=value)
