# SPDX-License-Identifier: EUPL-1.2
"""What the log may know of a citizen and of values: keyed hashes only (system.md 3.4, 7).

- citizen key = HMAC-SHA256(key purpose ``log``, ``burger`` ‖ 0x00 ‖ BSN or account), 32 bytes;
- a *mark* says "this part of this row had this value" without saying which: name and value are each the first 8 bytes
  of an HMAC under the same key. A later delivery with the same name and another value supersedes the earlier seal.
- A row is known by the period of its values, or by the element that is its heading; a row without either has no
  marks. Where all rows were asked, the list of rows has a mark too, so that a row that went away supersedes.
- Reference dates are not part of a mark: asking again a day later supersedes nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.core.dataset.value import Row, Value

_MARK_BYTES = 8


def citizen_key(secret: bytes, subject: str) -> bytes:
    """The keyed hash under which this citizen's log records stand."""
    return hmac.digest(secret, b"burger\0" + subject.encode(), hashlib.sha256)


def marks_of(secret: bytes, definition: DataSetDefinition, rows: tuple[Row, ...], *, whole: bool) -> dict[str, bytes]:
    """Mark name (16 hex digits) to mark (8 bytes). ``whole``: no period narrowed the rows."""
    marks: dict[str, bytes] = {}
    identities = [_identity(definition, row) for row in rows]
    for identity, row in zip(identities, rows, strict=True):
        if identity is not None:
            for path, value in _leaves(row):
                marks[_digest(secret, b"naam", [identity, path]).hex()] = _digest(secret, b"waarde", value)
    if definition.shape == "rijen" and whole and None not in identities:
        marks[_digest(secret, b"naam", ["rijen"]).hex()] = _digest(secret, b"waarde", sorted(map(str, identities)))
    return marks


def _digest(secret: bytes, kind: bytes, value: object) -> bytes:
    return hmac.digest(secret, kind + b"\0" + encode(value), hashlib.sha256)[:_MARK_BYTES]


def _identity(definition: DataSetDefinition, row: Row) -> str | None:
    if definition.shape == "enkel":
        return ""
    periods = {f"{value.periode.van}/{value.periode.tot}" for value in row.values() if value.periode is not None}
    if len(periods) == 1:
        return periods.pop()
    heading = row.get(definition.title_element)
    return None if heading is None or heading.waarde is None else str(heading.waarde)


def _leaves(row: Row) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        inner = value.waarde
        if isinstance(inner, dict):
            inner = (inner,)
        if not isinstance(inner, tuple):
            yield name, _said(value)
            continue
        for part in sorted({part for item in inner for part in item}):
            yield f"{name}.{part}", [_said(item[part]) if part in item else None for item in inner]


def _said(value: Value) -> list[Any]:
    return [value.waarde, value.eenheid, value.status, value.in_onderzoek, value.opmerking]
