# SPDX-License-Identifier: EUPL-1.2
"""Deterministic CBOR (RFC 8949 §4.2.1) of plain values, strict: one value has one encoding, and no other is read.

- maps with text or integer keys, arrays, text, bytes, integers within ±(2^53 − 1), floats that are numbers, true,
  false, null; no tags, no indefinite lengths, no undefined or other simple values;
- shortest lengths and floats, map keys in bytewise order, no key twice; nothing after the value;
- at most ``max_bytes``, nested at most ``MAX_DEPTH``.
"""

from __future__ import annotations

import math
from typing import Any, NoReturn

import cbor2

from blauweknop.errors import MalformedError

MAX_DEPTH = 8
_MAX_SAFE = 2**53 - 1
_CLAUSE = "RFC 8949 §4.2.1"


class _RefuseTags(dict[int, Any]):
    """Every tag is refused before anything is made of it (dates, patterns, big numbers, shared values)."""

    def __missing__(self, number: int) -> Any:
        return _refuse_tag


def encode_cbor(value: object) -> bytes:
    """``value`` in deterministic CBOR. Spec: RFC 8949 §4.2.1."""
    return cbor2.dumps(value, canonical=True)


def parse_cbor(data: bytes, *, max_bytes: int) -> Any:
    """The plain value that ``data`` encodes.

    Raises: ``MalformedError`` for anything but the one encoding of a value of the types above, whatever the bytes.
    """
    if len(data) > max_bytes:
        raise MalformedError(f"more than {max_bytes} bytes of CBOR")
    try:
        value = cbor2.loads(
            data,
            semantic_decoders=_RefuseTags(),
            max_depth=MAX_DEPTH,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )
    except (cbor2.CBORDecodeError, TypeError) as error:  # TypeError: a key that cannot be one, such as an array
        raise MalformedError("not CBOR of plain values", clause="RFC 8949 §5.3.1") from error
    _check_plain(value)
    if encode_cbor(value) != data:
        raise MalformedError("not the deterministic encoding", clause=_CLAUSE)
    return value


def _refuse_tag(*_arguments: object) -> NoReturn:
    raise cbor2.CBORDecodeError("tags are not accepted")


def _check_plain(value: object) -> None:
    if isinstance(value, dict):
        for key, member in value.items():
            if not isinstance(key, str) and type(key) is not int:
                raise MalformedError("a map key is neither text nor an integer", clause="RFC 8949 §5.6")
            _check_plain(member)
    elif isinstance(value, list):
        for item in value:
            _check_plain(item)
    else:
        _check_scalar(value)


def _check_scalar(value: object) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise MalformedError("a float that is no number", clause="RFC 8949 §4.2.2")
    if isinstance(value, int) and abs(value) > _MAX_SAFE:
        raise MalformedError("an integer beyond 2^53 − 1", clause="RFC 7493 §2.2")
    if value is not None and not isinstance(value, str | bytes | int | float):
        raise MalformedError("a CBOR value of another type", clause="RFC 8949 §3.3")
