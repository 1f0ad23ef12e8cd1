# SPDX-License-Identifier: EUPL-1.2
"""Who is at a page of the consent service, and pages that are theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blauweknop.endpoints.pages.forms import check_form_mark, read_form
from blauweknop.endpoints.pages.session import NotLoggedInError, SessionEndedError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.endpoints.pages.forms import Form
    from blauweknop.endpoints.pages.session import Session, Sessions
    from blauweknop.endpoints.pages.site import Pages


class Visits:
    """Sessions and pages together."""

    def __init__(self, pages: Pages, sessions: Sessions) -> None:
        """``pages``: of this service."""
        self.pages, self.sessions = pages, sessions

    def page(self, request: Request, session: Session, template: str, **content: Any) -> Response:
        """A page for somebody who has logged in."""
        return self.pages.page(request, template, signed_in=True, form_mark=session.form_mark, **content)

    async def anybody(self, request: Request, template: str, **content: Any) -> Response:
        """A page for anybody, with the way out for who has logged in."""
        session = await self.find(request)
        mark = session.form_mark if session is not None else ""
        return self.pages.page(request, template, signed_in=session is not None, form_mark=mark, **content)

    async def find(self, request: Request) -> Session | None:
        """The session, where there is one."""
        try:
            return await self.sessions.find(request)
        except (NotLoggedInError, SessionEndedError):
            return None

    async def form(self, request: Request, **fields: frozenset[str]) -> tuple[Session, Form]:
        """The session and what was sent in it. Raises: ``NotLoggedInError``, ``SessionEndedError``, of the form."""
        session = await self.sessions.find(request)
        form = await read_form(request, **fields)
        check_form_mark(form, session.form_mark)
        return session, form
