# SPDX-License-Identifier: EUPL-1.2
"""The citizen's own page: every consent with its stop and, apart from those, own access that is running (BK029)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import RedirectResponse, Response

from blauweknop.adapters.clock import AMSTERDAM, amsterdam_day_at
from blauweknop.adapters.http.refusals import NotFoundError
from blauweknop.core.consent.consent import FINAL, Change, ChangeReason, Party, State, TransitionRefusedError, state_at
from blauweknop.core.consent.receipt import MEDIA_TYPE
from blauweknop.core.scheme.errors import ParticipantUnknownError

if TYPE_CHECKING:
    from starlette.requests import Request

    from blauweknop.adapters.store.consents.contract import StoredConsent
    from blauweknop.core.consent.consent import Consent
    from blauweknop.core.scheme.register import VerifiedRegister
    from blauweknop.endpoints.pages.session import Session
    from blauweknop.services.consent.parts import ConsentParts
    from blauweknop.services.consent.visits import Visits

MINE: Final = "/mijn"
_SEE_OTHER: Final = 303


class Mine:
    """See the module."""

    def __init__(self, parts: ConsentParts, visits: Visits) -> None:
        """``parts``: of the consent service."""
        self._parts, self._visits = parts, visits

    async def all(self, request: Request) -> Response:
        """All consents of this citizen, and the own access that is running."""
        session = await self._visits.find(request)
        if session is None:
            return self._visits.pages.page(request, "inloggen.html", view=None, own=False, to=MINE)
        citizen = await self._parts.store.citizen_of(session.subject)
        register = await self._parts.register.register()
        consents, running = [], []
        for stored in await self._parts.store.of_citizen(citizen):
            if stored.consent.kind == "gegevensset":
                consents.append(await self._consent(stored.consent, register))
            elif state_at(stored.consent, self._parts.now())[0] not in FINAL:
                running.append(_own_access(stored.consent, register))
        return self._visits.page(request, session, "mijn.html", consents=consents, running=running)

    async def ask_stop(self, request: Request) -> Response:
        """What a stop does, before it is done."""
        session = await self._visits.sessions.find(request)
        consent = (await self._own(request, session)).consent
        register = await self._parts.register.register()
        return self._visits.page(
            request,
            session,
            "stop.html",
            consent=consent,
            profile=self._parts.catalogue.profiles[consent.service] if consent.kind == "gegevensset" else None,
            requester=_name(register, consent.client),
        )

    async def stop(self, request: Request) -> Response:
        """Stops one consent or own access: it is in the journal and committed before this answers."""
        session, _ = await self._visits.form(request)
        return await self._change(request, session, State.WITHDRAWN, ChangeReason.STOP)

    async def pause(self, request: Request) -> Response:
        """Lets one consent stand still; its end stays where it was."""
        return await self._turn(request, State.PAUSED, ChangeReason.PAUSE)

    async def resume(self, request: Request) -> Response:
        """Lets a paused consent go on until the end it had."""
        return await self._turn(request, State.ACTIVE, ChangeReason.RESUME)

    async def receipt(self, request: Request) -> Response:
        """The receipt of one consent, as it was signed."""
        session = await self._visits.sessions.find(request)
        stored = _consent_only(await self._own(request, session))
        headers = {"content-disposition": f'attachment; filename="toestemmingsbewijs-{stored.consent.id}.jwt"'}
        return Response(stored.receipt, media_type=MEDIA_TYPE, headers=headers)

    async def _turn(self, request: Request, to: State, reason: ChangeReason) -> Response:
        session, _ = await self._visits.form(request)
        _consent_only(await self._own(request, session))
        return await self._change(request, session, to, reason)

    async def _change(self, request: Request, session: Session, to: State, reason: ChangeReason) -> Response:
        consent = (await self._own(request, session)).consent
        change = Change(to=to, by=Party.CITIZEN, reason=reason, at=self._parts.now())
        if not _is_done(consent, to):
            try:
                await self._parts.store.change(consent.id, change, citizen=consent.citizen)
            except TransitionRefusedError:
                # Sent twice at one moment, it is done once, and both are told so.
                if not _is_done((await self._own(request, session)).consent, to):
                    raise
        return RedirectResponse(MINE, status_code=_SEE_OTHER)

    async def _consent(self, consent: Consent, register: VerifiedRegister) -> dict[str, Any]:
        state, _ = state_at(consent, self._parts.now())
        mints = await self._parts.store.mints(consent.id)
        return {
            "consent": consent,
            "state": state.value,
            "ended": state in FINAL,
            "profile": self._parts.catalogue.profiles[consent.service],
            "requester": _name(register, consent.client),
            "sources": [(_name(register, iss), _day(mints.get(iss))) for iss in consent.sources],
        }

    async def _own(self, request: Request, session: Session) -> StoredConsent:
        citizen = await self._parts.store.citizen_of(session.subject)
        stored = await self._parts.store.load(str(request.path_params["id"]))
        if stored is None or stored.consent.citizen != citizen:
            raise NotFoundError
        return stored


def _own_access(consent: Consent, register: VerifiedRegister) -> dict[str, Any]:
    until = datetime.fromtimestamp(consent.until, UTC).astimezone(AMSTERDAM)
    return {
        "id": consent.id,
        "app": _name(register, consent.client),
        "until": until.strftime("%H:%M"),
        "sources": [_name(register, iss) for iss in consent.sources],
    }


def _consent_only(stored: StoredConsent) -> StoredConsent:
    """Own access has no receipt of consent, and an hour needs no pause."""
    if stored.consent.kind != "gegevensset":
        raise NotFoundError
    return stored


def _is_done(consent: Consent, to: State) -> bool:
    """Whether it stands so already; what has ended for ever needs no stop."""
    return consent.state is to or (to is State.WITHDRAWN and consent.state in FINAL)


def _name(register: VerifiedRegister, iss: str) -> str:
    try:
        return str(register.by_iss(iss).name)
    except ParticipantUnknownError:
        return iss


def _day(at: int | None) -> str:
    return "" if at is None else amsterdam_day_at(at)
