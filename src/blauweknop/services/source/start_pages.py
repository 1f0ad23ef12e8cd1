# SPDX-License-Identifier: EUPL-1.2
"""Pages for anybody: what this is, logging in and out, explanation."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.adapters.http.refusals import RefusedRequestError
from blauweknop.adapters.login.errors import LoginAttemptUnknownError
from blauweknop.adapters.login.model import ATTEMPT_SECONDS, Attempt
from blauweknop.endpoints.pages.forms import FormInvalidError, read_form
from blauweknop.services.source.handlers import Handlers, go_to
from blauweknop.services.source.session import NotLoggedInError, SessionEndedError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.services.source.session import Session

SERVICE: Final = "dienst"
_ANSWER_LONGEST = 2_000


class _BegunLogin(msgspec.Struct, frozen=True):
    attempt: Attempt
    service: str
    browser: str


class LoginAnswerMalformedError(RefusedRequestError):
    """The way back from the login does not have the form it must have."""

    code = "inlogantwoord-vorm"


class StartPages(Handlers):
    """See the module."""

    async def start(self, request: Request) -> Response:
        """What this organisation's button is, and what do you need it for?"""
        session = await self._session(request)
        return self.pages.page(
            request,
            "begin.html",
            signed_in=session is not None,
            form_mark=session.form_mark if session is not None else "",
            sets=self.parts.open_sets,
            services=self.services(),
        )

    def services(self) -> list[tuple[str, object]]:
        """(``id/version``, profile) of the services that need something this source has."""
        profiles = self.parts.catalogue.profiles_using(definition.ref for definition in self.parts.open_sets)
        return [(profile.ref, profile) for profile in profiles]

    def known_service(self, service: str) -> str:
        """``service`` when it is one of ours, or empty for none. Raises: ``FormInvalidError``."""
        if service and service not in {ref for ref, _ in self.services()}:
            raise FormInvalidError(((SERVICE, "is not one of the list"),))
        return service

    async def begin_login(self, request: Request) -> Response:
        """Sends the citizen to the login service."""
        form = await read_form(request, single=frozenset({SERVICE}))
        service = self.known_service(form.one(SERVICE))
        attempt, address = await self.parts.login.begin()
        response = go_to(address)
        begun = _BegunLogin(attempt, service, self.sessions.mark_browser(request, response))
        now = self.parts.now()
        await self.parts.attempt_store.save(
            attempt.state, msgspec.json.encode(begun), expires_at=now + ATTEMPT_SECONDS, now=now
        )
        return response

    async def finish_login(self, request: Request) -> Response:
        """The way back from the login service. Each answer counts once, in the browser it was begun in."""
        answer = self._answer(request)
        content = await self.parts.attempt_store.take(answer.get("state", ""), now=self.parts.now())
        if content is None:
            raise LoginAttemptUnknownError
        begun = msgspec.json.decode(content, type=_BegunLogin)
        if not hmac.compare_digest(begun.browser.encode(), self.sessions.browser_mark(request).encode()):
            raise LoginAttemptUnknownError("begun in another browser")
        person = await self.parts.login.finish(answer, begun.attempt)
        response = go_to("/kies")
        await self.sessions.open(request, response, person, service=begun.service)
        return response

    async def log_out(self, request: Request) -> Response:
        """Ends the session. One that had ended already is no error: the citizen wanted it gone."""
        response = go_to("/uitgelogd")
        try:
            await self.session_form(request)
        except (NotLoggedInError, SessionEndedError):
            self.sessions.forget(response)
            return response
        await self.sessions.end(request, response)
        return response

    async def logged_out(self, request: Request) -> Response:
        """Says that nothing stays behind."""
        return self.pages.page(request, "uitgelogd.html")

    async def explanation(self, request: Request) -> Response:
        """What the seal says and does not say, and how it is checked."""
        session = await self._session(request)
        return self.pages.page(
            request,
            "uitleg.html",
            signed_in=session is not None,
            form_mark=session.form_mark if session is not None else "",
        )

    async def access_request(self, request: Request) -> Response:
        """How to ask for all data under the law (GDPR article 15), which this button is not."""
        session = await self._session(request)
        return self.pages.page(
            request,
            "inzageverzoek.html",
            signed_in=session is not None,
            form_mark=session.form_mark if session is not None else "",
        )

    async def _session(self, request: Request) -> Session | None:
        try:
            return await self.sessions.find(request)
        except (NotLoggedInError, SessionEndedError):
            return None

    @staticmethod
    def _answer(request: Request) -> dict[str, str]:
        pairs = request.query_params.multi_items()
        answer = dict(pairs)
        if len(answer) != len(pairs):
            raise LoginAnswerMalformedError("a parameter stands twice", clause="RFC 6749 §3.1")
        if any(len(value) > _ANSWER_LONGEST for value in answer.values()):
            raise LoginAnswerMalformedError("a parameter is too long")
        return answer
