# SPDX-License-Identifier: EUPL-1.2
"""Two prints of a sealed set (system.md 4).

- *vingerafdruk*: which sealing. base64url of SHA-256 over the ASCII ``header.payload.signature``; equal over every form
  of the set and over every smaller copy of it;
- *toonafdruk*: what was shown. ``sd_hash`` of RFC 9901 §4.3.1: base64url of SHA-256 over the compact SD-JWT with its
  disclosures, up to and including the last ``~``.

For the eye: the first 100 bits as five groups of four characters of Crockford's base32.
"""

from __future__ import annotations

import hashlib

from blauweknop.core.wire.base64url import b64url_decode, b64url_encode

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 100
_GROUP = 4


def fingerprint(jwt: bytes) -> str:
    """The *vingerafdruk* of the compact JWS ``jwt`` (ASCII); the *toonafdruk* when given a compact SD-JWT."""
    return b64url_encode(hashlib.sha256(jwt).digest())


def human_print(print_: str) -> str:
    """``print_`` (base64url of 32 bytes) for the eye: ``XXXX-XXXX-XXXX-XXXX-XXXX``.

    Raises: ``MalformedError`` when ``print_`` is not base64url.
    """
    bits = int.from_bytes(b64url_decode(print_), "big") >> (8 * 32 - _BITS)
    letters = "".join(_CROCKFORD[bits >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))
