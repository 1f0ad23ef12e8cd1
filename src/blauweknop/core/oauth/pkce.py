# SPDX-License-Identifier: EUPL-1.2
"""PKCE with S256, and no other method (RFC 7636, FAPI 2.0 §5.3.2.2)."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

from blauweknop.core.oauth.errors import InvalidGrantError, InvalidRequestError
from blauweknop.core.wire.base64url import b64url_encode

METHOD: Final = "S256"
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_VERIFIER: Final = re.compile(r"[A-Za-z0-9._~-]{43,128}", re.ASCII)


def check_challenge(challenge: str, method: str) -> None:
    """Raises ``InvalidRequestError`` unless it is the S256 challenge of some verifier. Spec: RFC 7636 §4.3, §4.4.1."""
    if method != METHOD:
        raise InvalidRequestError("code_challenge_method is not S256", clause="RFC 7636 §4.3")
    if not _CHALLENGE.fullmatch(challenge):
        raise InvalidRequestError("code_challenge", clause="RFC 7636 §4.2")


def check_verifier(verifier: str, challenge: str) -> None:
    """Raises ``InvalidGrantError`` unless ``challenge`` was made of ``verifier``. Spec: RFC 7636 §4.6."""
    if not _VERIFIER.fullmatch(verifier):
        raise InvalidGrantError("code_verifier", clause="RFC 7636 §4.1")
    made = b64url_encode(hashlib.sha256(verifier.encode("ascii")).digest())
    if not hmac.compare_digest(made, challenge):
        raise InvalidGrantError("code_verifier", clause="RFC 7636 §4.6")
