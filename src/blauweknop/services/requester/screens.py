# SPDX-License-Identifier: EUPL-1.2
"""The screens of the reference service: who you are and what for, away to the consent service, and what came back.

What is shown of a customer is what was kept; collecting happens when the customer comes back from the consent service
and when they ask for it, never by looking at a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec
from starlette.responses import RedirectResponse, Response

from blauweknop.adapters.clock import amsterdam_day_at
from blauweknop.core.consent.matching import Customer
from blauweknop.core.dataset.catalogue import element_at
from blauweknop.core.oauth.callback import CallbackRefusedError, NotGrantedError
from blauweknop.endpoints.pages.forms import check_form_mark, read_form
from blauweknop.endpoints.pages.language import chosen_language
from blauweknop.endpoints.pages.session import SessionEndedError
from blauweknop.endpoints.pages.showing import Shower
from blauweknop.errors import MalformedError
from blauweknop.services.requester.errors import (
    ConsentEndedError,
    ConsentServerRefusedError,
    ConsentWaitsError,
    CustomerUnmatchedError,
    MatchingImpossibleError,
)
from blauweknop.services.requester.evidence import make_evidence
from blauweknop.texts import load_messages
from blauweknop.texts.spelling import pick

if TYPE_CHECKING:
    from starlette.requests import Request

    from blauweknop.core.dataset.profile import ServiceProfile
    from blauweknop.endpoints.pages.site import Pages
    from blauweknop.services.requester.model import Delivery, NotDelivered, Received
    from blauweknop.services.requester.sdk import Consent, Requester
    from blauweknop.services.requester.visits import Visit, Visits

RESULT: Final = "/resultaat"
SERVICE, NAME, BORN = "dienst", "naam", "geboortedatum"
_DATE: Final = re.compile(r"(?:(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ])?(\d{4})", re.ASCII)
_SEE_OTHER: Final = 303
_INVALID: Final = 422


@dataclass(frozen=True, kw_only=True)
class Screens:
    """``services``: what this requester is admitted for; ``address``: its own ``iss``."""

    requester: Requester
    services: dict[str, ServiceProfile]
    pages: Pages
    visits: Visits
    address: str

    async def start(self, request: Request) -> Response:
        """What can be asked for here. ``?dienst=``: the one that the citizen came for (system.md 3.6)."""
        return self._begin(request, chosen=request.query_params.get(SERVICE, ""))

    async def ask(self, request: Request) -> Response:
        """Sends the customer to the consent service."""
        form = await read_form(request, single=frozenset({SERVICE, NAME, BORN}))
        service, name, born = form.one(SERVICE), form.one(NAME).strip(), _read_date(form.one(BORN))
        if service not in self.services or not _is_customer(name, born):
            return self._begin(request, chosen=service, name=name, born=form.one(BORN), wrong=True)
        asked = await self.requester.ask(service, back_to=f"{self.address}/terug")
        response = RedirectResponse(asked.url, status_code=_SEE_OTHER)
        visit = self.visits.new(service=service, name=name, birth_date=born, state=asked.state)
        await self.visits.begin(request, response, visit)
        return response

    async def back(self, request: Request) -> Response:
        """The way back from the consent service."""
        visit = await self.visits.find(request)
        if visit is None or not visit.state:
            return self._told(request, "geen", service="")
        address = f"{self.address}/terug?{request.url.query}"
        try:
            consent = await self.requester.finish(address, state=visit.state)
        except NotGrantedError:
            return self._told(request, "nee", service=visit.service)
        except (CallbackRefusedError, ConsentServerRefusedError):
            return self._told(request, "geen", service=visit.service)
        visit = msgspec.structs.replace(visit, state="", grant_id=consent.grant_id)
        await self.visits.change(request, visit)
        return await self._compare(request, visit, consent)

    async def correct(self, request: Request) -> Response:
        """Another name or birth date than was given before."""
        visit, form = await self._visit(request, NAME, BORN)
        name, born = form.one(NAME).strip(), _read_date(form.one(BORN))
        if not _is_customer(name, born):
            return self._other(request, visit, name=name, born=form.one(BORN), wrong=True)
        visit = msgspec.structs.replace(visit, name=name, birth_date=born)
        await self.visits.change(request, visit)
        try:
            return await self._compare(request, visit, await self.requester.consent(visit.grant_id))
        except ConsentEndedError as error:
            return self._ended(request, visit, error)

    async def again(self, request: Request) -> Response:
        """Collects once more."""
        visit, _ = await self._visit(request)
        try:
            return await self._collect(request, visit, await self.requester.consent(visit.grant_id))
        except ConsentEndedError as error:
            return self._ended(request, visit, error)
        except CustomerUnmatchedError:
            return self._other(request, visit)

    async def result(self, request: Request) -> Response:
        """What came, what did not, and why."""
        visit = await self.visits.find(request)
        if visit is None or not visit.grant_id:
            return self._told(request, "geen", service="")
        try:
            consent = await self.requester.consent(visit.grant_id)
            delivery = await consent.received()
        except ConsentEndedError as error:
            return self._ended(request, visit, error)
        except CustomerUnmatchedError:
            return self._other(request, visit)
        return self.pages.page(
            request,
            "resultaat.html",
            profile=self.services[visit.service],
            form_mark=visit.form_mark,
            until=max(line.geldig_tot for line in consent.granted),
            sets=[self._shown(request, one) for one in delivery.sets],
            not_delivered=[await self._why(request, one) for one in (*visit.not_delivered, *delivery.failed)],
            not_granted=self._left_out(request, consent),
        )

    async def evidence(self, request: Request) -> Response:
        """The evidence, as a zip."""
        visit, _ = await self._visit(request)
        try:
            delivery = await (await self.requester.consent(visit.grant_id)).received()
        except ConsentEndedError as error:
            return self._ended(request, visit, error)
        except CustomerUnmatchedError:
            return self._other(request, visit)
        headers = {"content-disposition": 'attachment; filename="bewijs.zip"'}
        return Response(make_evidence(delivery), media_type="application/zip", headers=headers)

    async def give_up(self, request: Request) -> Response:
        """Ends the consent from the requester's side."""
        visit, _ = await self._visit(request)
        try:
            await (await self.requester.consent(visit.grant_id)).give_up()
        except ConsentEndedError as error:
            return self._ended(request, visit, error)
        return self._told(request, "opgezegd", service=visit.service)

    async def _compare(self, request: Request, visit: Visit, consent: Consent) -> Response:
        try:
            if not await consent.matches(name=visit.name, birth_date=visit.birth_date):
                return self._other(request, visit)
        except MatchingImpossibleError as error:
            reason = load_messages(chosen_language(request))
            return self._told(request, "onbekend", service=visit.service, reason=_word(reason, error.reason))
        except ConsentWaitsError:
            return self._told(request, "wacht", service=visit.service, back=RESULT)
        except ConsentEndedError as error:
            return self._ended(request, visit, error)
        return await self._collect(request, visit, consent)

    async def _collect(self, request: Request, visit: Visit, consent: Consent) -> Response:
        try:
            delivery = await consent.collect()
        except ConsentWaitsError:
            return self._told(request, "wacht", service=visit.service, back=RESULT)
        except ConsentEndedError as error:
            return self._ended(request, visit, error)
        visit = msgspec.structs.replace(visit, not_delivered=_not_delivered(delivery))
        await self.visits.change(request, visit)
        return RedirectResponse(RESULT, status_code=_SEE_OTHER)

    async def _visit(self, request: Request, *fields: str) -> tuple[Visit, Any]:
        """The visit that a form of ours belongs to, and the form. Raises: ``SessionEndedError`` and those of forms."""
        form = await read_form(request, single=frozenset(fields))
        visit = await self.visits.find(request)
        if visit is None or not visit.grant_id:
            raise SessionEndedError
        check_form_mark(form, visit.form_mark)
        return visit, form

    def _begin(self, request: Request, *, chosen: str, name: str = "", born: str = "", wrong: bool = False) -> Response:
        offered = list(self.services.values())
        return self.pages.page(
            request,
            "vraag.html",
            status=_INVALID if wrong else 200,
            services=offered,
            chosen=chosen if chosen in self.services else offered[0].ref,
            titles={ref: self._titles(request, profile) for ref, profile in self.services.items()},
            name=name,
            born=born,
            wrong=wrong,
        )

    def _other(
        self, request: Request, visit: Visit, *, name: str = "", born: str = "", wrong: bool = False
    ) -> Response:
        return self.pages.page(
            request,
            "andere-klant.html",
            name=name or visit.name,
            born=born or _spell_date(visit.birth_date),
            form_mark=visit.form_mark,
            wrong=wrong,
        )

    def _ended(self, request: Request, visit: Visit, error: ConsentEndedError) -> Response:
        told = error.reason if error.reason in {"andere-klant", "opgezegd"} else "voorbij"
        return self._told(request, told, service=visit.service)

    def _told(self, request: Request, what: str, *, service: str, reason: str = "", back: str = "/") -> Response:
        return self.pages.page(
            request, "bericht.html", what=what, profile=self.services.get(service), reason=reason, back=back
        )

    def _titles(self, request: Request, profile: ServiceProfile) -> list[str]:
        return [self._title(request, part.data_set) for part in profile.data_sets]

    def _title(self, request: Request, data_set: str) -> str:
        definition = self.requester.catalogue.definitions[data_set]
        return pick(definition.title, chosen_language(request))

    def _shown(self, request: Request, one: Received) -> dict[str, Any]:
        catalogue = self.requester.catalogue
        definition = catalogue.definitions[one.line.data_set]
        shower = Shower(catalogue, definition, load_messages(chosen_language(request)))
        return {
            "title": definition.title,
            "source": one.verified.organisation,
            "day": amsterdam_day_at(one.received_at),
            "until": one.verified.visible["bewaren_tot"],
            "records": shower.records(one.verified.rows),
            "missing": shower.missing(one.verified.missing),
            "report": definition.report_error,
        }

    async def _why(self, request: Request, one: NotDelivered) -> dict[str, str]:
        messages = load_messages(chosen_language(request))
        return {
            "title": self._title(request, one.data_set),
            "source": await self.requester.name_of(one.source),
            "reason": _word(messages, one.reason),
        }

    def _left_out(self, request: Request, consent: Consent) -> list[tuple[str, list[str]]]:
        """What was asked and not granted: each data set, with the elements where it was granted in part."""
        granted = {line.data_set for line in consent.granted}
        elements: dict[str, list[str]] = {}
        for _, data_set, path in consent.not_granted:
            found = elements.setdefault(data_set, [])
            element = element_at(self.requester.catalogue.definitions[data_set], path)
            if data_set in granted and element is not None:
                found.append(pick(element.title, chosen_language(request)))
        return [(self._title(request, ref), list(dict.fromkeys(found))) for ref, found in elements.items()]


def _read_date(text: str) -> str:
    """``16-12-1984`` (or 12-1984, or 1984) as ``1984-12-16``; what is no date stays as it is."""
    match = _DATE.fullmatch(text.strip())
    return "-".join(part.zfill(2) for part in reversed(match.groups()) if part) if match else text


def _spell_date(date: str) -> str:
    return "-".join(reversed(date.split("-")))


def _is_customer(name: str, born: str) -> bool:
    try:
        Customer(name=name, birth_date=born)
    except MalformedError:
        return False
    return True


def _not_delivered(delivery: Delivery) -> tuple[NotDelivered, ...]:
    return (*delivery.refused, *delivery.failed)


def _word(messages: Any, reason: str) -> str:
    known = f"vrager-reden-{reason}"
    return str(messages(known if known in messages.ids else "vrager-reden-anders", code=reason))
