# SPDX-License-Identifier: EUPL-1.2
"""The one spelling of the parts of our own sealed sets: strict base64url of canonical compact JSON.

Decoding and encoding again must give the same bytes. That one comparison refuses white space, repeated members, other
escapes and other spellings of numbers, and is faster than a reader that looks for each. All disclosures of a set go
through it together, as lines; only when something is wrong one by one, to say what.
"""

from __future__ import annotations

from binascii import a2b_base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from blauweknop.core.seal.errors import PROFILE, SpellingError
from blauweknop.core.wire.strict_json import encode, parse_json

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_FROM_URL: Final = bytes.maketrans(b"-_", b"+/")
# The last character of base64 text by its length modulo 4: what leaves no unused bit set (RFC 4648 §3.5).
_LAST: Final = (bytes(range(256)), b"", b"AQgw", b"AEIMQUYcgkosw048")
# What msgspec reads more leniently than the strict reader: escapes (lone surrogates) and very large numbers.
_DIGITS: Final = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER: Final = b"0" * 16
_decode_lines = msgspec.json.Decoder().decode_lines
_encode_lines = msgspec.json.Encoder().encode_lines


@dataclass(frozen=True, slots=True)
class Decoded:
    """The contents of disclosures, in their order; ``flat``: the places of those that hold no digest for sure."""

    contents: list[Any]
    flat: Collection[int]


def decode_canonical(encoded: bytes) -> Any:
    """The JSON value that ``encoded`` spells: base64url characters (already checked) of canonical JSON.

    Raises: ``SpellingError`` for another spelling, ``MalformedError`` for no JSON at all.
    """
    return _decode_json(_decode_base64(encoded.translate(_FROM_URL)))


def decode_disclosures(disclosures: Sequence[bytes]) -> Decoded:
    """What ``disclosures`` hold, each as ``decode_canonical``."""
    if not disclosures:
        return Decoded([], ())
    raws = [_decode_base64(each) for each in b"~".join(disclosures).translate(_FROM_URL).split(b"~")]
    lines = b"\n".join(raws)
    contents = _decode_lines_canonical(lines, len(raws))
    if contents is None:
        contents = [_decode_json(raw) for raw in raws]
    if not _names_digests(lines):
        return Decoded(contents, range(len(raws)))
    return Decoded(contents, {place for place, raw in enumerate(raws) if not _names_digests(raw)})


def _decode_base64(encoded: bytes) -> bytes:
    if encoded[-1] not in _LAST[len(encoded) & 3]:
        raise SpellingError("not base64url, or unused bits of it are not zero", clause="RFC 4648 §3.5")
    return a2b_base64(encoded + b"==")


def _decode_lines_canonical(lines: bytes, count: int) -> list[Any] | None:
    """The values of ``count`` lines of canonical JSON, or None where they are not just that.

    Canonical JSON has no line end in it, so ``count`` values that encode to the same bytes are one from each line.
    """
    if _is_doubtful(lines):
        return None
    try:
        contents = _decode_lines(lines)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    return contents if len(contents) == count and _encode_lines(contents)[:-1] == lines else None


def _decode_json(raw: bytes) -> Any:
    value = parse_json(raw)
    if encode(value) != raw:
        raise SpellingError("not compact canonical JSON", clause=PROFILE)
    return value


def _is_doubtful(raw: bytes) -> bool:
    return b"\\" in raw or _LONG_NUMBER in raw.translate(_DIGITS)


def _names_digests(raw: bytes) -> bool:
    """Whether a digest may stand in ``raw``: in canonical JSON these names have one spelling, unless by an escape."""
    return b'"_sd"' in raw or b'"..."' in raw or b"\\" in raw
