# SPDX-License-Identifier: EUPL-1.2
"""Logging in by OpenID Connect: the authorization code flow of a confidential client, and nothing else.

- PKCE S256 (RFC 7636), ``state`` and ``nonce`` of 256 bits, single use; the answer names its issuer where the login
  service announces that it does (RFC 9207);
- we call only the origin of the configured issuer; what it says of itself (discovery) and its keys are kept for an
  hour, and its keys fetched once more when a token names one that we do not have;
- the ID token is verified in ``id_token.py``; no access token is used or kept.

Spec: OpenID Connect Core §3.1, OpenID Connect Discovery §4, RFC 9207.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from blauweknop.adapters.http.client import CallFailedError, HttpCaller
from blauweknop.adapters.login.errors import (
    LoginAnswerInvalidError,
    LoginAttemptUnknownError,
    LoginCancelledError,
    LoginUnreachableError,
)
from blauweknop.adapters.login.id_token import MAX_BYTES, NO_KEY_CLAUSE, verify_id_token
from blauweknop.adapters.login.model import ATTEMPT_SECONDS, Attempt, LoggedIn, LoginSettings
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.strict_json import parse_object
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECRET_BYTES: Final = 32
KEEP_SECONDS: Final = 3600
_DISCOVERY: Final = "/.well-known/openid-configuration"
_CANCELLED: Final = frozenset({"access_denied", "login_required", "interaction_required", "consent_required"})


class Clock(Protocol):
    """Now, in seconds since the epoch."""

    def __call__(self) -> float:
        """The time."""
        ...


class Provider(msgspec.Struct, frozen=True):
    """What we use of a login service's description of itself (OpenID Connect Discovery §3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    code_challenge_methods_supported: tuple[str, ...] = ()
    authorization_response_iss_parameter_supported: bool = False


class RelyingParty:
    """Logs people in at one login service."""

    def __init__(self, settings: LoginSettings, *, now: Clock, random: Callable[[int], bytes]) -> None:
        """``random``: that many unpredictable bytes."""
        self.settings = settings
        self._now = now
        self._random = random
        self._caller = HttpCaller(settings.origin)
        self._provider: tuple[float, Provider] | None = None
        self._keys: tuple[float, bytes] | None = None

    async def begin(self) -> tuple[Attempt, str]:
        """A new attempt, to be kept at the server, and the address to send the person to.

        Raises: ``LoginUnreachableError``.
        """
        provider = await self._discover()
        attempt = Attempt(
            state=b64url_encode(self._random(SECRET_BYTES)),
            nonce=b64url_encode(self._random(SECRET_BYTES)),
            verifier=b64url_encode(self._random(SECRET_BYTES)),
            started_at=int(self._now()),
        )
        challenge = b64url_encode(hashlib.sha256(attempt.verifier.encode("ascii")).digest())
        query = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self.settings.redirect_uri,
            "scope": self.settings.scope,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "acr_values": " ".join(self.settings.asked_levels),
            "prompt": "login",
        }
        joint = "&" if urlsplit(provider.authorization_endpoint).query else "?"
        return attempt, provider.authorization_endpoint + joint + urlencode(query, quote_via=quote)

    async def finish(self, answer: Mapping[str, str], attempt: Attempt) -> LoggedIn:
        """Who logged in. ``answer``: the parameters that came back, each once; ``attempt``: taken from the store.

        Raises: ``LoginError`` of the kind that fits.
        """
        provider = await self._discover()
        code = self._code(answer, attempt, provider)
        token = await self._exchange(code, attempt, provider)
        at = int(self._now())
        for fresh in (False, True):
            keys = await self._fetch_keys(provider, fresh=fresh)
            try:
                return verify_id_token(token, keys=keys, settings=self.settings, attempt=attempt, at=at)
            except LoginAnswerInvalidError as error:
                if fresh or error.clause != NO_KEY_CLAUSE:
                    raise
        raise LoginAnswerInvalidError("no key")

    async def close(self) -> None:
        """Closes connections."""
        await self._caller.close()

    def _code(self, answer: Mapping[str, str], attempt: Attempt, provider: Provider) -> str:
        if answer.get("state") != attempt.state or self._now() > attempt.started_at + ATTEMPT_SECONDS:
            raise LoginAttemptUnknownError
        issuer = answer.get("iss", "" if provider.authorization_response_iss_parameter_supported else provider.issuer)
        if issuer != provider.issuer:
            raise LoginAnswerInvalidError("iss", clause="RFC 9207 §2.4")
        if "error" in answer:
            raise LoginCancelledError("" if answer["error"] in _CANCELLED else "an error of the login service")
        code = answer.get("code", "")
        if not code:
            raise LoginAnswerInvalidError("no code", clause="RFC 6749 §4.1.2")
        return code

    async def _exchange(self, code: str, attempt: Attempt, provider: Provider) -> str:
        body = urlencode(
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.settings.redirect_uri,
                "code_verifier": attempt.verifier,
            }
        ).encode("ascii")
        # RFC 6749 §2.3.1: id and secret are form-encoded before they go into HTTP Basic.
        pair = f"{quote(self.settings.client_id, safe='')}:{quote(self.settings.client_secret, safe='')}"
        headers = {
            "authorization": "Basic " + base64.b64encode(pair.encode("ascii")).decode("ascii"),
            "content-type": "application/x-www-form-urlencoded",
            "accept": "application/json",
        }
        try:
            reply = await self._caller.call(
                "POST",
                self._path(provider.token_endpoint),
                timeout=self.settings.timeout,
                headers=headers,
                body=body,
                accept=(400, 401),
            )
            if reply.status in (400, 401):
                raise LoginAnswerInvalidError("the code was refused", clause="RFC 6749 §5.2")
            token = parse_object(reply.body).get("id_token")
        except CallFailedError as error:
            raise LoginUnreachableError(error.detail) from error
        except MalformedError as error:
            raise LoginAnswerInvalidError("token answer", clause="OpenID Connect Core §3.1.3.3") from error
        if not isinstance(token, str) or len(token) > MAX_BYTES:
            raise LoginAnswerInvalidError("no ID token", clause="OpenID Connect Core §3.1.3.3")
        return token

    async def _discover(self) -> Provider:
        if self._provider is not None and self._provider[0] > self._now():
            return self._provider[1]
        content = await self._get(self.settings.issuer.rstrip("/") + _DISCOVERY)
        try:
            provider = msgspec.convert(parse_object(content), Provider)
        except (MalformedError, msgspec.ValidationError) as error:
            raise LoginUnreachableError("its description of itself is not usable") from error
        if provider.issuer != self.settings.issuer:
            raise LoginUnreachableError("it calls itself otherwise", clause="OpenID Connect Discovery §4.3")
        if "S256" not in provider.code_challenge_methods_supported:
            raise LoginUnreachableError("it does not take PKCE S256", clause="RFC 9700 §2.1.1")
        if not provider.authorization_endpoint.startswith(self.settings.origin + "/"):
            raise LoginUnreachableError("its login page lies elsewhere")
        self._provider = (self._now() + KEEP_SECONDS, provider)
        return provider

    async def _fetch_keys(self, provider: Provider, *, fresh: bool) -> bytes:
        if not fresh and self._keys is not None and self._keys[0] > self._now():
            return self._keys[1]
        content = await self._get(provider.jwks_uri)
        self._keys = (self._now() + KEEP_SECONDS, content)
        return content

    async def _get(self, url: str) -> bytes:
        try:
            reply = await self._caller.call(
                "GET", self._path(url), timeout=self.settings.timeout, headers={"accept": "application/json"}
            )
        except CallFailedError as error:
            raise LoginUnreachableError(error.detail) from error
        return reply.body

    def _path(self, url: str) -> str:
        """What follows the issuer's origin in ``url``; another origin is refused (SSRF)."""
        if not url.startswith(self.settings.origin + "/"):
            raise LoginUnreachableError("an endpoint of it lies elsewhere")
        return url.removeprefix(self.settings.origin)
