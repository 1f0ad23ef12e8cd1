# SPDX-License-Identifier: EUPL-1.2
"""What the authorization server says of itself (RFC 8414), and the keys its tokens are signed with (RFC 7517 §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.oauth.rar import TYPES
from blauweknop.core.wire.jwk import make_jwk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric import ec

METADATA_PATH: Final = "/.well-known/oauth-authorization-server"
PAR_PATH: Final = "/par"
AUTHORIZE_PATH: Final = "/autoriseren"
TOKEN_PATH: Final = "/token"  # noqa: S105 - an address
REVOCATION_PATH: Final = "/intrekken"
KEYS_PATH: Final = "/jwks"
_ALGORITHMS: Final = ["ES256", "PS256", "EdDSA", "Ed25519"]


def authorization_server_metadata(issuer: str, *, own_access_only: bool = False) -> dict[str, Any]:
    """The document at ``METADATA_PATH``. ``own_access_only``: an AS inside a source, which knows apps alone."""
    profiles = ("app",) if own_access_only else ("vrager", "app")
    methods = [{"vrager": "private_key_jwt", "app": "none"}[profile] for profile in profiles]
    signing = [] if own_access_only else _ALGORITHMS
    found: dict[str, Any] = {
        "issuer": issuer,
        "authorization_endpoint": issuer + AUTHORIZE_PATH,
        "token_endpoint": issuer + TOKEN_PATH,
        "pushed_authorization_request_endpoint": issuer + PAR_PATH,
        "revocation_endpoint": issuer + REVOCATION_PATH,
        "jwks_uri": issuer + KEYS_PATH,
        "require_pushed_authorization_requests": True,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
        "dpop_signing_alg_values_supported": _ALGORITHMS,
        "authorization_details_types_supported": [TYPES[profile] for profile in profiles],
        "authorization_response_iss_parameter_supported": True,
        "ui_locales_supported": ["nl", "en"],
    }
    if signing:
        found["token_endpoint_auth_signing_alg_values_supported"] = signing
        found["revocation_endpoint_auth_signing_alg_values_supported"] = signing
    return found


def key_set(keys: Mapping[str, ec.EllipticCurvePublicKey]) -> dict[str, Any]:
    """The JWK set of ``keys`` by ``kid``."""
    return {"keys": [{**make_jwk(key), "kid": kid, "use": "sig", "alg": "ES256"} for kid, key in keys.items()]}
