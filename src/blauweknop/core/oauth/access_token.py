# SPDX-License-Identifier: EUPL-1.2
"""The access token (RFC 9068, ``at+jwt``, ES256), exactly as system.md 3.2.

::

    {"iss", "aud", "client_id", "sub", "iat", "exp", "jti", "cnf": {"jkt"}, "grant_id", "acr", "omgeving",
     "authorization_details": [this audience alone], "status": {"status_list": {"idx", "uri"}}, "subject": JWE}

- for one source, at most 300 seconds, bound to a DPoP key (RFC 9449 §6.1);
- nothing of the citizen can be read in it but ``sub``, which is pairwise for the client;
- a token for the authorization server itself has neither ``subject`` nor ``authorization_details``: no source takes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from blauweknop.core.consent.line import Line  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.oauth.model import TOKEN_SECONDS, Standing, StatusRef
from blauweknop.core.oauth.subject import Act, Subject, seal_subject
from blauweknop.core.wire.jws import sign_compact
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from blauweknop.core.oauth.model import Identity
    from blauweknop.core.wire.keys import Signer

TYP: Final = "at+jwt"
MAX_BYTES: Final = 8_000
CAPACITY_SECONDS: Final = 60


class Confirmation(msgspec.Struct, frozen=True):
    """``jkt``: thumbprint of the key that the token is bound to (RFC 9449 §6.1)."""

    jkt: str


class StatusClaim(msgspec.Struct, frozen=True):
    """Where the grant's status stands (Token Status List §6.1)."""

    status_list: StatusRef


class AccessTokenClaims(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The claims; see the module."""

    iss: str
    aud: str
    client_id: str
    sub: str
    iat: int
    exp: int
    jti: str
    cnf: Confirmation
    grant_id: str
    acr: str
    environment: str = msgspec.field(name="omgeving")
    authorization_details: tuple[Line, ...] = ()
    status: StatusClaim | None = None
    subject: str = ""


class TokenOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for every token of this request. ``jti``: 128 random bits; ``at``: now."""

    issuer: str
    environment: str
    client_id: str
    grant_id: str
    jkt: str
    jti: str
    at: int


def own_token(order: TokenOrder, standing: Standing) -> AccessTokenClaims:
    """A token for the authorization server itself: it reads its own grant and nothing else."""
    return AccessTokenClaims(
        iss=order.issuer,
        aud=order.issuer,
        client_id=order.client_id,
        sub=standing.sub,
        iat=order.at,
        exp=min(order.at + TOKEN_SECONDS, standing.until),
        jti=order.jti,
        cnf=Confirmation(order.jkt),
        grant_id=order.grant_id,
        acr=standing.acr,
        environment=order.environment,
    )


def source_token(
    order: TokenOrder, standing: Standing, identity: Identity, *, source: str, random: Callable[[int], bytes]
) -> AccessTokenClaims:
    """A token for ``source``, with a fresh ``subject`` that only it can open."""
    person = Subject(
        grant_id=order.grant_id,
        jti=order.jti,
        aud=source,
        act=None if identity.act is None else msgspec.convert(identity.act, Act),
        **identity.person,
    )
    return msgspec.structs.replace(
        own_token(order, standing),
        aud=source,
        authorization_details=tuple(line for line in standing.lines if line.source == source),
        status=None if identity.status is None else StatusClaim(identity.status),
        subject=seal_subject(person, identity.key, kid=identity.kid, random=random),
    )


def capacity_token(
    order: TokenOrder, line: Line, identity: Identity, *, random: Callable[[int], bytes]
) -> AccessTokenClaims:
    """The token with which the authorization server itself asks who may decide (type ``bekwaamheid``, no grant).

    ``order.client_id``: its own ``iss``, which is ``sub`` as well: nobody granted this (RFC 9068 §2.2);
    ``order.grant_id``: empty. It lives a minute. Spec: system.md 3.6.
    """
    asked = Standing(lines=(line,), until=order.at + CAPACITY_SECONDS, sub=order.client_id, acr="")
    return source_token(order, asked, identity, source=line.source, random=random)


def issue_access_token(claims: AccessTokenClaims, signer: Signer) -> str:
    """``claims`` as a signed JWT; ``signer``: the key for purpose ``token``. Spec: RFC 9068 §2.1."""
    return sign_compact({"typ": TYP}, encode(claims), signer).decode("ascii")


def token_answer(
    claims: AccessTokenClaims, token: str, *, lines: tuple[Line, ...], refresh_token: str = ""
) -> dict[str, Any]:
    """The JSON of a token response (RFC 6749 §5.1, RFC 9449 §5, RFC 9396 §7)."""
    answer: dict[str, Any] = {
        "access_token": token,
        "token_type": "DPoP",
        "expires_in": claims.exp - claims.iat,
        "authorization_details": [line.as_json() for line in lines],
        "grant_id": claims.grant_id,
    }
    return {**answer, "refresh_token": refresh_token} if refresh_token else answer
