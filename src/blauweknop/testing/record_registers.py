# SPDX-License-Identifier: EUPL-1.2
"""Strict simulators of two more JSON interfaces: the fines office (CJIB) and the court registers.

Every resource is asked by POST with ``{"burgerservicenummer", "velden": [member, …]}`` and answers the number and what
was asked of that person; 404 (problem details) for a person that is not there, 400 for anything that is not expected, a
person in the URL included.

- ``FinesOffice``, ``/zaken/zoeken``: ``zaken``, a list with those members. What is open is computed from the events.
- ``CourtRegisters``, ``/registraties/zoeken``: ``registraties``, those in which the person is either party;
  ``/maatregelen/raadplegen``: ``curatele``, ``bewind``, ``mentorschap``, whether such a measure about *this* person
  holds today. A professional who represents others is under no measure.

Persons are as ``demo/gegevens`` describes ``cjib`` and ``rechtspraak``.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blauweknop.core.wire.problem import MEDIA_TYPE, problem
from blauweknop.core.wire.strict_json import parse_object
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    Record = dict[str, Any]
    Answer = Callable[[Record, list[str]], Record]

FINES: Final = "/zaken/zoeken"
REGISTRATIONS: Final = "/registraties/zoeken"
MEASURES: Final = "/maatregelen/raadplegen"
_NUMBER: Final = "burgerservicenummer"
_LESS: Final = frozenset({"aflossing", "vermindering"})
_MEASURES: Final = frozenset({"curatele", "bewind", "mentorschap"})
_CASE: Final = frozenset(
    {
        *("vordering_id", "soort", "hoofdsom", "openstaand", "termijnbedrag", "ontstaan", "vervaldatum", "beslisser"),
        *("inner", "grondslag", "betalingsregeling", "betwist", "bezwaar_bij", "bezwaar_tot", "gebeurtenissen"),
    }
)
_REGISTRATION: Final = frozenset(
    {"soort", "vertegenwoordigde", "vertegenwoordiger", "van", "tot", "omvang", "zaaknummer"}
)


class _Interface:
    """Resources that answer about one person."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._persons: dict[str, Record] = {person["bsn"]: person for person in document["personen"]}
        self.asked: list[tuple[str, ...]] = []  # the members of every question that was answered

    def route(self, resource: str, known: frozenset[str], answer: Answer) -> Route:
        """The route of ``resource``, which knows the members ``known``."""

        async def search(request: Request) -> Response:
            try:
                body = parse_object(await request.body())
            except MalformedError:
                return _refuse(HTTPStatus.BAD_REQUEST, "vorm-ongeldig")
            number, members = body.get(_NUMBER), body.get("velden")
            media_type = request.headers.get("content-type", "").partition(";")[0]
            if request.url.query or media_type != "application/json" or set(body) != {_NUMBER, "velden"}:
                return _refuse(HTTPStatus.BAD_REQUEST, "verzoek-ongeldig")
            if not isinstance(number, str) or not isinstance(members, list) or not known.issuperset(members):
                return _refuse(HTTPStatus.BAD_REQUEST, "verzoek-ongeldig")
            person = self._persons.get(number)
            if person is None:
                return _refuse(HTTPStatus.NOT_FOUND, "niet-gevonden")
            self.asked.append(tuple(members))
            return JSONResponse({_NUMBER: number, **answer(person, members)})

        return Route(resource, search, methods=["POST"])


class FinesOffice(_Interface):
    """CJIB's interface over a document of persons with ``vorderingen``."""

    def app(self) -> Starlette:
        """The ASGI application."""
        return Starlette(routes=[self.route(FINES, _CASE, _cases)])


class CourtRegisters(_Interface):
    """The court registers over a document of persons with ``registraties``; its ``peildatum`` is today."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        super().__init__(document)
        self._today: str = document["peildatum"]

    def app(self) -> Starlette:
        """The ASGI application."""
        return Starlette(
            routes=[
                self.route(REGISTRATIONS, _REGISTRATION, _registrations),
                self.route(MEASURES, _MEASURES, self._measures),
            ]
        )

    def _measures(self, person: Record, members: list[str]) -> Record:
        today = self._today
        now = {
            one["soort"]
            for one in person["registraties"]
            if one["vertegenwoordigde"] == person["bsn"] and one["van"] <= today <= one.get("tot", today)
        }
        return {measure: measure in now for measure in members}


def _cases(person: Record, members: list[str]) -> Record:
    return {"zaken": [_picked(_with_open(claim), members) for claim in person["vorderingen"]]}


def _with_open(claim: Record) -> Record:
    events = claim.get("gebeurtenissen", [])
    moved = sum(-event["bedrag"] if event["soort"] in _LESS else event["bedrag"] for event in events)
    return {**claim, "openstaand": claim["hoofdsom"] + moved}


def _registrations(person: Record, members: list[str]) -> Record:
    return {"registraties": [_picked(one, members) for one in person["registraties"]]}


def _picked(record: Record, members: list[str]) -> Record:
    return {name: record[name] for name in members if name in record}


def _refuse(status: HTTPStatus, code: str) -> Response:
    body = problem(code, status.phrase, status)
    return Response(body.encode(), status_code=status, media_type=MEDIA_TYPE)
