# SPDX-License-Identifier: EUPL-1.2
"""The JSON Schema that our OpenAPI documents use (2020-12), and stricter: a member that is not described is a fault.

A keyword that is not known here is a mistake in the document or here, and raises.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

Schema = dict[str, Any]
Faults = Iterator[str]
KINDS: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "null": lambda value: value is None,
}
LIMITS: dict[str, Callable[[Any, Any], bool]] = {
    "enum": lambda value, values: value in values,
    "const": lambda value, only: value == only,
    "minimum": lambda value, least: not KINDS["integer"](value) or value >= least,
    "maximum": lambda value, most: not KINDS["integer"](value) or value <= most,
    "maxLength": lambda value, most: not isinstance(value, str) or len(value) <= most,
    "pattern": lambda value, pattern: not isinstance(value, str) or bool(re.search(pattern, value, re.ASCII)),
    "format": lambda value, name: not isinstance(value, str) or is_of_format(value, name),
    "type": lambda value, kinds: any(KINDS[kind](value) for kind in ([kinds] if isinstance(kinds, str) else kinds)),
}
OTHER = {"$ref", "anyOf", "properties", "required", "additionalProperties", "items", "default"}
CONTENT = {"contentMediaType", "contentSchema"}


def is_of_format(value: str, name: str) -> bool:
    assert name == "date-time", f"format {name}"
    try:
        return dt.datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


class Schemas:
    """The schemas of one document."""

    def __init__(self, components: Schema) -> None:
        self._components = components

    def faults(self, schema: Schema, value: Any, where: str = "$") -> Faults:
        """Where ``value`` is not as ``schema`` says; never the value itself."""
        unknown = schema.keys() - LIMITS.keys() - OTHER - CONTENT
        assert not unknown, f"{where}: keywords {sorted(unknown)}"
        if "$ref" in schema:
            yield from self.faults(self._components[schema["$ref"].removeprefix("#/components/schemas/")], value, where)
        yield from (
            f"{where}: {key}" for key, holds in LIMITS.items() if key in schema and not holds(value, schema[key])
        )
        if "anyOf" in schema and all(list(self.faults(option, value, where)) for option in schema["anyOf"]):
            yield f"{where}: anyOf"
        yield from self._members(schema, value, where)
        if isinstance(value, list) and "items" in schema:
            for number, one in enumerate(value):
                yield from self.faults(schema["items"], one, f"{where}[{number}]")
        if isinstance(value, str) and "contentSchema" in schema:
            yield from self.faults(schema["contentSchema"], json.loads(value), f"{where}(content)")

    def _members(self, schema: Schema, value: Any, where: str) -> Faults:
        if not isinstance(value, dict):
            return
        properties = schema.get("properties", {})
        yield from (f"{where}.{name}: required" for name in schema.get("required", ()) if name not in value)
        for name in value:
            if name in properties:
                yield from self.faults(properties[name], value[name], f"{where}.{name}")
            elif properties and schema.get("additionalProperties") is not True:
                yield f"{where}.{name}: not described"
