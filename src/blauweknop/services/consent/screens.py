# SPDX-License-Identifier: EUPL-1.2
"""The citizen's screens: the request, yes or no, and "mijn toestemmingen" with its stop."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from starlette.responses import RedirectResponse, Response

from blauweknop.adapters.clock import amsterdam_day, amsterdam_day_at
from blauweknop.adapters.http.refusals import NotFoundError
from blauweknop.adapters.http.serving import content_security_policy
from blauweknop.adapters.store.consents.contract import AlreadyDecidedError
from blauweknop.core.consent.consent import (
    FINAL,
    Change,
    ChangeReason,
    Party,
    State,
    TransitionRefusedError,
    state_at,
)
from blauweknop.core.consent.receipt import MEDIA_TYPE
from blauweknop.core.consent.recording import ShownText
from blauweknop.core.scheme.errors import ParticipantUnknownError
from blauweknop.endpoints.pages.forms import FormInvalidError, check_form_mark, read_form
from blauweknop.endpoints.pages.language import chosen_language
from blauweknop.endpoints.pages.session import NotLoggedInError, SessionEndedError
from blauweknop.services.consent.deciding import DECISION, ELEMENT, EXPLICIT, LAST_DAY, SET

if TYPE_CHECKING:
    from starlette.requests import Request

    from blauweknop.core.consent.consent import Consent
    from blauweknop.core.consent.request import ConsentRequest
    from blauweknop.endpoints.pages.logins import Logins
    from blauweknop.endpoints.pages.session import Session, Sessions
    from blauweknop.endpoints.pages.site import Pages
    from blauweknop.services.consent.asking import Asking, Pending
    from blauweknop.services.consent.deciding import Deciding
    from blauweknop.services.consent.parts import ConsentParts

MINE: Final = "/mijn"
ASKED: Final = "/aanvraag"
_SEE_OTHER: Final = 303


class Screens:
    """See the module."""

    def __init__(
        self,
        parts: ConsentParts,
        pages: Pages,
        *,
        sessions: Sessions,
        logins: Logins,
        asking: Asking,
        deciding: Deciding,
    ) -> None:
        """Over the parts of one consent service."""
        self._parts, self._pages, self._sessions = parts, pages, sessions
        self._logins, self._asking, self._deciding = logins, asking, deciding

    async def start(self, request: Request) -> Response:
        """What this is, and the way to "mijn toestemmingen"."""
        return self._pages.page(request, "begin.html", **await self._around(request))

    async def begin_login(self, request: Request) -> Response:
        """Sends the citizen to the login service, and then back to where they were."""
        form = await read_form(request, single=frozenset({"naar"}))
        return await self._logins.begin(request, form.one("naar") if form.one("naar") == MINE else ASKED)

    async def finish_login(self, request: Request) -> Response:
        """The way back from the login service."""
        person, to = await self._logins.finish(request)
        response = RedirectResponse(MINE if to == MINE else ASKED, status_code=_SEE_OTHER)
        await self._sessions.open(request, response, person, service="")
        return response

    async def log_out(self, request: Request) -> Response:
        """Ends the session."""
        response = RedirectResponse("/", status_code=_SEE_OTHER)
        try:
            await self._form(request)
        except (NotLoggedInError, SessionEndedError):
            self._sessions.forget(response)
            return response
        await self._sessions.end(request, response)
        return response

    async def asked(self, request: Request) -> Response:
        """The request, for whoever has logged in."""
        pending = await self._asking.load(request)
        session = await self._session(request)
        if pending is None:
            return self._pages.page(request, "geen-aanvraag.html", **await self._around(request))
        view = await self._asking.view(pending)
        if session is None:
            return self._pages.page(request, "inloggen.html", view=view, to=ASKED)
        return self._request_page(request, session, pending, view)

    async def decided(self, request: Request) -> Response:
        """Yes or no."""
        single = frozenset({DECISION, LAST_DAY, EXPLICIT})
        session, form = await self._form(request, single=single, many=frozenset({SET, ELEMENT}))
        pending = await self._asking.load(request)
        if pending is None:
            raise AlreadyDecidedError
        name = self._asking.name(request)
        if form.one(DECISION) == "nee":
            return self._leave(await self._deciding.refuse(name, pending))
        if form.one(DECISION) != "ja":
            raise FormInvalidError(((DECISION, "is yes or no"),))
        view = await self._asking.view(pending)
        if view.profile.explicit_consent and form.one(EXPLICIT) != "ja":
            return self._request_page(request, session, pending, view, problem="uitdrukkelijk")
        reason = await self._deciding.may_decide(session, view)
        if reason is not None:
            return self._personal(request, session, "niet-bekwaam.html", reason=reason.value, view=view)
        shown = ShownText(
            text=plain_text(self._request_page(request, session, pending, view).body),
            language=chosen_language(request),
        )
        address = await self._deciding.record(name, pending, view, form=form, session=session, shown=shown)
        if not address:
            return self._request_page(request, session, pending, view, problem="niets")
        return self._leave(address)

    async def mine(self, request: Request) -> Response:
        """All consents of this citizen."""
        session = await self._session(request)
        if session is None:
            return self._pages.page(request, "inloggen.html", view=None, to=MINE)
        citizen = await self._parts.store.citizen_of(session.subject)
        register = await self._parts.register.register()
        now = self._parts.now()
        shown = []
        for stored in await self._parts.store.of_citizen(citizen):
            consent = stored.consent
            state, _ = state_at(consent, now)
            mints = await self._parts.store.mints(consent.id)
            shown.append(
                {
                    "consent": consent,
                    "state": state.value,
                    "ended": state in FINAL,
                    "profile": self._parts.catalogue.profiles[consent.service],
                    "requester": _name(register, consent.client),
                    "sources": [(_name(register, iss), _day(mints.get(iss))) for iss in consent.sources],
                }
            )
        return self._personal(request, session, "mijn.html", consents=shown)

    async def ask_stop(self, request: Request) -> Response:
        """What a stop does, before it is done."""
        session = await self._sessions.find(request)
        consent = await self._own(request, session)
        register = await self._parts.register.register()
        return self._personal(
            request,
            session,
            "stop.html",
            consent=consent,
            profile=self._parts.catalogue.profiles[consent.service],
            requester=_name(register, consent.client),
        )

    async def stop(self, request: Request) -> Response:
        """Stops one consent: it is in the journal and committed before this answers."""
        return await self._change(request, State.WITHDRAWN, ChangeReason.STOP)

    async def pause(self, request: Request) -> Response:
        """Lets one consent stand still; its end stays where it was."""
        return await self._change(request, State.PAUSED, ChangeReason.PAUSE)

    async def resume(self, request: Request) -> Response:
        """Lets a paused consent go on until the end it had."""
        return await self._change(request, State.ACTIVE, ChangeReason.RESUME)

    async def _change(self, request: Request, to: State, reason: ChangeReason) -> Response:
        session, _ = await self._form(request)
        consent = await self._own(request, session)
        change = Change(to=to, by=Party.CITIZEN, reason=reason, at=self._parts.now())
        if not _is_done(consent, to):
            try:
                await self._parts.store.change(consent.id, change, citizen=consent.citizen)
            except TransitionRefusedError:
                # Sent twice at one moment, it is done once, and both are told so.
                if not _is_done(await self._own(request, session), to):
                    raise
        return RedirectResponse(MINE, status_code=_SEE_OTHER)

    async def receipt(self, request: Request) -> Response:
        """The receipt of one consent, as it was signed."""
        session = await self._sessions.find(request)
        consent = await self._own(request, session)
        stored = await self._parts.store.load(consent.id)
        assert stored is not None
        headers = {"content-disposition": f'attachment; filename="toestemmingsbewijs-{consent.id}.jwt"'}
        return Response(stored.receipt, media_type=MEDIA_TYPE, headers=headers)

    def _request_page(
        self, request: Request, session: Session, pending: Pending, view: ConsentRequest, *, problem: str = ""
    ) -> Response:
        response = self._personal(
            request,
            session,
            "aanvraag.html",
            view=view,
            problem=problem,
            today=amsterdam_day(self._parts.clock),
            register_page=f"{self._parts.register_page}/deelnemers/{view.requester_oin}",
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

    def _personal(self, request: Request, session: Session, template: str, **content: Any) -> Response:
        return self._pages.page(request, template, signed_in=True, form_mark=session.form_mark, **content)

    async def _around(self, request: Request) -> dict[str, Any]:
        session = await self._session(request)
        return {"signed_in": session is not None, "form_mark": session.form_mark if session is not None else ""}

    async def _session(self, request: Request) -> Session | None:
        try:
            return await self._sessions.find(request)
        except (NotLoggedInError, SessionEndedError):
            return None

    async def _form(self, request: Request, **fields: frozenset[str]) -> tuple[Session, Any]:
        session = await self._sessions.find(request)
        form = await read_form(request, **fields)
        check_form_mark(form, session.form_mark)
        return session, form

    async def _own(self, request: Request, session: Session) -> Consent:
        citizen = await self._parts.store.citizen_of(session.subject)
        stored = await self._parts.store.load(str(request.path_params["id"]))
        if stored is None or stored.consent.citizen != citizen:
            raise NotFoundError
        return stored.consent


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


def _is_done(consent: Consent, to: State) -> bool:
    """Whether it stands so already; what has ended for ever needs no stop."""
    return consent.state is to or (to is State.WITHDRAWN and consent.state in FINAL)


def _name(register: Any, iss: str) -> str:
    try:
        return str(register.by_iss(iss).name)
    except ParticipantUnknownError:
        return iss


def _day(at: int | None) -> str:
    return "" if at is None else amsterdam_day_at(at)
