# SPDX-License-Identifier: EUPL-1.2
"""The one spelling of the parts of our own sealed sets: strict base64url of canonical compact JSON.

Decoding and encoding again must give the same bytes. That one comparison refuses white space, repeated members, other
escapes and other spellings of numbers, and is faster than a reader that looks for each.
"""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from blauweknop.core.seal.errors import SpellingError
from blauweknop.core.wire.strict_json import encode, parse_json
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Sequence

_TO_URL: Final = bytes.maketrans(b"+/", b"-_")
_FROM_URL: Final = bytes.maketrans(b"-_", b"+/")
# What msgspec reads more leniently than the strict reader: escapes (lone surrogates) and very large numbers.
_DIGITS: Final = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER: Final = b"0" * 16
_decode = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class Decoded:
    """The contents of disclosures, in their order; ``flat``: the places of those that hold no digest for sure."""

    contents: list[Any]
    flat: set[int]


def decode_canonical(encoded: bytes) -> Any:
    """The JSON value that ``encoded`` spells: base64url characters (already checked) of canonical JSON.

    Raises: ``SpellingError`` for another spelling, ``MalformedError`` for no JSON at all.
    """
    return _decode_canonical_json(_decode_base64url(encoded))


def decode_disclosures(disclosures: Sequence[bytes]) -> Decoded:
    """What ``disclosures`` hold, each as ``decode_canonical``."""
    contents, flat = [], set()
    for place, encoded in enumerate(disclosures):
        raw = _decode_base64url(encoded)
        contents.append(_decode_canonical_json(raw))
        # In canonical JSON these names have one spelling, unless an escape stands in it.
        if b'"_sd"' not in raw and b'"..."' not in raw and b"\\" not in raw:
            flat.add(place)
    return Decoded(contents, flat)


def _decode_base64url(encoded: bytes) -> bytes:
    if len(encoded) % 4 == 1:
        raise MalformedError("not base64url", clause="RFC 7515 §2")
    raw = a2b_base64(encoded.translate(_FROM_URL) + b"==")
    if b2a_base64(raw, newline=False).translate(_TO_URL, b"=") != encoded:
        raise SpellingError("unused bits of the last base64url character are not zero", clause="RFC 4648 §3.5")
    return raw


def _decode_canonical_json(raw: bytes) -> Any:
    doubtful = b"\\" in raw or _LONG_NUMBER in raw.translate(_DIGITS)
    try:
        value = parse_json(raw) if doubtful else _decode(raw)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise MalformedError("not JSON", clause="RFC 8259 §2") from error
    if encode(value) != raw:
        raise SpellingError("not compact canonical JSON", clause="system.md 4")
    return value
