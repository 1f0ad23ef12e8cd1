# SPDX-License-Identifier: EUPL-1.2
"""Strict JSON: what two readers could read differently is refused.

- UTF-8 without BOM, at most ``max_bytes``, nested at most ``max_depth`` (counted before parsing, without recursion);
- no member twice in one object (RFC 8259 §4; RFC 7515 §4), no NaN or Infinity, no lone surrogates;
- numbers: integers within ±(2^53 − 1) or floats (RFC 7493 §2.2).

``encode`` writes the one canonical form that we sign, store and hash: compact, members in the order given, UTF-8,
no escapes but those JSON demands.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

import msgspec

from blauweknop.errors import MalformedError

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
_MAX_SAFE = 2**53 - 1
# Possessive and with the closing quote optional: each byte is looked at once, whatever the input.
_STRUCTURE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{\]}]', re.DOTALL)


def parse_json(data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """The value that ``data`` spells, as plain Python values.

    Raises: ``MalformedError`` with the rule broken; never anything else, whatever the bytes.
    Spec: RFC 8259, RFC 7493.
    """
    if len(data) > max_bytes:
        raise MalformedError(f"more than {max_bytes} bytes of JSON")
    if (value := _canonical(data, max_depth)) is not _NOT_CANONICAL:
        return value
    _check_depth(data, max_depth)
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_unique_members,
            parse_constant=_refuse_constant,
            parse_int=_safe_integer,
            parse_float=_finite,
        )
    except UnicodeDecodeError:  # these errors hold the whole document: they must not travel along as a cause
        raise MalformedError("JSON is not UTF-8", clause="RFC 8259 §8.1") from None
    except (ValueError, RecursionError):
        raise MalformedError("not JSON", clause="RFC 8259 §2") from None
    if b"\\u" in data:
        _check_texts(value)
    return value


def parse_object(data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> dict[str, Any]:
    """As ``parse_json``; the value must be an object."""
    value = parse_json(data, max_bytes=max_bytes, max_depth=max_depth)
    if not isinstance(value, dict):
        raise MalformedError("a JSON object was expected")
    return value


def encode(value: object) -> bytes:
    """``value`` in canonical compact JSON, UTF-8."""
    return _ENCODER.encode(value)


def _canonical(data: bytes, max_depth: int) -> Any:
    """The value of ``data`` where it is spelt as ``encode`` spells it, which breaks no rule; else ``_NOT_CANONICAL``.

    Faster than the strict reader. msgspec alone is too lenient: encoding again refuses repeated members and other
    spellings; escapes (lone surrogates), long numbers and deep nesting are left to the strict reader.
    """
    if b"\\" in data or _LONG_NUMBER in data.translate(_DIGITS) or data.count(b"[") + data.count(b"{") > max_depth:
        return _NOT_CANONICAL
    try:
        value = _DECODER.decode(data)
    except ValueError:
        return _NOT_CANONICAL
    return value if encode(value) == data else _NOT_CANONICAL


def _check_depth(data: bytes, max_depth: int) -> None:
    depth = 0
    for token in _STRUCTURE.finditer(data):
        first = data[token.start()]
        if first in b"[{":
            depth += 1
            if depth > max_depth:
                raise MalformedError(f"JSON nested deeper than {max_depth}")
        elif first in b"]}":
            depth -= 1


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise MalformedError("a JSON member stands twice in one object", clause="RFC 8259 §4")
    return members


def _check_texts(value: Any) -> None:
    # Lone surrogates survive json.loads ("\\ud800") but cannot be encoded again: two spellings, or none.
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise MalformedError("a lone surrogate in JSON text", clause="RFC 7493 §2.1")
    elif isinstance(value, list):
        for item in value:
            _check_texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_texts(name)
            _check_texts(item)


def _refuse_constant(_name: str) -> NoReturn:
    raise MalformedError("NaN and Infinity are not JSON", clause="RFC 8259 §6")


def _safe_integer(digits: str) -> int:
    if len(digits) > len(str(_MAX_SAFE)) + 1 or abs(int(digits)) > _MAX_SAFE:
        raise MalformedError("an integer beyond 2^53 − 1", clause="RFC 7493 §2.2")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise MalformedError("a number beyond what a double holds", clause="RFC 7493 §2.2")
    return number


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder()
_NOT_CANONICAL = object()
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER = b"0" * len(str(_MAX_SAFE))
