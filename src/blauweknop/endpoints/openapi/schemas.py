# SPDX-License-Identifier: EUPL-1.2
"""JSON Schema for OpenAPI 3.1: taken from the structs and closed lists that the code itself reads and writes with.

Where there is no struct, ``closed`` makes the schema: an object all of whose members are named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]
TEXT: Final[Schema] = {"type": "string"}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
OIN: Final[Schema] = {"type": "string", "pattern": "^[0-9]{20}$"}
VERSION_NUMBER: Final[Schema] = {"type": "integer", "minimum": 1}
SLUG: Final[Schema] = {"type": "string", "pattern": "^[a-z0-9-]+$"}
COMPACT_JWS: Final[Schema] = {"type": "string", "pattern": r"^[\w-]+\.[\w-]+\.[\w-]+$"}
_REF: Final = "#/components/schemas/"


def named(name: str) -> Schema:
    """A reference to the component ``name``."""
    return {"$ref": _REF + name}


def closed(properties: Mapping[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    """An object of these members, each required unless it is in ``optional``."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required}


def list_of(items: Schema) -> Schema:
    """An array."""
    return {"type": "array", "items": items}


def nullable(schema: Schema) -> Schema:
    """The type of ``schema``, or null."""
    return {**schema, "type": [schema["type"], "null"]}


def struct_schemas(kinds: Mapping[str, Any]) -> dict[str, Schema]:
    """The schemas of structs and enumerations, by the names that they get in the document.

    Whatever they are made of is named as well: a ``KeyError`` says what is not.
    """
    english = {kind.__name__: name for name, kind in kinds.items()}
    _, components = msgspec.json.schema_components(list(kinds.values()), ref_template="{name}")
    return {english[name]: _renamed(schema, english) for name, schema in components.items()}


def _renamed(node: Any, names: Mapping[str, str]) -> Any:
    """``node`` without what is said to programmers (titles, docstrings), its references by their new names."""
    if isinstance(node, list):
        return [_renamed(one, names) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return named(names[node["$ref"]])
    kept = {key: value for key, value in node.items() if not (key in _FOR_PROGRAMMERS and isinstance(value, str))}
    return {key: _renamed(value, names) for key, value in kept.items()}


_FOR_PROGRAMMERS: Final = ("title", "description")
