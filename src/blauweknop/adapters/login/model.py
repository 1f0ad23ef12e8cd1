# SPDX-License-Identifier: EUPL-1.2
"""Who logged in, what a login that has begun must remember, and how a login service is configured."""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

Assurance = Literal["laag", "substantieel", "hoog"]
ATTEMPT_SECONDS: Final = 600


class LoginSettings(msgspec.Struct, frozen=True, kw_only=True):
    """One login service (OpenID provider).

    ``levels``: its ``acr`` values and what assurance each means; ``subject_claim``: the claim of the ID token that
    holds the BSN; ``scope``: what is asked. ``redirect_uri``: exact. ``algorithms``: what ID tokens may be signed with.
    """

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    levels: dict[str, Assurance]
    asked_levels: tuple[str, ...]
    subject_claim: str = "bsn"
    scope: str = "openid"
    algorithms: tuple[str, ...] = ("ES256", "PS256", "RS256")
    timeout: float = 5.0

    @property
    def origin(self) -> str:
        """Scheme, host and port of the issuer; every endpoint we call ourselves must lie there."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A login that has begun: single use, kept at the server. ``verifier``: PKCE; times in seconds since the epoch."""

    state: str
    nonce: str
    verifier: str
    started_at: int


class LoggedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A person whose login was verified. ``subject``: BSN."""

    subject: str
    assurance: Assurance
    authenticated_at: int
