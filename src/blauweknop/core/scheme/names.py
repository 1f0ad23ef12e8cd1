# SPDX-License-Identifier: EUPL-1.2
"""Names of organisations as people see them: nothing that looks like another name (trust.md "Unicode tricks").

1. 1 to 100 characters, normalised (NFC), no blank at either end, no two blanks in a row;
2. letters of one script (Unicode UAX #24; UTS #39 §5.1 "single script"); digits are ASCII;
3. besides letters and digits only space and ``.,-'’&()/:+@``: no control, format, direction or combining characters.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from blauweknop.core.scheme.errors import NameRefusedError

MAX_NAME: Final = 100
_PUNCTUATION: Final = frozenset(" .,-'’&()/:+@")
_LETTERS: Final = frozenset(["Lu", "Ll", "Lt", "Lo"])


def check_name(name: str) -> None:
    """Raises ``NameRefusedError`` for a name that breaks a rule of the module."""
    # 1.
    if not 1 <= len(name) <= MAX_NAME or name != name.strip() or "  " in name:
        raise NameRefusedError(f"1 to {MAX_NAME} characters, no blanks around or double", clause="rule 1")
    if unicodedata.normalize("NFC", name) != name:
        raise NameRefusedError("not normalised", clause="UAX #15 NFC")
    scripts = set()
    for character in name:
        if unicodedata.category(character) in _LETTERS:
            scripts.add(_script(character))
        elif character not in _PUNCTUATION and not (character.isascii() and character.isdigit()):
            raise NameRefusedError("a character other than letters, digits and plain punctuation", clause="rule 3")
    # 2.
    if len(scripts) > 1:
        raise NameRefusedError("letters of more than one script", clause="UTS #39 §5.1")


def _script(letter: str) -> str:
    # A letter's Unicode name begins with its script (LATIN, GREEK, CYRILLIC, FULLWIDTH, MATHEMATICAL …).
    return unicodedata.name(letter, "NAMELESS").split(" ", 1)[0].split("-", 1)[0]
