# SPDX-License-Identifier: EUPL-1.2
"""Which disclosures a path names: the tree of what a set shows, by the path of each part.

Built once per set, so that choosing from a large set costs no more than from a small one. Every part gets an entry
under each way to name it: with or without the number of a row or item (``kinderen[0].voornamen``,
``kinderen.voornamen``;
``rijen[1].inkomen``, ``inkomen``). An entry holds the disclosure of the part, of all above it and of all within it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from blauweknop.core.dataset.definition import MISSING, ROWS
from blauweknop.core.dataset.path import parse_path
from blauweknop.core.seal.disclosures import digests_of
from blauweknop.core.seal.errors import (
    PROFILE,
    DigestRepeatedError,
    DisclosureMalformedError,
    PathUnknownError,
    ProfileError,
    TooDeepError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blauweknop.core.dataset.path import Step

_Steps = tuple[tuple[str, int | None], ...]
_MAX_DEPTH = 6
_MEMBER_PARTS = 3
_ELEMENT_PARTS = 2


class SetTree:
    """The paths of one set; ``contents`` are the decoded disclosures, in the order of the set."""

    def __init__(self, payload: dict[str, Any], disclosures: Sequence[bytes], contents: Sequence[Any]) -> None:
        self._contents = contents
        self._places = {digest: place for place, digest in enumerate(digests_of(disclosures))}
        self._entries: dict[str, set[int]] = {}
        self._missing: list[tuple[int, tuple[str, ...]]] = []
        self._met: set[int] = set()
        self._members(payload, (), frozenset())
        if ROWS in payload:
            self._items(payload[ROWS], ROWS, (), frozenset())
        self._gather_missing(payload.get(MISSING, []))

    def select(self, keep: Sequence[str]) -> list[int]:
        """The places of the disclosures that the paths ``keep`` name together, in the order of the set.

        Raises: ``PathUnknownError`` when the set has nothing of that name, ``MalformedError`` when one is no path.
        """
        if not self._missing:
            try:
                return sorted(set().union(*map(self._entries.__getitem__, keep)))
            except KeyError:
                pass  # the path that is unknown, or no path, is named below
        wanted: set[int] = set()
        for path in keep:
            found = self._find(path)
            if found is None:
                raise PathUnknownError(f"no {path} in this set", clause=PROFILE)
            wanted |= found
        return sorted(wanted)

    def _find(self, path: str) -> set[int] | None:
        """The places of the disclosures that ``path`` names, or None where the set has nothing of that name.

        Raises: ``MalformedError`` when it is no path.
        """
        steps = parse_path(path)
        names = _names(steps)
        about = {place for place, element in self._missing if _related(element, names)}
        found = self._entries.get(path)
        if found is not None:
            return found | about
        counted = any(step.index is not None for step in steps)  # an item that is not there is missing for no reason
        return about if about and names and not counted else None

    def _gather_missing(self, items: Any) -> None:
        for place in self._disclosed([each.get("...") for each in _objects(items)]):
            content = self._content(place, _ELEMENT_PARTS)
            element = content[1].get("element") if isinstance(content[1], dict) else None
            if not isinstance(element, str):
                raise ProfileError("ontbreekt is not of its form", clause=PROFILE)
            self._missing.append((place, _names(parse_path(element))))

    def _members(self, holder: Any, steps: _Steps, above: frozenset[int]) -> set[int]:
        """Enters the disclosed members of ``holder``; gives the places of all of them and all within."""
        within: set[int] = set()
        if len(steps) > _MAX_DEPTH:
            raise TooDeepError(clause="RFC 9901 §9.10")
        digests = holder.get("_sd", []) if isinstance(holder, dict) else []
        for place in self._disclosed(digests):
            _, name, envelope = self._content(place, _MEMBER_PARTS)
            if not isinstance(name, str) or not isinstance(envelope, dict):
                raise DisclosureMalformedError("not salt, name and envelope", clause=PROFILE)
            here, mine = (*steps, (name, None)), above | {place}
            inner = envelope.get("waarde")
            below = self._items(inner, name, steps, mine) if isinstance(inner, list) else set()
            below |= self._members(inner, here, mine) | {place}
            self._enter(here, mine | below)
            within |= below
        return within

    def _items(self, items: Any, name: str, steps: _Steps, above: frozenset[int]) -> set[int]:
        """Enters the disclosed items of a list, or the rows of a set."""
        within: set[int] = set()
        places = self._disclosed([each.get("...") for each in _objects(items)])
        for index, place in enumerate(places):
            here, mine = (*steps, (name, index)), above | {place}
            below = self._members(self._content(place, _ELEMENT_PARTS)[1], here, mine) | {place}
            self._enter(here, mine | below)
            within |= below
        return within

    def _disclosed(self, digests: Any) -> list[int]:
        digests = digests if isinstance(digests, list) else []
        places = [self._places[digest] for digest in digests if isinstance(digest, str) and digest in self._places]
        before = len(self._met)
        self._met.update(places)
        if len(self._met) != before + len(places):  # else a small file could be walked for ever
            raise DigestRepeatedError(clause="RFC 9901 §7.1(4)")
        return places

    def _content(self, place: int, parts: int) -> list[Any]:
        content = self._contents[place]
        if not isinstance(content, list) or len(content) != parts:
            raise DisclosureMalformedError(f"not an array of {parts}", clause="RFC 9901 §7.1(3.c)")
        return content

    def _enter(self, steps: _Steps, places: set[int] | frozenset[int]) -> None:
        for spelling in _spellings(steps):
            self._entries.setdefault(spelling, set()).update(places)


def _spellings(steps: _Steps) -> Iterator[str]:
    """Every way to write ``steps``: each number written or left out, a row left out altogether."""
    ways = [[name] if index is None else [f"{name}[{index}]", name] for name, index in steps]
    for way in itertools.product(*ways):
        yield ".".join(way)
        if way[0] == ROWS and len(way) > 1:
            yield ".".join(way[1:])


def _objects(items: Any) -> list[dict[str, Any]]:
    return [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []


def _names(steps: Sequence[Step]) -> tuple[str, ...]:
    return tuple(step.name for step in steps if step.name != ROWS)


def _related(names: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether one is the other, or is within it; the empty path is everything."""
    return all(one == other for one, other in zip(names, others, strict=False))
