# SPDX-License-Identifier: EUPL-1.2
"""A strict simulator of an organisation's own JSON interface: a civil registry that is asked by POST.

POST ``/burgers/raadplegen`` with ``{"burgerservicenummer", "velden": [member, …]}`` answers those members of that
person and the number; 404 (problem details) for a person it does not know; 400 for anything it does not expect. A
person in the URL is refused. Persons are as ``demo/gegevens`` describes ``rotterdam``.
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
    from collections.abc import Mapping

    from starlette.requests import Request

RESOURCE: Final = "/burgers/raadplegen"
_NUMBER: Final = "burgerservicenummer"
_MEMBERS: Final = frozenset({"naam", "geboorte", "geslacht", "nationaliteiten", "ouders", "adres", "huwelijken"})


class CivilRegistry:
    """The interface over a document of persons (``{"personen": […]}``)."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._persons: dict[str, dict[str, Any]] = {person["bsn"]: person for person in document["personen"]}
        self.asked: list[tuple[str, ...]] = []  # the members of every question that was answered

    def app(self) -> Starlette:
        """The ASGI application."""
        return Starlette(routes=[Route(RESOURCE, self._consult, methods=["POST"])])

    async def _consult(self, request: Request) -> Response:
        try:
            body = parse_object(await request.body())
        except MalformedError:
            return _refuse(HTTPStatus.BAD_REQUEST, "vorm-ongeldig")
        if request.url.query or request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return _refuse(HTTPStatus.BAD_REQUEST, "verzoek-ongeldig")
        members = body.get("velden")
        if set(body) != {_NUMBER, "velden"} or not isinstance(members, list) or not set(members) <= _MEMBERS:
            return _refuse(HTTPStatus.BAD_REQUEST, "verzoek-ongeldig")
        person = self._persons.get(body[_NUMBER]) if isinstance(body[_NUMBER], str) else None
        if person is None:
            return _refuse(HTTPStatus.NOT_FOUND, "niet-gevonden")
        self.asked.append(tuple(members))
        answer = {_NUMBER: person["bsn"]} | {name: person[name] for name in members if name in person}
        return JSONResponse(answer)


def _refuse(status: HTTPStatus, code: str) -> Response:
    body = problem(code, status.phrase, status)
    return Response(body.encode(), status_code=status, media_type=MEDIA_TYPE)
