# SPDX-License-Identifier: EUPL-1.2
"""Pages for anybody: what this is, logging in and out, explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blauweknop.endpoints.pages.forms import FormInvalidError, read_form
from blauweknop.endpoints.pages.logins import Logins
from blauweknop.endpoints.pages.session import NotLoggedInError, SessionEndedError
from blauweknop.services.source.handlers import Handlers, go_to

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.endpoints.pages.session import Session

SERVICE: Final = "dienst"


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
        return await self._logins().begin(request, service)

    async def finish_login(self, request: Request) -> Response:
        """The way back from the login service."""
        person, service = await self._logins().finish(request)
        response = go_to("/kies")
        await self.sessions.open(request, response, person, service=service)
        return response

    def _logins(self) -> Logins:
        return Logins(self.parts.login, self.parts.attempt_store, self.sessions, now=self.parts.now)

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
