# SPDX-License-Identifier: EUPL-1.2
"""Pseudonyms: one citizen has another name at each client and at each source (system.md 3.2, BK083).

- ``sub`` = HMAC-SHA256(key, OIN of the client ‖ citizen id), base64url;
- ``koppeling`` = HMAC-SHA256(another key, OIN of the source ‖ citizen id), base64url;
- an OIN is 20 digits and a citizen id 16 random bytes, so the two never run into each other;
- the two keys are re-wrapped, never rotated: a new key would make strangers of all citizens.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.errors import BlauweKnopError

CITIZEN_ID_BYTES: Final = 16
KEY_BYTES: Final = 32
_OIN: Final = re.compile(r"[0-9]{20}", re.ASCII)


class PseudonymInputError(BlauweKnopError):
    """A pseudonym is made of a key of 32 bytes, an OIN and a citizen id, and of nothing else."""

    code = "pseudoniem-invoer"


def pairwise_sub(key: bytes, client_oin: str, citizen: str) -> str:
    """The name of ``citizen`` (id, hex) at the client with ``client_oin``; 43 characters."""
    return _pseudonym(key, client_oin, citizen)


def pairwise_link(key: bytes, source_oin: str, citizen: str) -> str:
    """``koppeling``: the name of ``citizen`` (id, hex) at the source with ``source_oin``; 43 characters."""
    return _pseudonym(key, source_oin, citizen)


def _pseudonym(key: bytes, oin: str, citizen: str) -> str:
    # 1. Lengths are fixed, or two different inputs could be one.
    try:
        identity = bytes.fromhex(citizen)
    except ValueError:
        identity = b""
    if len(key) != KEY_BYTES or not _OIN.fullmatch(oin) or len(identity) != CITIZEN_ID_BYTES:
        raise PseudonymInputError(clause="system.md 3.2")
    # 2.
    return b64url_encode(hmac.digest(key, oin.encode("ascii") + identity, hashlib.sha256))
