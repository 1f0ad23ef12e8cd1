# SPDX-License-Identifier: EUPL-1.2
"""What kind of thing a file is, by its first bytes: never by its name, which anybody can choose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from blauweknop.adapters.verify.report import Kind

_BEGINNINGS: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "afbeelding"),
    (b"\xff\xd8\xff", "afbeelding"),
    (b"BK1:", "papiercode"),
    (b"{", "json"),
)
ON_PAPER: Final[frozenset[Kind]] = frozenset({"papiercode", "afbeelding"})
_SD_JWT = re.compile(rb"[A-Za-z0-9_+/=-]++\.[A-Za-z0-9_+/=-]++\.")
_HEAD: Final = 200_000  # bytes looked at: header and payload of the largest set that is still one


def detect(data: bytes) -> Kind:
    """The kind of ``data``; also of what nearly is of that kind, so that a report can say what is wrong with it."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    head = data[:_HEAD].lstrip()
    if head[:4].upper() == b"BK1:":
        return "papiercode"
    return "sd-jwt" if _SD_JWT.match(head) else "onbekend"
