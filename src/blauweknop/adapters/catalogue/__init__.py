# SPDX-License-Identifier: EUPL-1.2
"""Reads the catalogue from the TOML files in ``stelsel/`` (until the register publishes it).

An element may leave out ``begrip`` (then its concept is called as the element, version 1), ``titel``, ``uitleg`` and
``eenheid`` (then they are those of the concept).
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec

from blauweknop.core.dataset.catalogue import Catalogue, CatalogueError, build_catalogue
from blauweknop.core.dataset.definition import Concept, DataSetDefinition
from blauweknop.core.dataset.profile import ServiceProfile

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@functools.cache
def load_catalogue() -> Catalogue:
    """The catalogue that came with this program. Raises: ``CatalogueError``."""
    return read_catalogue(resources.files("blauweknop.stelsel"))


def read_catalogue(folder: Traversable) -> Catalogue:
    """The catalogue in ``folder``: ``begrippen.toml``, ``gegevenssets/*.toml``, ``diensten/*.toml``."""
    raw_concepts = _read(folder / "begrippen.toml").get("begrippen", [])
    by_ref = {f"{concept.get('id')}/{concept.get('versie')}": concept for concept in raw_concepts}
    definitions = [_with_concepts(_read(file), by_ref) for file in _toml_files(folder / "gegevenssets")]
    profiles = [_read(file) for file in _toml_files(folder / "diensten")]
    try:
        return build_catalogue(
            msgspec.convert(definitions, list[DataSetDefinition]),
            msgspec.convert(raw_concepts, list[Concept]),
            msgspec.convert(profiles, list[ServiceProfile]),
        )
    except msgspec.ValidationError as error:
        raise CatalogueError(str(error)) from error


def _toml_files(folder: Traversable) -> list[Traversable]:
    return sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{file.name} cannot be read: {error}") from error


def _with_concepts(definition: dict[str, Any], concepts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {**definition, "elementen": [_with_concept(e, concepts) for e in definition.get("elementen", [])]}


def _with_concept(element: dict[str, Any], concepts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    ref = element.get("begrip", f"{element.get('id')}/1")
    concept = concepts.get(ref, {})
    filled = {
        "titel": concept.get("term"),
        "uitleg": concept.get("definitie"),
        "eenheid": concept.get("eenheid", ""),
        **element,
        "begrip": ref,
    }
    if "elementen" in element:
        filled["elementen"] = [_with_concept(part, concepts) for part in element["elementen"]]
    return filled
