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
# Also what nearly is one, so that the report says what is wrong with it.
_SD_JWT = re.compile(rb"\s*[A-Za-z0-9_+/=-]{1,100000}\.[A-Za-z0-9_+/=-]+\.")
_PAPER_CODE = re.compile(rb"\s*(?:QR-code:)?\s*bk1:", re.IGNORECASE)


def detect(data: bytes) -> Kind:
    """The kind of ``data``."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if _PAPER_CODE.match(data):
        return "papiercode"
    return "sd-jwt" if _SD_JWT.match(data) else "onbekend"
