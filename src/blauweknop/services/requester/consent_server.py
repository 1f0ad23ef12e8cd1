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
from blauweknop.core.oauth.client_side import ProofKey, sign_assertion
from blauweknop.core.oauth.metadata import AUTHORIZE_PATH, PAR_PATH, TOKEN_PATH
from blauweknop.core.oauth.pkce import METHOD
from blauweknop.core.wire.strict_json import parse_object
from blauweknop.errors import MalformedError, OtherPartyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blauweknop.adapters.http.client import HttpAnswer, HttpCaller
    from blauweknop.core.dataset.profile import ServiceProfile
    from blauweknop.core.wire.keys import Signer

TIMEOUT: Final = 10.0
_TOKEN_BYTES: Final = 16
_ERRORS: Final = (400, 401, 403, 429)


class ConsentServerRefusedError(OtherPartyError):
    """The consent service refused what the requester sent."""

    code = "toestemmingsdienst-weigert"
    retry = False

    def __init__(self, error: str) -> None:
        """``error``: the code of the error object."""
        self.error = error
        super().__init__(error)


class ConsentEndedError(OtherPartyError):
    """The consent has ended; nothing can be fetched with it any more."""

    code = "toestemming-voorbij"
    retry = False


class ConsentWaitsError(OtherPartyError):
    """The consent gives nothing for now; ask again later."""

    code = "toestemming-wacht"

    def __init__(self, reason: str, interval: int) -> None:
        """``reason``: as the consent service says it; ``interval``: seconds to wait at least."""
        self.reason = reason
        self.interval = interval
        super().__init__(reason)


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """What a code or a refresh token gave. ``lines``: as granted, which may be less than asked; empty when renewed."""

    access_token: str
    refresh_token: str
    expires_in: int
    grant_id: str
    lines: tuple[Line, ...]


class ClientKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The requester's own: ``client_id`` is its address in the register, ``signer`` its key of purpose ``client``."""

    client_id: str
    signer: Signer
    proof: ProofKey


class ConsentServer:
    """One consent service; its caller is closed by whoever opened it."""

    def __init__(self, issuer: str, caller: HttpCaller, keys: ClientKeys, *, now: Callable[[], int]) -> None:
        """``issuer``: exactly as in the register; ``caller``: of that address; ``now``: seconds since 1970."""
        self._issuer = issuer
        self._caller = caller
        self._keys = keys
        self._now = now
        self._nonce = ""

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
        asked = {"client_id": self._keys.client_id, "request_uri": _text(said, "request_uri")}
        return f"{self._issuer}{AUTHORIZE_PATH}?{urlencode(asked)}"

    async def exchange(self, code: str, *, redirect_uri: str, verifier: str) -> Tokens:
        """The tokens for ``code``, which counts once. Raises: ``ConsentServerRefusedError``, ``CallFailedError``."""
        fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        try:
            return _tokens(await self._post(TOKEN_PATH, {**fields, "code_verifier": verifier}))
        except ConsentEndedError as error:
            # Of a code, ``invalid_grant`` says that it does not count: no consent was known to end (RFC 6749 §5.2).
            raise ConsentServerRefusedError("invalid_grant") from error

    async def renew(self, refresh_token: str, source: str) -> Tokens:
        """A token for ``source``. Raises: ``ConsentEndedError``, ``ConsentWaitsError``."""
        fields = {"grant_type": "refresh_token", "refresh_token": refresh_token, "resource": source}
        return _tokens(await self._post(TOKEN_PATH, fields), kept=refresh_token)

    async def _post(self, path: str, fields: Mapping[str, str]) -> dict[str, Any]:
        answer = await self._send(path, fields)
        said = _read(answer)
        if said.get("error") == "use_dpop_nonce":
            answer = await self._send(path, fields)
            said = _read(answer)
        if answer.status in _ERRORS:
            _refuse(said)
        return said

    async def _send(self, path: str, fields: Mapping[str, str]) -> HttpAnswer:
        now, url = self._now(), self._issuer + path
        assertion = sign_assertion(
            self._keys.client_id,
            self._issuer,
            signer=self._keys.signer,
            jti=secrets.token_urlsafe(_TOKEN_BYTES),
            at=now,
        )
        proof = self._keys.proof.prove("POST", url, jti=secrets.token_urlsafe(_TOKEN_BYTES), at=now, nonce=self._nonce)
        own = {"client_id": self._keys.client_id, "client_assertion_type": ASSERTION_TYPE}
        answer = await self._caller.call(
            "POST",
            path,
            timeout=TIMEOUT,
            headers={"content-type": "application/x-www-form-urlencoded", "dpop": proof},
            body=urlencode({**fields, **own, "client_assertion": assertion}).encode(),
            accept=_ERRORS,
        )
        self._nonce = answer.headers.get("dpop-nonce", self._nonce)
        return answer


def _read(answer: HttpAnswer) -> dict[str, Any]:
    if answer.media_type != "application/json":
        raise CallFailedError("onleesbaar", "no JSON")
    try:
        return parse_object(answer.body)
    except MalformedError as error:
        raise CallFailedError("onleesbaar", "no strict JSON") from error


def _refuse(said: Mapping[str, Any]) -> None:
    error = _text(said, "error")
    if error == "invalid_grant":
        raise ConsentEndedError
    if error == "authorization_pending":
        interval = said.get("interval")
        raise ConsentWaitsError(_word(str(said.get("reden", ""))), interval if type(interval) is int else 60)
    raise ConsentServerRefusedError(_word(error))


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


def _word(text: str) -> str:
    return "".join(each for each in text[:64] if each.isascii() and (each.isalnum() or each in "_-"))
