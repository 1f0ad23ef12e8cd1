# SPDX-License-Identifier: EUPL-1.2
"""A request as the citizen sees it: lines per source, with names and reasons of the register and the catalogue only.

Nothing that a reader sees comes from the request but which lines it has (people.md). And back: what the citizen chose
becomes lines, by rules that can only narrow (BK020, BK022):

1. a set whose required elements were refused is left out whole;
2. optional elements are in only when they were ticked: silence is no consent;
3. the end is the day the citizen chose, and never later than asked;
4. all else (period, frequency, retention, service) stays as asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from blauweknop.core.dataset.catalogue import element_at
from blauweknop.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blauweknop.core.consent.line import Line
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.dataset.definition import DataSetDefinition, Text
    from blauweknop.core.dataset.profile import ProfileDataSet, ServiceProfile


class ChoiceRefusedError(DocumentError):
    """What was chosen is not a choice that this request offers."""

    code = "keuze-ongeldig"


@dataclass(frozen=True, kw_only=True)
class AskedElement:
    """One element of a line. ``within``: title of the list or group it is part of, or None."""

    path: str
    title: Text
    reason: Text
    required: bool
    within: Text | None = None


@dataclass(frozen=True, kw_only=True)
class AskedSet:
    """One line. ``number``: its place in the request, from 0."""

    number: int
    line: Line
    definition: DataSetDefinition
    required: tuple[AskedElement, ...]
    optional: tuple[AskedElement, ...]


@dataclass(frozen=True, kw_only=True)
class AskedSource:
    """The lines about one source. ``name``: of the register."""

    iss: str
    oin: str
    name: str
    sets: tuple[AskedSet, ...]


@dataclass(frozen=True, kw_only=True)
class ConsentRequest:
    """A whole request. ``requester`` and ``requester_oin``: of the register; ``last_day``: the latest end asked."""

    client: str
    requester: str
    requester_oin: str
    profile: ServiceProfile
    sources: tuple[AskedSource, ...]
    last_day: str

    @property
    def sets(self) -> tuple[AskedSet, ...]:
        """All lines, in order of source."""
        return tuple(one for source in self.sources for one in source.sets)


@dataclass(frozen=True)
class SourceName:
    """A source as the register names it."""

    oin: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the citizen chose: numbers of sets taken, optional paths per set number, the last day."""

    sets: frozenset[int]
    ticked: Mapping[int, frozenset[str]]
    last_day: str


def view_lines(lines: Iterable[Line], catalogue: Catalogue, names: Mapping[str, SourceName]) -> tuple[AskedSource, ...]:
    """The lines per source. ``names``: of each source (``iss``). All were held against the catalogue at PAR."""
    by_source: dict[str, list[AskedSet]] = {}
    for number, line in enumerate(lines):
        by_source.setdefault(line.source, []).append(_view(number, line, catalogue))
    return tuple(
        AskedSource(iss=iss, oin=names[iss].oin, name=names[iss].name, sets=tuple(sets))
        for iss, sets in by_source.items()
    )


def chosen_lines(request: ConsentRequest, choice: Choice, *, today: str) -> tuple[Line, ...]:
    """The lines that ``choice`` amounts to; empty when nothing is left. ``today``: ``JJJJ-MM-DD``.

    Raises: ``ChoiceRefusedError`` for a set, element or day that the request does not offer.
    """
    _check_choice(request, choice, today)
    granted = []
    for asked in request.sets:
        ticked = choice.ticked.get(asked.number, frozenset())
        # 1.
        if asked.required and asked.number not in choice.sets:
            continue
        # 2., in the order of the request.
        kept = {element.path for element in asked.required} | ticked
        paths = tuple(path for path in asked.line.elementen if path in kept)
        if paths:
            # 3. and 4.
            end = min(choice.last_day, asked.line.geldig_tot)
            granted.append(msgspec.structs.replace(asked.line, elementen=paths, geldig_tot=end))
    return tuple(granted)


def _check_choice(request: ConsentRequest, choice: Choice, today: str) -> None:
    if not today <= choice.last_day <= request.last_day:
        raise ChoiceRefusedError("the end lies outside what was asked", clause="BK022")
    offered = {asked.number: {element.path for element in asked.optional} for asked in request.sets}
    if not offered.keys() >= choice.sets | choice.ticked.keys():
        raise ChoiceRefusedError("no such set in this request")
    if any(not offered[number].issuperset(paths) for number, paths in choice.ticked.items()):
        raise ChoiceRefusedError("an element that was not offered as a choice", clause="BK020")


def _view(number: int, line: Line, catalogue: Catalogue) -> AskedSet:
    definition = catalogue.definitions[line.data_set]
    part = catalogue.profiles[line.dienst].part_of(line.data_set) if line.dienst in catalogue.profiles else None
    elements = tuple(_element(path, definition, part) for path in line.elementen)
    return AskedSet(
        number=number,
        line=line,
        definition=definition,
        required=tuple(element for element in elements if element.required),
        optional=tuple(element for element in elements if not element.required),
    )


def _element(path: str, definition: DataSetDefinition, part: ProfileDataSet | None) -> AskedElement:
    top = path.split(".", 1)[0]
    element, parent = element_at(definition, path), element_at(definition, top)
    if element is None or parent is None:
        raise ChoiceRefusedError("an element that the definition does not have", clause="BK020")
    # A part of an element that the profile names has the reason of that element.
    known = {one.path: one for one in part.elements} if part is not None else {}
    asked = known.get(path) or known.get(top)
    return AskedElement(
        path=path,
        title=element.title,
        reason=element.explanation if asked is None else asked.reason,
        required=asked is not None and asked.required,
        within=parent.title if path != top else None,
    )
