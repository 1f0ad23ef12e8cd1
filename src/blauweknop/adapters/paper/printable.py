# SPDX-License-Identifier: EUPL-1.2
"""What of a text can be printed: the letters of the one font, left to right, with places to break a line.

A value may hold anything a register ever took in: markup, direction marks, letters the font lacks. On paper

- control characters become a blank, direction and other format marks vanish (they could turn text around);
- a letter the font has no picture of becomes ``□``; the attached set holds the real one, and the page says so;
- a run of more than ``LONGEST_RUN`` letters may be broken.

Markup needs nothing: text reaches the typesetter as data, never as source.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

UNPRINTABLE: Final = "□"
LONGEST_RUN: Final = 30
_BREAK_AFTER = 18
_ZERO_WIDTH_SPACE = "\u200b"
# Latin, Greek and Cyrillic of Libertinus Serif, punctuation, currency signs; a test prints every one of them.
_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x2FF),
    (0x370, 0x377),
    (0x384, 0x38A),
    (0x38E, 0x3A1),
    (0x3A3, 0x482),
    (0x48A, 0x4FF),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x2030, 0x203A),
    (0x20A0, 0x20C0),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
)
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


def printable(text: str) -> str:
    """``text`` as it can be printed."""
    return _RUN.sub(_breakable, "".join(map(_letter, unicodedata.normalize("NFC", text))))


def _letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    if category == "Cf":
        return ""
    code = ord(letter)
    return letter if any(first <= code <= last for first, last in _RANGES) else UNPRINTABLE


def _breakable(run: re.Match[str]) -> str:
    letters = run[0]
    pieces = (letters[start : start + _BREAK_AFTER] for start in range(0, len(letters), _BREAK_AFTER))
    return _ZERO_WIDTH_SPACE.join(pieces)
