# SPDX-License-Identifier: EUPL-1.2
"""One entry of the log, and its leaf.

leaf = SHA-256(0x00 ‖ salt ‖ entry), with ``salt`` 32 bytes and ``entry`` the canonical compact JSON of ``LogEntry``
(RFC 9162 §2.1.1 hashing of a leaf, salted so that an erased entry cannot be guessed from its leaf).
Members stand in the order of this class; empty ones are left out. No BSN, no value of a citizen.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from blauweknop.core.wire.strict_json import encode

SALT_BYTES = 32
NO_PREVIOUS = bytes(32)


class LogEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What happened: ``soort`` a delivery, a look on screen or a refused attempt; ``tijd`` UTC, to the second."""

    soort: Literal["levering", "inzage", "weigering"]
    levering: str
    tijd: str
    nummer: int
    vorige: str  # base64url of the previous leaf of this citizen
    bron: str  # iss
    grondslag: Literal["eigen_inzage", "toestemming", "wettelijk"]
    gegevensset: str
    elementen: tuple[str, ...]
    deur: str
    client: str
    dienst: str = ""
    niveau: str = ""
    vingerafdruk: str = ""
    ontbreekt: tuple[str, ...] = ()
    reden: str = ""
    herhaling_van: str = ""


def leaf_of(entry_json: bytes, salt: bytes) -> bytes:
    """The leaf, 32 bytes."""
    return hashlib.sha256(b"\x00" + salt + entry_json).digest()


def encode_entry(entry: LogEntry) -> bytes:
    """The canonical bytes under the leaf."""
    return encode(entry)
