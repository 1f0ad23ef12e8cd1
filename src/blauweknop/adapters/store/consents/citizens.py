# SPDX-License-Identifier: EUPL-1.2
"""How a BSN is found and kept: by two keys that lie outside the database.

finder = HMAC-SHA256(finder key, BSN); sealed = key version (1 byte) ‖ nonce ‖ AES-256-GCM(key of that version, nonce,
BSN, aad = citizen id). The newest key encrypts; all live versions decrypt. The finder key is not rotated: a new one
would find nobody.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

NONCE_BYTES = 12
KEY_BYTES = 32


class CitizenKeyError(ConfigurationError):
    """The key with which a BSN was stored is not among the keys of this service."""

    code = "burgersleutel-ontbreekt"


@dataclass(frozen=True)
class CitizenKeys:
    """``finder``: 32 bytes; ``sealing``: 32 bytes by version (1–255), the highest encrypts."""

    finder: bytes
    sealing: dict[int, bytes]

    def find(self, bsn: str) -> bytes:
        """The keyed hash of ``bsn``."""
        return hmac.digest(self.finder, bsn.encode("ascii"), hashlib.sha256)

    def seal(self, citizen: str, bsn: str, random: Callable[[int], bytes]) -> bytes:
        """``bsn`` as it is stored for ``citizen``."""
        version, nonce = max(self.sealing), random(NONCE_BYTES)
        sealed = AESGCM(self.sealing[version]).encrypt(nonce, bsn.encode("ascii"), citizen.encode("ascii"))
        return bytes([version]) + nonce + sealed

    def open(self, citizen: str, sealed: bytes) -> str:
        """The BSN. Raises: ``CitizenKeyError``."""
        key = self.sealing.get(sealed[0])
        if key is None:
            raise CitizenKeyError
        nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return AESGCM(key).decrypt(nonce, rest, citizen.encode("ascii")).decode("ascii")
        except InvalidTag as error:
            raise CitizenKeyError from error
