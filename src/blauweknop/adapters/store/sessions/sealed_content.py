# SPDX-License-Identifier: EUPL-1.2
"""How a session's content is kept from whoever holds only the store.

key = HKDF-SHA-256(secret, salt = id, info = kind) (RFC 5869); content = nonce ‖ AES-256-GCM(key, nonce, content,
aad = hash of the id), with a nonce of 12 random bytes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

NONCE_BYTES = 12
MIN_SECRET_BYTES = 32


class ContentSealer:
    """Encrypts and decrypts the contents of one kind of session."""

    def __init__(self, secret: bytes, *, kind: str, random: Callable[[int], bytes]) -> None:
        """``secret``: the service's session secret, at least 32 bytes; ``random``: that many random bytes."""
        if len(secret) < MIN_SECRET_BYTES:
            raise ConfigurationError(f"a session secret has at least {MIN_SECRET_BYTES} bytes")
        self._secret = secret
        self._kind = kind
        self._random = random

    def seal(self, session: str, content: bytes) -> bytes:
        """``content`` as it is stored for the session with this id."""
        nonce = self._random(NONCE_BYTES)
        return nonce + self._cipher(session).encrypt(nonce, content, hash_of(session))

    def open(self, session: str, sealed: bytes) -> bytes | None:
        """The content; None when ``sealed`` was not made for this id with this secret."""
        try:
            return self._cipher(session).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], hash_of(session))
        except (InvalidTag, ValueError):
            return None

    def _cipher(self, session: str) -> AESGCM:
        salt, info = session.encode(), b"blauweknop " + self._kind.encode()
        return AESGCM(HKDF(hashes.SHA256(), 32, salt, info).derive(self._secret))


def hash_of(session: str) -> bytes:
    """What the store knows a session by: SHA-256 of its id."""
    return hashlib.sha256(session.encode()).digest()
