# SPDX-License-Identifier: EUPL-1.2
"""Where a value comes from, and what was wrong with the file it came from.

An origin is one of three: *overgenomen* (in the file under this person's number), *toegewezen* (a real value of the
file, there under another number), *verzonnen* (invented by us, in `toewijzing.toml`). `pad` opens the value: in the
RvIG list it is `<list id>/<row offset>/<column>`, in JSON, YAML and TOML files it is a JSON pointer (RFC 6901).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from blauweknop.errors import ConfigurationError

Kind = Literal["overgenomen", "toegewezen", "verzonnen"]
Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

ASSIGNMENT_FILE = "toewijzing.toml"


class ConversionError(ConfigurationError):
    """A test file does not hold what the converter counts on."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of one value. `rule` is set where the value follows from that place instead of standing there."""

    kind: Kind
    file: str
    path: str
    rule: str = ""

    def as_json(self) -> dict[str, Json]:
        """The origin object of the output files; `regel` only for a derived value."""
        plain: dict[str, Json] = {"herkomst": self.kind, "bestand": self.file, "pad": self.path}
        return plain | {"regel": self.rule} if self.rule else plain


@dataclass(frozen=True, slots=True)
class Irregularity:
    """Something a file does against its own rules: `what` in words, `where` as a place in the file."""

    kind: str
    where: str
    what: str


@dataclass(slots=True)
class Facts:
    """A record under construction: the values by JSON pointer, and beside each the place it came from."""

    tree: dict[str, Json] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    remarks: list[Json] = field(default_factory=list)

    def put(self, pointer: str, value: Json, origin: Origin) -> None:
        """Set `value` at `pointer` (members only, no array indexes) and keep its origin."""
        *parents, last = pointer.removeprefix("/").split("/")
        node = self.tree
        for name in parents:
            child = node.setdefault(name, {})
            if not isinstance(child, dict):
                raise ConversionError(f"{pointer} runs through a value")
            node = child
        node[last] = value
        self.origins[pointer] = origin

    def put_list(self, name: str, items: list[Facts]) -> None:
        """Set the array `name` from the records of its items; an empty list sets nothing."""
        if items:
            self.tree[name] = [item.tree for item in items]
        for index, item in enumerate(items):
            prefix = f"/{name}/{index}"
            self.origins |= {prefix + pointer: origin for pointer, origin in item.origins.items()}
            for remark in item.remarks:
                if isinstance(remark, dict):
                    self.remarks.append(remark | {"pad": f"{prefix}{remark['pad']}"})

    def remark(self, pointer: str, reason: str, found: str) -> None:
        """Say that what stands at `pointer` is not all the file says: why, and what the file holds."""
        self.remarks.append({"pad": pointer, "reden": reason, "gevonden": found})

    def origins_json(self) -> dict[str, Json]:
        """The flat map from pointer to origin object, in the order of the values."""
        return {pointer: origin.as_json() for pointer, origin in self.origins.items()}
