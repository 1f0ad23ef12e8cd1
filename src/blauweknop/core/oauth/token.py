# SPDX-License-Identifier: EUPL-1.2
"""The token request: by code (RFC 6749 §4.1.3) or by refresh token (§6), for one resource (RFC 8707).

- a code counts for its client, its redirect address, its verifier and its key; it is burnt last, once;
- a refresh token counts for its client, and of an app for the key it was given to; it is not rotated;
- ``resource`` is one exact string: a source of the grant, or this server itself (which is also meant without it);
- a code is answered also while a grant waits (system.md 3.6); a refresh then gets ``authorization_pending``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blauweknop.core.oauth.errors import AuthorizationPendingError, InvalidGrantError, InvalidTargetError
from blauweknop.core.oauth.pkce import check_verifier
from blauweknop.core.oauth.rar import TYPES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from blauweknop.core.oauth.client import Client
    from blauweknop.core.oauth.model import CodeContent, RefreshContent, Standing


@dataclass(frozen=True, kw_only=True)
class CodeSituation:
    """What the rows of ``CODE`` look at. ``expires_at``: of the code; ``redeem``: burns it, once; ``at``: now.

    ``used``: it was burnt before; then its age does not matter any more, and ``redeem`` ends what came of it.
    """

    parameters: Mapping[str, str]
    client: Client
    jkt: str
    code: CodeContent
    expires_at: int
    standing: Standing
    issuer: str
    at: int
    redeem: Callable[[], Awaitable[bool]]
    used: bool = False


@dataclass(frozen=True, kw_only=True)
class RefreshSituation:
    """What the rows of ``REFRESH`` look at. ``expires_at``: when the token ends, idle time included; ``at``: now."""

    parameters: Mapping[str, str]
    client: Client
    jkt: str
    refresh: RefreshContent
    expires_at: int
    standing: Standing
    issuer: str
    at: int


def check_code_client(s: CodeSituation) -> None:
    """The code was given to this client."""
    if s.code.client_id != s.client.client_id:
        raise InvalidGrantError("code", clause="RFC 6749 §4.1.3")


def check_code_age(s: CodeSituation) -> None:
    """It has not expired."""
    if not s.used and s.at >= s.expires_at:
        raise InvalidGrantError("code", clause="RFC 6749 §4.1.2")


def check_code_redirect(s: CodeSituation) -> None:
    """It was sent to this address."""
    if s.parameters.get("redirect_uri", "") != s.code.redirect_uri:
        raise InvalidGrantError("redirect_uri", clause="RFC 6749 §4.1.3")


def check_code_verifier(s: CodeSituation) -> None:
    """Who asks is who began (PKCE)."""
    check_verifier(s.parameters.get("code_verifier", ""), s.code.code_challenge)


def check_code_key(s: CodeSituation) -> None:
    """The key is the one of the pushed request; of an app there always is one."""
    if (s.code.jkt or s.client.profile == "app") and s.code.jkt != s.jkt:
        raise InvalidGrantError("another DPoP key than the request was pushed with", clause="RFC 9449 §10")


def check_code_kind(s: CodeSituation) -> None:
    """Consent for a requester, own access for an app, also when its role has changed since."""
    _check_kind(s.client, s.code.kind)


def check_refresh_kind(s: RefreshSituation) -> None:
    """Consent for a requester, own access for an app, also when its role has changed since."""
    _check_kind(s.client, s.refresh.kind)


def _check_kind(client: Client, kind: str) -> None:
    if TYPES[client.profile] != kind:
        raise InvalidGrantError("not a grant for this kind of client", clause="system.md 3")


def check_standing(s: CodeSituation | RefreshSituation) -> None:
    """The grant has not ended."""
    if s.standing.ended or s.at >= s.standing.until:
        raise InvalidGrantError(clause="system.md 3", reason=s.standing.ended or "verlopen")


def check_target(s: CodeSituation | RefreshSituation) -> None:
    """The resource is this server, or a source of the grant."""
    resource = s.parameters.get("resource", "")
    if resource not in ("", s.issuer) and resource not in {line.source for line in s.standing.lines}:
        raise InvalidTargetError(clause="RFC 8707 §2")


async def use_code(s: CodeSituation) -> None:
    """Burns the code. The second time its refresh tokens end as well."""
    if not await s.redeem():
        raise InvalidGrantError("code", clause="RFC 6749 §4.1.2")


def check_refresh_client(s: RefreshSituation) -> None:
    """The token was given to this client."""
    if s.refresh.client_id != s.client.client_id:
        raise InvalidGrantError("refresh_token", clause="RFC 6749 §6")


def check_refresh_age(s: RefreshSituation) -> None:
    """It has not ended, and was not idle for too long."""
    if s.at >= s.expires_at:
        raise InvalidGrantError("refresh_token", clause="RFC 6749 §6", reason="verlopen")


def check_refresh_key(s: RefreshSituation) -> None:
    """An app shows the key that the token was given to."""
    if (s.refresh.jkt or s.client.profile == "app") and s.refresh.jkt != s.jkt:
        raise InvalidGrantError("another DPoP key than the refresh token was given to", clause="RFC 9449 §5")


def check_not_waiting(s: RefreshSituation) -> None:
    """Nothing is paused or cooling off."""
    if s.standing.waiting:
        raise AuthorizationPendingError(s.standing.waiting, s.standing.interval)
