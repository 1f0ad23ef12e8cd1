# SPDX-License-Identifier: EUPL-1.2
"""The authorization request of a browser: nothing but ``client_id`` and ``request_uri`` (RFC 9126 §4, FAPI 2.0).

What is wrong here is shown on a screen and never sent on: until the pushed request is found and found to be this
client's, there is no address that an answer may go to (RFC 6749 §4.1.2.1). The answer names who gives it (RFC 9207).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from blauweknop.core.oauth.errors import InvalidClientError, InvalidRequestError, RequestUriUnknownError
from blauweknop.core.oauth.model import REQUEST_SECONDS, REQUEST_URI, PushedRequest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from blauweknop.core.oauth.client import Client


@dataclass(frozen=True, kw_only=True)
class AuthorizeSituation:
    """What the rows look at. ``take``: uses the pushed request up, once; ``at``: now, seconds since 1970."""

    client_id: str
    pushed: PushedRequest
    client: Client
    environment: str
    at: int
    take: Callable[[], Awaitable[bool]]


def named_request(parameters: Mapping[str, str]) -> str:
    """The ``request_uri``. Raises: ``InvalidRequestError``, ``RequestUriUnknownError`` (not one of ours)."""
    if "request_uri" not in parameters or "client_id" not in parameters:
        raise InvalidRequestError("client_id and request_uri, of a pushed request", clause="FAPI 2.0 §5.3.2.2")
    if not parameters["request_uri"].startswith(REQUEST_URI):
        raise RequestUriUnknownError(clause="RFC 9126 §2.2")
    return parameters["request_uri"]


def answer_address(pushed: PushedRequest, issuer: str, **members: str) -> str:
    """Where the browser goes with the answer ``members``: ``state`` as it came, ``iss`` (RFC 9207 §2)."""
    state = {"state": pushed.state} if pushed.state else {}
    joint = "&" if "?" in pushed.redirect_uri else "?"
    return pushed.redirect_uri + joint + urlencode({**members, **state, "iss": issuer}, quote_via=quote)


def check_same_client(s: AuthorizeSituation) -> None:
    """The request was pushed by this client."""
    if s.pushed.client_id != s.client_id:
        raise RequestUriUnknownError(clause="RFC 9126 §4")


def check_not_expired(s: AuthorizeSituation) -> None:
    """It is at most 90 seconds old."""
    if s.at >= s.pushed.pushed_at + REQUEST_SECONDS:
        raise RequestUriUnknownError(clause="RFC 9126 §4")


def check_takes_part(s: AuthorizeSituation) -> None:
    """The register still lets the client take part."""
    if s.client.refusal:
        raise InvalidClientError(s.client.refusal, clause="system.md 4")


def check_redirect_uri(s: AuthorizeSituation) -> None:
    """The register still knows the address."""
    if not s.client.accepts(s.pushed.redirect_uri, s.environment):
        raise InvalidRequestError("redirect_uri is no longer one of this client", clause="RFC 9700 §2.1")


async def use_request(s: AuthorizeSituation) -> None:
    """Uses the request up."""
    if not await s.take():
        raise RequestUriUnknownError(clause="RFC 9126 §4, FAPI 2.0 §5.3.2.2")
