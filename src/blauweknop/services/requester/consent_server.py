# SPDX-License-Identifier: EUPL-1.2
"""The consent service as a requester calls it: push, exchange, renew (system.md 3; FAPI 2.0, RFC 9126, RFC 9449).

- Before anything is sent, each line is held to the service profile (BK021); more is refused here, named.
- Each call carries a fresh client assertion and a fresh proof; when a nonce is asked for, the call is made once more.
- An error object is believed as far as its code; its description is not repeated to anybody.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import msgspec

from blauweknop.adapters.http.client import CallFailedError
from blauweknop.core.consent.cap import check_cap
from blauweknop.core.consent.line import Line, encode_lines, parse_lines
from blauweknop.core.oauth.client_assertion import ASSERTION_TYPE
from blauweknop.core.oauth.client_side import sign_assertion
from blauweknop.core.oauth.metadata import AUTHORIZE_PATH, PAR_PATH, REVOCATION_PATH, TOKEN_PATH
from blauweknop.core.oauth.pkce import METHOD
from blauweknop.errors import MalformedError
from blauweknop.services.requester.calls import TOKEN_BYTES, read_json, word
from blauweknop.services.requester.errors import ConsentEndedError, ConsentServerRefusedError, ConsentWaitsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blauweknop.core.dataset.profile import ServiceProfile
    from blauweknop.core.wire.keys import Signer
    from blauweknop.services.requester.calls import ProvenCalls

_ERRORS: Final = (400, 401, 403, 429)


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """What a code or a refresh token gave. ``lines``: as granted, which may be less than asked; empty when renewed."""

    access_token: str
    refresh_token: str
    expires_in: int
    grant_id: str
    lines: tuple[Line, ...]


class ConsentServer:
    """One consent service, as its client ``client_id`` meets it."""

    def __init__(self, calls: ProvenCalls, client_id: str, signer: Signer, *, now: Callable[[], int]) -> None:
        """``signer``: of purpose ``client``; ``now``: seconds since 1970."""
        self.issuer = calls.address
        self._calls = calls
        self._client_id = client_id
        self._signer = signer
        self._now = now

    async def push(
        self, lines: tuple[Line, ...], profile: ServiceProfile, *, today: str, fields: Mapping[str, str]
    ) -> str:
        """Where the citizen goes. ``fields``: ``redirect_uri``, ``state``, ``code_challenge``.

        Raises: ``OverAskingError`` before anything is sent; ``ConsentServerRefusedError``, ``CallFailedError``.
        """
        for line in lines:
            check_cap(line, profile, today=today)
        said = await self._post(
            PAR_PATH,
            {
                **fields,
                "response_type": "code",
                "code_challenge_method": METHOD,
                "authorization_details": encode_lines(lines).decode(),
            },
        )
        asked = {"client_id": self._client_id, "request_uri": _text(said, "request_uri")}
        return f"{self.issuer}{AUTHORIZE_PATH}?{urlencode(asked)}"

    async def exchange(self, code: str, *, redirect_uri: str, verifier: str) -> Tokens:
        """The tokens for ``code``, which counts once. Raises: ``ConsentServerRefusedError``, ``CallFailedError``."""
        fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        try:
            return _tokens(await self._post(TOKEN_PATH, {**fields, "code_verifier": verifier}))
        except ConsentEndedError as error:
            # Of a code, ``invalid_grant`` says that it does not count: no consent was known to end (RFC 6749 §5.2).
            raise ConsentServerRefusedError("invalid_grant") from error

    async def renew(self, refresh_token: str, source: str = "") -> Tokens:
        """A token for ``source``, or none but this service itself. Raises: ``ConsentEndedError``,
        ``ConsentWaitsError``, ``ConsentServerRefusedError``, ``CallFailedError``.
        """
        fields = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        if source:
            fields["resource"] = source
        return _tokens(await self._post(TOKEN_PATH, fields), kept=refresh_token)

    async def give_up(self, refresh_token: str) -> None:
        """Ends the consent on the requester's side (RFC 7009). Raises: as ``renew``."""
        await self._post(REVOCATION_PATH, {"token": refresh_token, "token_type_hint": "refresh_token"})

    async def _post(self, path: str, fields: Mapping[str, str]) -> dict[str, Any]:
        answer = await self._calls.post(
            path,
            lambda: urlencode({**fields, **self._authentication()}).encode(),
            headers={"content-type": "application/x-www-form-urlencoded"},
            accept=_ERRORS,
        )
        said = read_json(answer, "application/json")
        if answer.status in _ERRORS:
            _refuse(said)
        return said

    def _authentication(self) -> dict[str, str]:
        jti = secrets.token_urlsafe(TOKEN_BYTES)
        assertion = sign_assertion(self._client_id, self.issuer, signer=self._signer, jti=jti, at=self._now())
        return {
            "client_id": self._client_id,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion,
        }


def _refuse(said: Mapping[str, Any]) -> None:
    error = _text(said, "error")
    if error == "invalid_grant":
        raise ConsentEndedError(word(said.get("reden", "")))
    if error == "authorization_pending":
        interval = said.get("interval")
        raise ConsentWaitsError(word(said.get("reden", "")), interval if type(interval) is int else 60)
    raise ConsentServerRefusedError(word(error))


def _tokens(said: Mapping[str, Any], *, kept: str = "") -> Tokens:
    if _text(said, "token_type").lower() != "dpop" or type(said.get("expires_in")) is not int:
        raise CallFailedError("onleesbaar", "not a token bound to our key (RFC 9449 §5)")
    return Tokens(
        access_token=_text(said, "access_token"),
        refresh_token=kept or _text(said, "refresh_token"),
        expires_in=said["expires_in"],
        grant_id=_text(said, "grant_id") if not kept else str(said.get("grant_id", "")),
        lines=_lines(said),
    )


def _lines(said: Mapping[str, Any]) -> tuple[Line, ...]:
    try:
        return parse_lines(said["authorization_details"]) if "authorization_details" in said else ()
    except MalformedError as error:
        raise CallFailedError("onleesbaar", "authorization_details") from error


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value:
        raise CallFailedError("onleesbaar", f"{name} is missing")
    return value
