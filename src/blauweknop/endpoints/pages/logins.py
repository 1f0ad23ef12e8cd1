# SPDX-License-Identifier: EUPL-1.2
"""Going to the login service and coming back: each answer counts once, in the browser it was begun in.

``carry`` is a short text of ours that comes back with the answer: what the citizen was about to do.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

import msgspec
from starlette.responses import RedirectResponse

from blauweknop.adapters.http.refusals import RefusedRequestError
from blauweknop.adapters.login.errors import LoginAttemptUnknownError
from blauweknop.adapters.login.model import ATTEMPT_SECONDS, Attempt

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.adapters.login.model import LoggedIn
    from blauweknop.adapters.login.relying_party import RelyingParty
    from blauweknop.adapters.store.sessions.contract import LoginAttemptStore
    from blauweknop.endpoints.pages.session import Sessions

_LONGEST: Final = 2_000
_SEE_OTHER: Final = 303


class _Begun(msgspec.Struct, frozen=True):
    attempt: Attempt
    carry: str
    browser: str


class LoginAnswerMalformedError(RefusedRequestError):
    """The way back from the login does not have the form it must have."""

    code = "inlogantwoord-vorm"


class Logins:
    """The login of one service."""

    def __init__(
        self, login: RelyingParty, attempts: LoginAttemptStore, sessions: Sessions, *, now: Callable[[], int]
    ) -> None:
        """``now``: seconds since 1970."""
        self._login, self._attempts, self._sessions, self._now = login, attempts, sessions, now

    async def begin(self, request: Request, carry: str) -> Response:
        """Sends the citizen to the login service."""
        attempt, address = await self._login.begin()
        response = RedirectResponse(address, status_code=_SEE_OTHER)
        begun = _Begun(attempt, carry, self._sessions.mark_browser(request, response))
        now = self._now()
        await self._attempts.save(attempt.state, msgspec.json.encode(begun), expires_at=now + ATTEMPT_SECONDS, now=now)
        return response

    async def finish(self, request: Request) -> tuple[LoggedIn, str]:
        """Who came back, and what was carried. Raises: errors of the login; ``LoginAnswerMalformedError``."""
        answer = _answer(request)
        content = await self._attempts.take(answer.get("state", ""), now=self._now())
        if content is None:
            raise LoginAttemptUnknownError
        begun = msgspec.json.decode(content, type=_Begun)
        if not hmac.compare_digest(begun.browser.encode(), self._sessions.browser_mark(request).encode()):
            raise LoginAttemptUnknownError("begun in another browser")
        return await self._login.finish(answer, begun.attempt), begun.carry


def _answer(request: Request) -> dict[str, str]:
    pairs = request.query_params.multi_items()
    answer = dict(pairs)
    if len(answer) != len(pairs):
        raise LoginAnswerMalformedError("a parameter stands twice", clause="RFC 6749 §3.1")
    if any(len(value) > _LONGEST for value in answer.values()):
        raise LoginAnswerMalformedError("a parameter is too long")
    return answer
