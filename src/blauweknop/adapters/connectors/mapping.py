# SPDX-License-Identifier: EUPL-1.2
"""From one record of a back-end to one row of a set, by the mapping of the settings.

- Every element asked that has a mapping gets a value, or ``None`` where the back-end has none; an element that is not
  mapped, or that the back-end says it cannot give, is not in the row: the connector reports it as missing.
- Everything of a row has the row's period (``jaar``) and reference date; amounts have its status.
- A code that the definition or the settings do not know is not given: it is missing, and nothing is put in its place.
- A value that cannot be read makes the whole answer unusable: an answer is never partly guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from blauweknop.adapters.connectors.contract import SourceFailedError
from blauweknop.adapters.connectors.conversions import CONVERSIONS, DEFAULT_CONVERSION, ValueUnreadableError
from blauweknop.adapters.connectors.settings import TODAY
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import EURO_CENT, STATUSES, Period, Row, Value
from blauweknop.core.wire.strict_json import parse_json
from blauweknop.errors import MalformedError, OtherPartyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blauweknop.adapters.connectors.contract import Query
    from blauweknop.adapters.connectors.settings import ElementMapping, Link
    from blauweknop.core.dataset.definition import Element

Record = dict[str, Any]
UNKNOWN_SINCE: Final = "onbekend"
_PLACE: Final = re.compile(r"-?\d{1,4}", re.ASCII)
_YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)


class Found(NamedTuple):
    """What stands at a place: ``raw`` as the back-end wrote it, since when it is under investigation, a remark.

    ``since`` may be ``UNKNOWN_SINCE``: the value then says that it is under investigation on its reference date.
    """

    raw: Any
    since: str = ""
    remark: str = ""


class NotGivenError(OtherPartyError):
    """The back-end cannot give this one value."""

    code = "waarde-niet-gegeven"
    retry = False


class Reader(Protocol):
    """How a connector reads its records."""

    def read(self, record: Record, mapping: ElementMapping) -> Found:
        """What stands at the place of ``mapping``. Raises: ``NotGivenError``."""
        ...


class FlatReader:
    """Records of columns. A list is a cell with a JSON array of objects, such as ``json_group_array`` makes."""

    def read(self, record: Record, mapping: ElementMapping) -> Found:
        """The cell of the column, the array in it for a list; the record itself for a group; a value for ``vast``."""
        if mapping.parts and mapping.column:
            return Found(_array(record.get(mapping.column)))
        if mapping.parts:
            return Found(record)
        return Found(record.get(mapping.column) if mapping.fixed is None else mapping.fixed)


class PathReader:
    """Records of JSON: places are member names with dots between."""

    def read(self, record: Record, mapping: ElementMapping) -> Found:
        """What stands at the path, or None where the path ends early; a fixed value for ``vast``."""
        return Found(at_path(record, mapping.path) if mapping.fixed is None else mapping.fixed)


def _array(cell: Any) -> Any:
    if cell is None or cell == "":
        return None
    try:
        return parse_json(str(cell).encode())
    except MalformedError as error:
        raise ValueUnreadableError("a JSON array expected") from error


def at_path(node: Any, path: str) -> Any:
    """What stands at ``path`` (``a.b.c``) below ``node``; None where it ends early; ``node`` for an empty path.

    A number in the path is a place in a list, counted from 0, or from the end with a minus: ``huwelijken.-1.soort``.
    """
    for name in path.split(".") if path else ():
        if isinstance(node, list) and _PLACE.fullmatch(name):
            place = int(name)
            node = node[place] if -len(node) <= place < len(node) else None
        elif isinstance(node, dict):
            node = node.get(name)
        else:
            return None
    return node


def text_at(node: Any, path: str) -> str:
    """What stands at ``path``, as text; empty for nothing. Raises: ``ValueUnreadableError`` for a list or object."""
    raw = at_path(node, path)
    if raw is None:
        return ""
    if isinstance(raw, dict | list | bool):
        raise ValueUnreadableError("text expected")
    return str(raw).strip()


@dataclass(frozen=True, slots=True)
class _Common:
    """What the values of a row share."""

    period: Period | None
    reference_date: str
    status: str


class RowMapper:
    """Makes rows for one query."""

    def __init__(self, link: Link, query: Query, reader: Reader) -> None:
        self._link = link
        self._query = query
        self._reader = reader

    def elements(self) -> Iterator[tuple[Element, ElementMapping]]:
        """The elements asked that this connection gives."""
        for name in self._query.elements:
            element, mapping = self._query.definition.element(name), self._link.elements.get(name)
            if element is not None and mapping is not None:
                yield element, mapping

    def not_mapped(self) -> tuple[MissingElement, ...]:
        """The elements asked that this connection does not give."""
        given = {element.id for element, _ in self.elements()}
        return tuple(
            MissingElement(element=name, reden=Missing.NOT_DELIVERED)
            for name in self._query.elements
            if name not in given
        )

    def rows(self, records: Iterable[Record]) -> tuple[tuple[Row, ...], tuple[MissingElement, ...]]:
        """The rows of those records whose period lies within the one asked, and what was not given in them."""
        rows: list[Row] = []
        gone: dict[MissingElement, None] = {}
        for record in records:
            common = self._common(record)
            wanted = self._query.period
            if wanted is not None and common.period is not None and not common.period.within(wanted):
                continue
            row, missing = self._row(record, common)
            rows.append(row)
            gone |= dict.fromkeys(missing)
        return tuple(rows), tuple(gone)

    def single(self, record: Record, *, reference_date: str = "") -> tuple[Row, tuple[MissingElement, ...]]:
        """The one row of an ``enkel`` set, and what the back-end could not give."""
        common = self._common(record)
        if reference_date:
            common = _Common(common.period, reference_date, common.status)
        return self._row(record, common)

    def _row(self, record: Record, common: _Common) -> tuple[Row, tuple[MissingElement, ...]]:
        walk = _Walk(self._reader, common)
        row = walk.row(self.elements(), record, "")
        return row, tuple(
            MissingElement(element=path, reden=Missing.NOT_DELIVERED, periode=common.period)
            for path in dict.fromkeys(walk.missing)
        )

    def _common(self, record: Record) -> _Common:
        link = self._link
        period = None
        if link.year:
            year = str(at_path(record, link.year) or "")
            if not _YEAR.fullmatch(year):
                raise SourceFailedError("onleesbaar: the year of a row")
            period = Period(f"{year}-01-01", f"{year}-12-31")
        reference = self._query.today
        if link.reference_date != TODAY:
            try:
                reference = str(CONVERSIONS["datum"](at_path(record, link.reference_date)).value or "")
            except ValueUnreadableError as error:
                raise SourceFailedError("onleesbaar: the reference date of a row") from error
        return _Common(period, reference, _status(record, link.status, link.status_words))


class _Walk:
    """Makes one row, and keeps the paths of what the back-end cannot give."""

    def __init__(self, reader: Reader, common: _Common) -> None:
        self._reader = reader
        self._common = common
        self.missing: list[str] = []

    def row(self, mapped: Iterable[tuple[Element, ElementMapping]], record: Record, prefix: str) -> Row:
        row: Row = {}
        for element, mapping in mapped:
            path = prefix + element.id
            try:
                row[element.id] = self._value(element, mapping, record, path)
            except NotGivenError:
                self.missing.append(path)
            except ValueUnreadableError as error:
                raise SourceFailedError(f"onleesbaar: {path}: {error.detail}") from error
        return row

    def _value(self, element: Element, mapping: ElementMapping, record: Record, path: str) -> Value:
        found = self._reader.read(record, mapping)
        if element.kind == "lijst":
            return self._list(element, mapping, found, path)
        if element.kind == "groep":
            return self._group(element, mapping, found, path)
        converted = CONVERSIONS[mapping.conversion or DEFAULT_CONVERSION[element.kind]](_decoded(found.raw, mapping))
        if element.kind == "code" and element.codes and converted.value not in {None, *element.codes}:
            raise NotGivenError("a code that the definition does not know")
        return self._envelope(element, converted.value, found, converted.remark)

    def _list(self, element: Element, mapping: ElementMapping, found: Found, path: str) -> Value:
        """A list that is not there is an empty one."""
        items = [] if found.raw is None else found.raw
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise ValueUnreadableError("a list of objects expected")
        return self._envelope(element, tuple(self._parts(element, mapping, item, path) for item in items), found)

    def _group(self, element: Element, mapping: ElementMapping, found: Found, path: str) -> Value:
        """A group that is absent, or of which nothing has a value, has none."""
        if found.raw is None:
            return self._envelope(element, None, found)
        if not isinstance(found.raw, dict):
            raise ValueUnreadableError("an object expected")
        row = self._parts(element, mapping, found.raw, path)
        empty = all(value.waarde is None for value in row.values())
        return self._envelope(element, None if empty else row, found)

    def _parts(self, element: Element, mapping: ElementMapping, record: Record, path: str) -> Row:
        self.missing += [f"{path}.{part.id}" for part in element.parts if part.id not in mapping.parts]
        mapped = [(part, mapping.parts[part.id]) for part in element.parts if part.id in mapping.parts]
        return self.row(mapped, record, f"{path}.")

    def _envelope(self, element: Element, value: Any, found: Found, remark: str = "") -> Value:
        common, amount = self._common, element.kind == "bedrag"
        return Value(
            waarde=value,
            eenheid=element.unit or (EURO_CENT if amount else ""),
            periode=common.period,
            peildatum=common.reference_date,
            status=common.status if amount and value is not None else "",
            begrip=element.concept,
            in_onderzoek=common.reference_date if found.since == UNKNOWN_SINCE else found.since,
            opmerking=found.remark or remark,
        )


def _decoded(raw: Any, mapping: ElementMapping) -> Any:
    """What the settings say that the back-end's word stands for. Raises: ``NotGivenError``."""
    if not mapping.codes or raw is None or raw == "":
        return raw
    if isinstance(raw, dict | list) or str(raw).strip() not in mapping.codes:
        raise NotGivenError("a word that the settings do not know")
    return mapping.codes[str(raw).strip()]


def _status(record: Record, place: str, words: Mapping[str, str]) -> str:
    if not place:
        return ""
    word = str(at_path(record, place) or "")
    status = words.get(word, word)
    if status not in {"", *STATUSES}:
        raise SourceFailedError("onleesbaar: the status of a row")
    return status
