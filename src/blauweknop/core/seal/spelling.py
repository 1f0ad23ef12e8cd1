# SPDX-License-Identifier: EUPL-1.2
"""The one spelling of the parts of our own sealed sets: strict base64url of canonical compact JSON.

Decoding and encoding again must give the same bytes. That one comparison refuses white space, repeated members, other
escapes and other spellings of numbers, and is faster than a reader that looks for each.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64
from typing import Any, Final

import msgspec

from blauweknop.core.seal.errors import SpellingError
from blauweknop.core.wire.strict_json import encode, parse_json
from blauweknop.errors import MalformedError

_TO_URL: Final = bytes.maketrans(b"+/", b"-_")
_FROM_URL: Final = bytes.maketrans(b"-_", b"+/")
# What msgspec reads more leniently than the strict reader: escapes (lone surrogates) and very large numbers.
_DOUBTFUL = re.compile(rb"\\|[0-9]{16}")
_decode = msgspec.json.Decoder().decode


def decode_canonical(encoded: bytes) -> Any:
    """The JSON value that ``encoded`` spells: base64url characters (already checked) of canonical JSON.

    Raises: ``SpellingError`` for another spelling, ``MalformedError`` for no JSON at all.
    """
    if len(encoded) % 4 == 1:
        raise MalformedError("not base64url", clause="RFC 7515 §2")
    raw = a2b_base64(encoded.translate(_FROM_URL) + b"==")
    if b2a_base64(raw, newline=False).translate(_TO_URL, b"=") != encoded:
        raise SpellingError("unused bits of the last base64url character are not zero", clause="RFC 4648 §3.5")
    return decode_canonical_json(raw)


def decode_canonical_json(raw: bytes) -> Any:
    """The value that ``raw`` spells in canonical JSON; raises as ``decode_canonical``."""
    try:
        value = parse_json(raw) if _DOUBTFUL.search(raw) else _decode(raw)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise MalformedError("not JSON", clause="RFC 8259 §2") from error
    if encode(value) != raw:
        raise SpellingError("not compact canonical JSON", clause="system.md 4")
    return value
