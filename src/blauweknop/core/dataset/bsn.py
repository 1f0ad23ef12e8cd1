# SPDX-License-Identifier: EUPL-1.2
"""The citizen service number (BSN): its form and its eleven test.

A BSN is nine digits, leading zeros included. Whether a number passes says that it was not mistyped, never that
somebody has it. Organisation numbers (OIN) hold long runs of nines: they are not BSNs and do not come here.

Spec: Besluit burgerservicenummer; weights 9 8 7 6 5 4 3 2 -1, sum divisible by 11.
"""

from __future__ import annotations

from typing import Final

_DIGITS: Final = frozenset("0123456789")
_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_bsn(text: str) -> bool:
    """Whether `text` is nine ASCII digits that pass the eleven test; nine zeros do not count."""
    if len(text) != len(_WEIGHTS) or not _DIGITS.issuperset(text) or text == "0" * len(_WEIGHTS):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=True)) % 11 == 0
