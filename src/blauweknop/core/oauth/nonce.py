# SPDX-License-Identifier: EUPL-1.2
"""DPoP nonces that nobody has to remember: the time, and an HMAC over it (RFC 9449 §8, system.md 6).

A nonce is ``base64url(8 bytes of seconds ‖ first 16 bytes of HMAC-SHA256(secret, "dpop-nonce" ‖ seconds))`` and counts
for 60 seconds; another process with the same secret accepts it, 10 seconds of its clock aside.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from typing import Final

from blauweknop.core.oauth.claims import CLOCK_SKEW
from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.errors import MalformedError

LIFETIME: Final = 60
_TIME_BYTES: Final = 8
_MARK_BYTES: Final = 16


class Nonces:
    """Makes and knows nonces of one secret (32 bytes, purpose: nonces alone)."""

    def __init__(self, secret: bytes) -> None:
        """``secret``: shared by all processes of the service."""
        self._secret = secret

    def make(self, at: int) -> str:
        """The nonce of ``at``, seconds since 1970."""
        spelt = struct.pack(">Q", at)
        return b64url_encode(spelt + self._mark(spelt))

    def counts(self, nonce: str, at: int) -> bool:
        """Whether ``nonce`` was made here and is no older than 60 seconds at ``at``."""
        try:
            data = b64url_decode(nonce)
        except MalformedError:
            return False
        spelt, mark = data[:_TIME_BYTES], data[_TIME_BYTES:]
        if len(data) != _TIME_BYTES + _MARK_BYTES or not hmac.compare_digest(mark, self._mark(spelt)):
            return False
        (made,) = struct.unpack(">Q", spelt)
        return bool(-CLOCK_SKEW <= at - made <= LIFETIME)

    def _mark(self, spelt: bytes) -> bytes:
        return hmac.digest(self._secret, b"dpop-nonce" + spelt, hashlib.sha256)[:_MARK_BYTES]
