# SPDX-License-Identifier: EUPL-1.2
"""The values of a verified set as a flat list with paths and titles, in the order of its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blauweknop.adapters.paper.lines import path_title, sections
from blauweknop.adapters.verify.report import Shown
from blauweknop.core.dataset.definition import ROWS
from blauweknop.texts import load_messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.core.dataset.value import Row, Value

_DUTCH: Final = "nl"
_ENGLISH: Final = "en"


def list_values(rows: Sequence[Row], definition: DataSetDefinition | None) -> tuple[Shown, ...]:
    """All values. What the definition does not know stands last, under its own name."""
    if definition is None:
        return tuple(_bare(path, value) for path, value in _walk_all(rows))
    both = zip(
        (line for part in sections(definition, rows, load_messages(_DUTCH)) for line in part.lines),
        (line for part in sections(definition, rows, load_messages(_ENGLISH)) for line in part.lines),
        strict=True,
    )
    prefixes = _prefixes(definition, len(rows))
    known = tuple(
        Shown(
            path=dutch.path,
            title_nl=dutch.title,
            title_en=english.title,
            text_nl=dutch.text,
            text_en=english.text,
            value=dutch.value,
        )
        for dutch, english in both
    )
    listed = {shown.path for shown in known}
    rest = (
        (path, value)
        for prefix, row in zip(prefixes, rows, strict=True)
        for path, value in _walk(row, prefix)
        if path not in listed
    )
    return (*known, *(_bare(path, value) for path, value in rest))


def list_paper_values(values: Mapping[str, Value], definition: DataSetDefinition | None) -> tuple[Shown, ...]:
    """The values of a paper code, by the paths it has."""
    return tuple(_paper(path, value, definition) for path, value in values.items())


def _paper(path: str, value: Value, definition: DataSetDefinition | None) -> Shown:
    if definition is None:
        return _bare(path, value)
    from blauweknop.adapters.paper.lines import find_element, words

    element = find_element(path, definition)
    dutch, english = load_messages(_DUTCH), load_messages(_ENGLISH)
    return Shown(
        path=path,
        title_nl=path_title(path, definition, dutch),
        title_en=path_title(path, definition, english),
        text_nl=words(element, value, dutch) if element else str(value.waarde),
        text_en=words(element, value, english) if element else str(value.waarde),
        value=value,
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
