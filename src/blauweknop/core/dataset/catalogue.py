# SPDX-License-Identifier: EUPL-1.2
"""The catalogue: all data set definitions, concepts and service profiles of the scheme, checked as a whole.

What ``build_catalogue`` demands, so that no later room has to ask again (system.md 5):

- ids are unique; no element is called as a registered JWT claim or a member of the seal;
- every concept that is named exists; an element of kind ``bedrag`` has a concept in euro cents;
- a list or group has parts, nothing else has; parts are plain (no list inside a list);
- a profile names data sets and paths that exist, each once, and none that the consent service alone asks for;
- one that compares with a customer needs what a customer is known by.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

import msgspec

from blauweknop.core.dataset.definition import RESERVED_IDS, Concept, DataSetDefinition, Element
from blauweknop.core.dataset.path import parse_path
from blauweknop.core.dataset.profile import MATCHING_ELEMENTS, MATCHING_SET, ServiceProfile
from blauweknop.core.dataset.value import EURO_CENT
from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


T = TypeVar("T", DataSetDefinition, Concept, ServiceProfile)


class CatalogueError(ConfigurationError):
    """The scheme's definitions contradict each other."""

    code = "stelsel-tegenstrijdig"


class Catalogue(msgspec.Struct, frozen=True):
    """``definitions``, ``concepts`` and ``profiles`` by ``id/version``."""

    definitions: dict[str, DataSetDefinition]
    concepts: dict[str, Concept]
    profiles: dict[str, ServiceProfile]

    def concept_of(self, element: Element) -> Concept:
        """The concept of an element of this catalogue."""
        return self.concepts[element.concept]

    def profiles_using(self, data_sets: Iterable[str]) -> list[ServiceProfile]:
        """The profiles that need at least one of ``data_sets`` (``id/version``), by title in Dutch."""
        wanted = set(data_sets)
        found = [p for p in self.profiles.values() if any(part.data_set in wanted for part in p.data_sets)]
        return sorted(found, key=lambda profile: profile.title.nl)


def element_at(definition: DataSetDefinition, path: str) -> Element | None:
    """The element or part that ``path`` (without indexes) names in ``definition``, or None."""
    steps = parse_path(path)
    element = definition.element(steps[0].name)
    for step in steps[1:]:
        if element is None:
            return None
        element = next((part for part in element.parts if part.id == step.name), None)
    return None if any(step.index is not None for step in steps) else element


def build_catalogue(
    definitions: Iterable[DataSetDefinition], concepts: Iterable[Concept], profiles: Iterable[ServiceProfile]
) -> Catalogue:
    """The catalogue of these. Raises: ``CatalogueError`` naming the entry that is wrong."""
    catalogue = Catalogue(definitions=_by_ref(definitions), concepts=_by_ref(concepts), profiles=_by_ref(profiles))
    for definition in catalogue.definitions.values():
        _check_definition(definition, catalogue)
    for concept in catalogue.concepts.values():
        for other in concept.different_from:
            if other not in catalogue.concepts:
                raise CatalogueError(f"concept {concept.ref} differs from {other}, which does not exist")
    for profile in catalogue.profiles.values():
        _check_profile(profile, catalogue)
    return catalogue


def _by_ref(entries: Iterable[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for entry in entries:
        if entry.ref in found:
            raise CatalogueError(f"{entry.ref} stands twice")
        found[entry.ref] = entry
    return found


def _check_definition(definition: DataSetDefinition, catalogue: Catalogue) -> None:
    where = f"data set {definition.ref}"
    _check_unique(where, (element.id for element in definition.elements))
    for name in filter(None, (definition.period_element, definition.title_element)):
        if definition.element(name) is None:
            raise CatalogueError(f"{where} has no element {name}")
    for element in definition.elements:
        if element.id in RESERVED_IDS:
            raise CatalogueError(f"{where}: {element.id} is a reserved name")
        _check_unique(f"{where}.{element.id}", (part.id for part in element.parts))
        if bool(element.parts) != (element.kind in ("lijst", "groep")):
            raise CatalogueError(f"{where}: only a list or group has parts, and {element.id} is {element.kind}")
    for element in _all_elements(definition):
        _check_concept(where, element, catalogue)


def _all_elements(definition: DataSetDefinition) -> Iterator[Element]:
    for element in definition.elements:
        yield element
        yield from element.parts


def _check_concept(where: str, element: Element, catalogue: Catalogue) -> None:
    concept = catalogue.concepts.get(element.concept)
    if concept is None:
        raise CatalogueError(f"{where}: {element.id} has concept {element.concept}, which does not exist")
    if element.kind == "bedrag" and concept.unit != EURO_CENT:
        raise CatalogueError(f"{where}: {element.id} is an amount, and {concept.ref} is not in euro cents")


def _check_profile(profile: ServiceProfile, catalogue: Catalogue) -> None:
    where = f"service {profile.ref}"
    _check_unique(where, (part.data_set for part in profile.data_sets))
    for part in profile.data_sets:
        definition = catalogue.definitions.get(part.data_set)
        if definition is None:
            raise CatalogueError(f"{where} needs {part.data_set}, which does not exist")
        if definition.asked_by != "burger":
            raise CatalogueError(f"{where} needs {part.data_set}, which no requester may ask for")
        _check_unique(f"{where}, {part.data_set}", (element.path for element in part.elements))
        for element in part.elements:
            if element_at(definition, element.path) is None:
                raise CatalogueError(f"{where}: {part.data_set} has no {element.path}")
    if profile.match_customer:
        _check_matching(where, profile)


def _check_matching(where: str, profile: ServiceProfile) -> None:
    known_by = profile.part_of(MATCHING_SET)
    needed = {element.path for element in known_by.elements if element.required} if known_by else set()
    if not needed.issuperset(MATCHING_ELEMENTS):
        raise CatalogueError(f"{where} compares with a customer, and does not need {MATCHING_SET} for it")


def _check_unique(where: str, names: Iterable[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise CatalogueError(f"{where}: {name} stands twice")
