# SPDX-License-Identifier: EUPL-1.2
"""Strict base64url without padding (RFC 7515 §2; RFC 4648 §5, §3.5).

- only the 64 characters of the URL-safe alphabet, no ``=``, no white space;
- unused low bits of the last character are zero, so that one byte string has one spelling.
"""

from __future__ import annotations

import binascii

from blauweknop.errors import MalformedError

ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def b64url_encode(data: bytes) -> str:
    """``data`` in base64url without padding."""
    return binascii.b2a_base64(data, newline=False).rstrip(b"=").translate(_TO_URL).decode("ascii")


def b64url_decode(text: str | bytes) -> bytes:
    """The bytes that ``text`` spells.

    Raises: ``MalformedError`` for any other alphabet, padding, an impossible length or non-zero unused bits.
    Spec: RFC 7515 §2, RFC 4648 §3.5.
    """
    try:
        raw = text.encode("ascii") if isinstance(text, str) else text
    except UnicodeEncodeError as error:
        raise MalformedError("base64url outside ASCII", clause="RFC 7515 §2") from error
    if raw.translate(None, ALPHABET) or len(raw) % 4 == 1:
        raise MalformedError("not base64url without padding", clause="RFC 7515 §2")
    data = binascii.a2b_base64(raw.translate(_FROM_URL) + b"=" * (-len(raw) % 4))
    if len(raw) % 4 and b64url_encode(data).encode("ascii") != raw:
        raise MalformedError("unused bits of the last base64url character are not zero", clause="RFC 4648 §3.5")
    return data


_TO_URL = bytes.maketrans(b"+/", b"-_")
_FROM_URL = bytes.maketrans(b"-_", b"+/")
