# SPDX-License-Identifier: EUPL-1.2
"""The authorization endpoint, where the citizen's browser comes and goes.

It comes with a pushed request (``Arrivals``) and goes back with a code or a refusal (``CodeAnswers``). What is wrong
with an arrival is raised: the service shows it as a page and sends the browser nowhere (RFC 6749 §4.1.2.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from blauweknop.adapters.http.refusals import MethodNotAllowedError
from blauweknop.adapters.store.grants.contract import NewCode
from blauweknop.core.oauth.authorize import AuthorizeSituation, answer_address, named_request
from blauweknop.core.oauth.errors import RequestUriUnknownError
from blauweknop.core.oauth.model import CODE_SECONDS, TOKEN_SECONDS, CodeContent, Denied, Granted
from blauweknop.core.oauth.parameters import parse_parameters
from blauweknop.core.oauth.pipelines import AUTHORIZE, NOTHING_SKIPPED
from blauweknop.core.oauth.rows import run_rows
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.endpoints.authorization.parts import SECRET_BYTES
from blauweknop.endpoints.authorization.reading import find_client

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.core.oauth.model import PushedRequest
    from blauweknop.endpoints.authorization.parts import AuthorizationParts

_SEE_OTHER = 303


class Arrivals:
    """``/autoriseren``."""

    def __init__(self, parts: AuthorizationParts) -> None:
        """``parts``: of this authorization server."""
        self._parts = parts

    async def authorize(self, request: Request) -> Response:
        """Hands a pushed request to the decider, once. Raises: ``OAuthError``, to be shown on screen."""
        if request.method != "GET":
            # Who only looks whether the address is there (HEAD) must not use the request up.
            raise MethodNotAllowedError(clause="RFC 6749 §3.1")
        parts = self._parts
        parameters = parse_parameters(request.url.query.encode("ascii", "replace"))
        request_uri = named_request(parameters)
        pushed = await parts.grants.load_request(request_uri)
        if pushed is None:
            raise RequestUriUnknownError(clause="RFC 9126 §4")
        client = await find_client(parts, pushed.client_id)
        situation = AuthorizeSituation(
            client_id=parameters["client_id"],
            pushed=pushed,
            client=client,
            environment=parts.environment,
            at=parts.now(),
            take=lambda: parts.grants.take_request(request_uri),
        )
        await run_rows(AUTHORIZE, situation, skipped=NOTHING_SKIPPED)
        return await parts.decider.begin(request, pushed, client)


@dataclass(frozen=True, kw_only=True)
class PreparedCode:
    """A code to be stored (``insert_code``), and where the browser goes once it is."""

    code: NewCode
    address: str


class CodeAnswers:
    """The answers to a pushed request; who calls these has seen to it that a request is answered once."""

    def __init__(self, parts: AuthorizationParts) -> None:
        """``parts``: of this authorization server."""
        self._parts = parts

    def prepare(self, pushed: PushedRequest, granted: Granted) -> PreparedCode:
        """The code for ``granted``, for a service that stores it in the transaction that records the consent."""
        code, now = b64url_encode(self._parts.random(SECRET_BYTES)), self._parts.now()
        content = CodeContent(
            client_id=pushed.client_id,
            redirect_uri=pushed.redirect_uri,
            code_challenge=pushed.code_challenge,
            grant_id=granted.grant_id,
            kind=granted.lines[0].type,
            jkt=pushed.jkt,
        )
        # Kept as long as an access token made of it lives, so that a second use still ends what came of it.
        kept = now + CODE_SECONDS + TOKEN_SECONDS
        new = NewCode(code=code, content=content, expires_at=now + CODE_SECONDS, kept_until=kept)
        return PreparedCode(code=new, address=answer_address(pushed, self._parts.issuer, code=code))

    def refusal(self, pushed: PushedRequest) -> str:
        """Where the browser goes when the citizen said no (RFC 6749 §4.1.2.1)."""
        return answer_address(pushed, self._parts.issuer, error="access_denied")

    async def answer(self, pushed: PushedRequest, outcome: Granted | Denied) -> Response:
        """Stores the code, and sends the browser back (303, RFC 9700 §4.12)."""
        if isinstance(outcome, Denied):
            return RedirectResponse(self.refusal(pushed), status_code=_SEE_OTHER)
        prepared = self.prepare(pushed, outcome)
        await self._parts.grants.add_code(prepared.code, now=self._parts.now())
        return RedirectResponse(prepared.address, status_code=_SEE_OTHER)
