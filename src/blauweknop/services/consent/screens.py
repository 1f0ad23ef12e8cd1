# SPDX-License-Identifier: EUPL-1.2
"""The citizen's screens around a request: what is asked, yes or no. A request for own access has words of its own."""

from __future__ import annotations

import hmac
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from starlette.responses import RedirectResponse

from blauweknop.adapters.clock import amsterdam_day
from blauweknop.adapters.http.serving import content_security_policy
from blauweknop.adapters.store.consents.contract import AlreadyDecidedError
from blauweknop.core.consent.own_access import OwnAccessRequest
from blauweknop.core.consent.recording import ShownText
from blauweknop.endpoints.pages.forms import FORM_MARK, FormInvalidError, form_mark, read_form
from blauweknop.endpoints.pages.language import chosen_language
from blauweknop.endpoints.pages.session import NotLoggedInError, SessionEndedError
from blauweknop.services.consent.deciding import DECISION, ELEMENT, EXPLICIT, LAST_DAY, SET
from blauweknop.services.consent.mine import MINE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.core.consent.request import ConsentRequest
    from blauweknop.endpoints.pages.forms import Form
    from blauweknop.endpoints.pages.logins import Logins
    from blauweknop.endpoints.pages.session import Session
    from blauweknop.services.consent.asking import Asking, Pending
    from blauweknop.services.consent.deciding import Deciding
    from blauweknop.services.consent.opening import Opening
    from blauweknop.services.consent.parts import ConsentParts
    from blauweknop.services.consent.visits import Visits

ASKED: Final = "/aanvraag"
_SEE_OTHER: Final = 303
WHICH: Final = "verzoek"


class Screens:
    """See the module."""

    def __init__(
        self,
        parts: ConsentParts,
        visits: Visits,
        *,
        logins: Logins,
        asking: Asking,
        deciding: Deciding,
        opening: Opening,
    ) -> None:
        """Over the parts of one consent service."""
        self._parts, self._visits, self._logins = parts, visits, logins
        self._asking, self._deciding, self._opening = asking, deciding, opening

    async def start(self, request: Request) -> Response:
        """What this is, and the way to "mijn toestemmingen"."""
        return await self._visits.anybody(request, "begin.html")

    async def begin_login(self, request: Request) -> Response:
        """Sends the citizen to the login service, and then back to where they were."""
        form = await read_form(request, single=frozenset({"naar"}))
        return await self._logins.begin(request, form.one("naar") if form.one("naar") == MINE else ASKED)

    async def finish_login(self, request: Request) -> Response:
        """The way back from the login service."""
        person, to = await self._logins.finish(request)
        response = RedirectResponse(MINE if to == MINE else ASKED, status_code=_SEE_OTHER)
        await self._visits.sessions.open(request, response, person, service="")
        return response

    async def log_out(self, request: Request) -> Response:
        """Ends the session, and before that the own access that was opened in it."""
        response = RedirectResponse("/", status_code=_SEE_OTHER)
        try:
            session, _ = await self._visits.form(request)
        except (NotLoggedInError, SessionEndedError):
            self._visits.sessions.forget(response)
            return response
        await self._opening.end_since_login(session)
        await self._visits.sessions.end(request, response)
        return response

    async def asked(self, request: Request) -> Response:
        """The request, for whoever has logged in."""
        pending = await self._asking.load(request)
        if pending is None:
            return await self._visits.anybody(request, "geen-aanvraag.html")
        session = await self._visits.find(request)
        view = await self._asking.view(pending)
        if session is None:
            own = isinstance(view, OwnAccessRequest)
            return self._visits.pages.page(request, "inloggen.html", view=view, own=own, to=ASKED)
        return self._request_page(request, session, pending, view)

    async def decided(self, request: Request) -> Response:
        """Yes or no."""
        single = frozenset({DECISION, LAST_DAY, EXPLICIT, WHICH})
        session, form = await self._visits.form(request, single=single, many=frozenset({SET, ELEMENT}))
        pending = await self._asking.load(request)
        if pending is None:
            raise AlreadyDecidedError
        name = self._asking.name(request)
        if not hmac.compare_digest(form.one(WHICH).encode(), _which(session, name).encode()):
            raise AlreadyDecidedError  # the answer to another request than this browser has before it now
        if form.one(DECISION) == "nee":
            return self._leave(await self._deciding.refuse(name, pending))
        if form.one(DECISION) != "ja":
            raise FormInvalidError(((DECISION, "is yes or no"),))
        view = await self._asking.view(pending)
        if isinstance(view, OwnAccessRequest):
            if form.fields.keys() - {FORM_MARK, DECISION, WHICH}:
                raise FormInvalidError(detail="there is nothing to choose on this page")
            # Their own data: nobody is asked whether they may (system.md 3.6).
            return self._leave(await self._opening.open(name, pending, view, session))
        return await self._consented(request, session, pending, view, form=form)

    async def _consented(
        self, request: Request, session: Session, pending: Pending, view: ConsentRequest, *, form: Form
    ) -> Response:
        if view.profile.explicit_consent and form.one(EXPLICIT) != "ja":
            return self._request_page(request, session, pending, view, problem="uitdrukkelijk")
        reason = await self._deciding.may_decide(session, view)
        if reason is not None:
            return self._visits.page(request, session, "niet-bekwaam.html", reason=reason.value, view=view)
        shown = ShownText(
            text=plain_text(self._request_page(request, session, pending, view).body),
            language=chosen_language(request),
        )
        name = self._asking.name(request)
        address = await self._deciding.record(name, pending, view, form=form, session=session, shown=shown)
        if not address:
            return self._request_page(request, session, pending, view, problem="niets")
        return self._leave(address)

    def _request_page(
        self,
        request: Request,
        session: Session,
        pending: Pending,
        view: ConsentRequest | OwnAccessRequest,
        *,
        problem: str = "",
    ) -> Response:
        register_page = f"{self._parts.register_page}/deelnemers/{view.requester_oin}"
        which = _which(session, self._asking.name(request))
        if isinstance(view, OwnAccessRequest):
            response = self._visits.page(
                request, session, "inzage.html", view=view, register_page=register_page, span=span, which=which
            )
        else:
            response = self._visits.page(
                request,
                session,
                "aanvraag.html",
                view=view,
                problem=problem,
                today=amsterdam_day(self._parts.clock),
                register_page=register_page,
                which=which,
                explicit=view.profile.explicit_consent,
                span=span,
            )
        target = urlsplit(pending.pushed.redirect_uri)
        # Chromium holds the redirect after a form to form-action too (CSP Level 3 §6.4.2).
        policy = content_security_policy(f"{target.scheme}://{target.netloc}")
        response.headers["content-security-policy"] = policy
        return response

    def _leave(self, address: str) -> Response:
        response = RedirectResponse(address, status_code=_SEE_OTHER)
        self._asking.forget(response)
        return response


class _Words(HTMLParser):
    """Collects what a reader reads of a page's main part."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Counts how deep in ``main`` we are."""
        self._inside += tag == "main"

    def handle_endtag(self, tag: str) -> None:
        """Leaves ``main``."""
        self._inside -= tag == "main"

    def handle_data(self, data: str) -> None:
        """Keeps the words."""
        text = " ".join(data.split())
        if self._inside and text:
            self.words.append(text)


def plain_text(page: bytes | memoryview) -> str:
    """The text of the page's main part, a line for each piece."""
    reader = _Words()
    reader.feed(bytes(page).decode("utf-8"))
    return "\n".join(reader.words)


def span(duration: str) -> dict[str, Any]:
    """``P3M`` as the words of a message take it: ``{aantal: 3, eenheid: "M"}``; lines hold one unit alone."""
    return {"aantal": int(duration[1:-1]), "eenheid": duration[-1]}


def _which(session: Session, name: str) -> str:
    """Says in a form which request it answers: one browser may have seen two, and a yes is to the one that was read."""
    return form_mark(session.form_mark.encode(), name)
