# SPDX-License-Identifier: EUPL-1.2
"""Base45 (RFC 9285), strict: what a QR code in alphanumeric mode holds best.

- two bytes are three characters, a last single byte is two (§4);
- a value over what its bytes can hold, another character (lower case too) or an impossible length is refused (§6): each
  byte string has one spelling.
"""

from __future__ import annotations

from blauweknop.errors import MalformedError

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_BASE = len(_ALPHABET)
_CLAUSE = "RFC 9285 §6"


def base45_length(byte_count: int) -> int:
    """How many characters ``byte_count`` bytes take."""
    return byte_count // 2 * 3 + byte_count % 2 * 2


def base45_encode(data: bytes) -> str:
    """``data`` in base45. Spec: RFC 9285 §4.1."""
    text = []
    for start in range(0, len(data) - 1, 2):
        rest, low = divmod(int.from_bytes(data[start : start + 2], "big"), _BASE)
        high, middle = divmod(rest, _BASE)
        text.append(_ALPHABET[low] + _ALPHABET[middle] + _ALPHABET[high])
    if len(data) % 2:
        high, low = divmod(data[-1], _BASE)
        text.append(_ALPHABET[low] + _ALPHABET[high])
    return "".join(text)


def base45_decode(text: str) -> bytes:
    """The bytes that ``text`` spells. Raises: ``MalformedError``. Spec: RFC 9285 §4.2, §6."""
    try:
        values = [_VALUES[character] for character in text]
    except KeyError as error:
        raise MalformedError("a character outside base45", clause=_CLAUSE) from error
    data = bytearray()
    for start in range(0, len(values), 3):
        group = values[start : start + 3]
        if len(group) == 1:
            raise MalformedError("an impossible length of base45", clause=_CLAUSE)
        number = sum(value * _BASE**place for place, value in enumerate(group))
        size = len(group) - 1
        if number >= 1 << 8 * size:
            raise MalformedError("a base45 group beyond its bytes", clause=_CLAUSE)
        data += number.to_bytes(size, "big")
    return bytes(data)
