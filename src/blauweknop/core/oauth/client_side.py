# SPDX-License-Identifier: EUPL-1.2
"""What a client signs: its assertion (RFC 7523) and its DPoP proofs (RFC 9449), for our own SDK and services.

``signer``: a key for purpose ``client`` or ``dpop``, as it stands in the register; ``jti``: 128 random bits or more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.oauth import dpop
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jwk import make_jwk
from blauweknop.core.wire.jws import sign_compact
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    from blauweknop.core.wire.jwk import PublicKey
    from blauweknop.core.wire.keys import Signer

ASSERTION_SECONDS: Final = 60


def sign_assertion(client_id: str, issuer: str, *, signer: Signer, jti: str, at: int) -> str:
    """A client assertion for the authorization server ``issuer``, to be used once within a minute."""
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": issuer,
        "jti": jti,
        "iat": at,
        "exp": at + ASSERTION_SECONDS,
    }
    return sign_compact({"typ": "client-authentication+jwt"}, encode(claims), signer).decode("ascii")


@dataclass(frozen=True)
class ProofKey:
    """A DPoP key: ``signer``, and its public half ``key``."""

    signer: Signer
    key: PublicKey

    def prove(
        self, method: str, url: str, *, jti: str, at: int, nonce: str = "", access_token: bytes = dpop.NO_TOKEN
    ) -> str:
        """A proof for one request. ``nonce``: of the last answer, or empty; ``access_token``: that goes along."""
        claims: dict[str, Any] = {"jti": jti, "htm": method, "htu": url, "iat": at}
        if nonce:
            claims["nonce"] = nonce
        if access_token != dpop.NO_TOKEN:
            claims["ath"] = b64url_encode(hashlib.sha256(access_token).digest())
        header = {"typ": dpop.TYP, "jwk": make_jwk(self.key)}
        return sign_compact(header, encode(claims), self.signer).decode("ascii")
