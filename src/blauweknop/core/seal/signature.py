# SPDX-License-Identifier: EUPL-1.2
"""One signature, one spelling.

Of an ECDSA signature (r, s) anybody can make (r, n - s), which is valid too (SEC 1 §4.1.4). As the *vingerafdruk*
covers the signature, a seal has ``s`` in the lower half, and the other is refused.
"""

from __future__ import annotations

from typing import Final

_SIZE: Final = 32
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-5, SP 800-186)
_HALF: Final = (_ORDER // 2).to_bytes(_SIZE, "big")


def is_low_s(signature: bytes) -> bool:
    """Whether ``s`` of ``signature`` (raw ``R || S``) is at most half the order of P-256."""
    return signature[_SIZE:] <= _HALF


def low_s(signature: bytes) -> bytes:
    """``signature`` (raw ``R || S``, 64 bytes) with ``s`` in the lower half."""
    if is_low_s(signature):
        return signature
    return signature[:_SIZE] + (_ORDER - int.from_bytes(signature[_SIZE:], "big")).to_bytes(_SIZE, "big")
