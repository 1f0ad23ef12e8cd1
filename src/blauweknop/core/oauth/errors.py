# SPDX-License-Identifier: EUPL-1.2
"""What the authorization server and a source answer to a client that asks wrongly (RFC 6749 §5.2 and what came after).

``error`` is the word of the standard, ``status`` the HTTP status, ``members`` what stands beside it in the answer.
A detail names parameters, rules and clauses, never a value that was sent.
"""

from __future__ import annotations

from typing import ClassVar

from blauweknop.errors import Actor, DocumentError


class OAuthError(DocumentError):
    """The request is refused by the rules of OAuth."""

    code = "oauth-geweigerd"
    actor = Actor.OTHER_PARTY
    error: ClassVar[str] = "invalid_request"
    status: ClassVar[int] = 400

    def members(self) -> dict[str, str | int]:
        """Members of the answer beside ``error`` and ``error_description``."""
        return {}


class InvalidRequestError(OAuthError):
    """A parameter is missing, stands twice, or has a value that it cannot have."""

    code = "oauth-verzoek-ongeldig"


class InvalidClientError(OAuthError):
    """The client is not known here, or did not prove who it is."""

    code = "oauth-client-ongeldig"
    error = "invalid_client"
    status = 401


class UnauthorizedClientError(OAuthError):
    """This client may not do this."""

    code = "oauth-client-mag-niet"
    error = "unauthorized_client"


class UnsupportedGrantTypeError(OAuthError):
    """This server does not know this way to get a token."""

    code = "oauth-grant-type-onbekend"
    error = "unsupported_grant_type"


class UnsupportedResponseTypeError(OAuthError):
    """This server answers with a code, and with nothing else."""

    code = "oauth-response-type-onbekend"
    error = "unsupported_response_type"


class InvalidScopeError(OAuthError):
    """What is wanted is said in authorization_details here, not in scope."""

    code = "oauth-scope-onbekend"
    error = "invalid_scope"


class InvalidTargetError(OAuthError):
    """The resource is not one that this grant is about."""

    code = "oauth-doel-ongeldig"
    error = "invalid_target"


class InvalidAuthorizationDetailsError(OAuthError):
    """What is asked may not be asked."""

    code = "oauth-vraag-ongeldig"
    error = "invalid_authorization_details"

    def __init__(self, detail: str = "", *, clause: str = "", dimension: str = "", element: str = "") -> None:
        """``dimension`` and ``element``: where the line asks too much."""
        super().__init__(detail, clause=clause)
        self.dimension = dimension
        self.element = element

    def members(self) -> dict[str, str | int]:
        """``dimensie``, ``element``: absent where they do not apply."""
        found = {"dimensie": self.dimension, "element": self.element}
        return {name: value for name, value in found.items() if value}


class InvalidGrantError(OAuthError):
    """The code or refresh token does not count, and will not count again."""

    code = "oauth-recht-ongeldig"
    error = "invalid_grant"

    def __init__(self, detail: str = "", *, clause: str = "", reason: str = "") -> None:
        """``reason``: why a consent ended, as the requester may know it."""
        super().__init__(detail, clause=clause)
        self.reason = reason

    def members(self) -> dict[str, str | int]:
        """``reden``, where there is one."""
        return {"reden": self.reason} if self.reason else {}


class AuthorizationPendingError(OAuthError):
    """Not now, but perhaps later: ask again after the interval."""

    code = "oauth-nog-niet"
    error = "authorization_pending"
    retry = True

    def __init__(self, reason: str, interval: int) -> None:
        """``reason``: why; ``interval``: seconds."""
        super().__init__(reason)
        self.reason = reason
        self.interval = interval

    def members(self) -> dict[str, str | int]:
        """``reden`` and ``interval``."""
        return {"reden": self.reason, "interval": self.interval}


class InvalidDpopProofError(OAuthError):
    """The DPoP proof is not one for this request."""

    code = "oauth-bewijs-ongeldig"
    error = "invalid_dpop_proof"


class UseDpopNonceError(OAuthError):
    """The DPoP proof must carry the nonce that comes with this answer."""

    code = "oauth-bewijs-nonce"
    error = "use_dpop_nonce"
    retry = True


class InvalidTokenError(OAuthError):
    """The access token is not one for this source and this moment."""

    code = "oauth-token-ongeldig"
    error = "invalid_token"
    status = 401


class RequestUriUnknownError(OAuthError):
    """The pushed request is not there (any more): begin again at the site you came from."""

    code = "oauth-aanvraag-onbekend"
    error = "invalid_request_uri"
