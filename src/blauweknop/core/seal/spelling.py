# SPDX-License-Identifier: EUPL-1.2
"""The one spelling of the parts of our own sealed sets: strict base64url of canonical compact JSON.

Decoding and encoding again must give the same bytes. That one comparison refuses white space, repeated members, other
escapes and other spellings of numbers, and is faster than a reader that looks for each. All disclosures of a set go
through it together, as lines; only when something is wrong one by one, to say what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from blauweknop.core.dataset.value import Value
from blauweknop.core.seal.errors import PROFILE, SpellingError
from blauweknop.core.wire.strict_json import encode, parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

_FROM_URL: Final = bytes.maketrans(b"-_", b"+/")
# The last character of base64 text by its length modulo 4: what leaves no unused bit set (RFC 4648 §3.5).
_LAST: Final = (bytes(range(256)), b"", b"AQgw", b"AEIMQUYcgkosw048")
# What msgspec reads more leniently than the strict reader: escapes (lone surrogates) and very large numbers.
_DIGITS: Final = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER: Final = b"0" * 16
_PADDING: Final = (b"", b"", b"==", b"=")
_decode_bytes = msgspec.json.Decoder(list[bytes]).decode
_decode_any = msgspec.json.Decoder().decode_lines
# The disclosure of an element, straight into its value: an envelope with other members, or in another order, does not
# give its bytes again.
_decode_elements = msgspec.json.Decoder(tuple[str, str, Value]).decode_lines
_encode_lines = msgspec.json.Encoder().encode_lines


@dataclass(frozen=True, slots=True)
class Decoded:
    """The contents of disclosures, in their order; ``flat``: the places of those that hold no digest for sure.

    A flat disclosure of an element holds its ``Value`` already; any other holds plain JSON values.
    """

    contents: list[Any]
    flat: Container[int]


def decode_canonical(encoded: bytes) -> Any:
    """The JSON value that ``encoded`` spells: base64url characters (already checked) of canonical JSON.

    Raises: ``SpellingError`` for another spelling, ``MalformedError`` for no JSON at all.
    """
    (raw,) = _decode_base64url([encoded])
    return _decode_json(raw)


def decode_disclosures(disclosures: Sequence[bytes]) -> Decoded:
    """What ``disclosures`` hold, each as ``decode_canonical``."""
    if not disclosures:
        return Decoded([], ())
    raws = _decode_base64url(disclosures)
    every = range(len(raws))
    elements = _decode_lines(_decode_elements, raws)
    if elements is not None:  # a value of an element has no place for a digest
        return Decoded(elements, every)
    flat = [place for place in every if not _names_digests(raws[place])]
    rest = sorted(set(every).difference(flat))
    contents: dict[int, Any] = {}
    for places, decode in ((flat, _decode_elements), (rest, _decode_any)):
        lines = [raws[place] for place in places]
        found = _decode_lines(decode, lines)
        contents.update(zip(places, [_decode_json(line) for line in lines] if found is None else found, strict=True))
    return Decoded([contents[place] for place in every], frozenset(flat))


def _decode_base64url(texts: Sequence[bytes]) -> list[bytes]:
    """What each of ``texts`` spells, all in one pass: as a JSON list of base64 texts, which msgspec reads strictly."""
    for text in texts:
        if text[-1] not in _LAST[len(text) & 3]:
            raise SpellingError("not base64url, or unused bits of it are not zero", clause="RFC 4648 §3.5")
    padded = b'","'.join([text + _PADDING[len(text) & 3] for text in texts])
    return _decode_bytes(b'["%b"]' % padded.translate(_FROM_URL))


def _decode_lines(decode: Callable[[bytes], list[Any]], raws: list[bytes]) -> list[Any] | None:
    """The values of ``raws`` by ``decode``, all lines together, where that gives their bytes again; else None.

    Canonical JSON has no line end in it, so as many values as lines, that encode to the same bytes, are one from each.
    """
    lines = b"\n".join(raws)
    if b"\\" in lines or _LONG_NUMBER in lines.translate(_DIGITS):
        return None
    try:
        values = decode(lines)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    return values if len(values) == len(raws) and _encode_lines(values)[:-1] == lines else None


def _decode_json(raw: bytes) -> Any:
    found = _decode_lines(_decode_any, [raw])
    if found is not None:
        return found[0]
    value = parse_json(raw)
    if encode(value) != raw:
        raise SpellingError("not compact canonical JSON", clause=PROFILE)
    return value


def _names_digests(raw: bytes) -> bool:
    """Whether a digest may stand in ``raw``: in canonical JSON these names have one spelling, unless by an escape."""
    return b'"_sd"' in raw or b'"..."' in raw or b"\\" in raw
