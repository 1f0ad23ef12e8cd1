# SPDX-License-Identifier: EUPL-1.2
"""A strict simulator of the BRP-personen API v2, for the demo and for tests. Not a copy of anything: it refuses misuse.

1. POST ``/personen`` with a JSON body of one known ``type``; other types, parameters, fields, or content types are
   answered as the API answers them: problem details with ``invalidParams``.
2. It gives the fields asked and nothing more, but for what the API gives by itself: ``type`` where a group has one, the
   marks of what is under investigation among the fields asked, geheimhouding and suspension.
3. People whose record is suspended with F or W are not there; a search by address gives residents only.
4. POST ``/aanvulling`` is ours, not the API's: what a register holder can say beside it (see the connector).

Persons are as ``demo/gegevens`` describes ``rvig``. With ``api_key``, calls need it in ``X-API-Key``.

Spec: BRP-personen API v2.0 (OpenAPI), RFC 7807.
"""

from __future__ import annotations

import hmac
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blauweknop.adapters.connectors.haal_centraal.fields import FIELDS, LIMITED, MAX_FIELDS
from blauweknop.core.wire.strict_json import parse_object
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.requests import Request

Record = dict[str, Any]
_Invalid = tuple[str, str, str]  # parameter, code, reason
_JSON: Final = "application/json; charset=utf-8"
_PROBLEM: Final = "application/problem+json"
_NUMBER: Final = re.compile(r"[0-9]{9}", re.ASCII)
_OBJECT: Final = re.compile(r"(?!0{16})[0-9]{16}", re.ASCII)
_BY_NUMBER: Final = "RaadpleegMetBurgerservicenummer"
_BY_OBJECT: Final = "ZoekMetAdresseerbaarObjectIdentificatie"
_OTHER_TYPES: Final = frozenset(
    {
        "ZoekMetGeslachtsnaamEnGeboortedatum",
        "ZoekMetNaamEnGemeenteVanInschrijving",
        "ZoekMetPostcodeEnHuisnummer",
        "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
        "ZoekMetNummeraanduidingIdentificatie",
    }
)
_PARAMETERS: Final = {
    _BY_NUMBER: frozenset({"type", "fields", "burgerservicenummer", "gemeenteVanInschrijving"}),
    _BY_OBJECT: frozenset(
        {"type", "fields", "adresseerbaarObjectIdentificatie", "gemeenteVanInschrijving", "inclusiefOverledenPersonen"}
    ),
}
_BY_ITSELF: Final = ("geheimhoudingPersoonsgegevens", "opschortingBijhouding")
_MAX_NUMBERS: Final = 20
_SUPPLEMENT: Final = frozenset({"burgerlijkeStaat", "redenOntbinding", "opmerkingen", "onderzoekVerblijfplaats"})


class _RefusedError(Exception):
    """What the caller did wrong."""

    def __init__(self, status: HTTPStatus, code: str, invalid: Iterable[_Invalid] = ()) -> None:
        super().__init__(code)
        self.status, self.code, self.invalid = status, code, list(invalid)


class BrpApi:
    """The API over a document of persons (``{"personen": […], "adressen": {…}}``)."""

    def __init__(self, document: Mapping[str, Any], *, api_key: str = "") -> None:
        self._persons: dict[str, Record] = {person["bsn"]: person for person in document["personen"]}
        self._residents: Mapping[str, list[Record]] = document.get("adressen", {})
        self._key = api_key
        self.asked: list[tuple[str, ...]] = []  # the fields of every question that was answered

    def app(self) -> Starlette:
        """The ASGI application."""
        return Starlette(
            routes=[
                Route("/personen", self._personen, methods=["POST"]),
                Route("/aanvulling", self._aanvulling, methods=["POST"]),
            ]
        )

    async def _personen(self, request: Request) -> Response:
        try:
            body = await self._body(request)
            kind = _check_question(body)
            found = self._by_number(body) if kind == _BY_NUMBER else self._by_object(body)
        except _RefusedError as error:
            return _problem(error, request.url.path)
        self.asked.append(tuple(body["fields"]))
        return JSONResponse({"type": kind, "personen": found}, media_type=_JSON)

    def _by_number(self, body: Record) -> list[Record]:
        persons = [self._persons[number] for number in body["burgerservicenummer"] if number in self._persons]
        tree = _tree(body["fields"])
        return [_with_own(person["brp"], _pick(person["brp"], tree)) for person in persons if _is_served(person["brp"])]

    def _by_object(self, body: Record) -> list[Record]:
        tree = _tree(body["fields"])
        found = []
        for resident in self._residents.get(body["adresseerbaarObjectIdentificatie"], []):
            known = self._persons.get(resident.get("burgerservicenummer", ""))
            whole = known["brp"] if known else {key: value for key, value in resident.items() if key != "herkomst"}
            found.append(_with_own(whole, _pick(whole, tree)))
        return found

    async def _aanvulling(self, request: Request) -> Response:
        try:
            body = await self._body(request)
            person = self._supplemented(body)
        except _RefusedError as error:
            return _problem(error, request.url.path)
        more = person.get("aanvullend", {})
        whole = {
            "burgerlijkeStaat": more.get("burgerlijke_staat"),
            "redenOntbinding": more.get("reden_ontbinding"),
            "onderzoekVerblijfplaats": [
                {"aanduiding": one["aanduiding"], "datumIngangOnderzoek": one.get("sinds")}
                for one in more.get("in_onderzoek", [])
                if one["aanduiding"].startswith("08")
            ],
            "opmerkingen": {
                remark["pad"]: "datum-onleesbaar"
                for remark in person.get("opmerkingen", [])
                if remark["reden"] == "datum_onleesbaar"
            },
        }
        answer = {"burgerservicenummer": person["bsn"], **{name: whole[name] for name in body["velden"]}}
        return JSONResponse(answer, media_type=_JSON)

    def _supplemented(self, body: Record) -> Record:
        asked = body.get("velden")
        if set(body) != {"burgerservicenummer", "velden"} or not isinstance(asked, list):
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "paramsValidation")
        if not set(asked) <= _SUPPLEMENT:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "paramsValidation", [("velden", "fields", "Onbekend veld.")])
        person = self._persons.get(body["burgerservicenummer"])
        if person is None:
            raise _RefusedError(HTTPStatus.NOT_FOUND, "notFound")
        return person

    async def _body(self, request: Request) -> Record:
        if self._key and not hmac.compare_digest(request.headers.get("x-api-key", ""), self._key):
            raise _RefusedError(HTTPStatus.UNAUTHORIZED, "authentication")
        if request.url.query:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "unknownParam")
        media_type, _, charset = request.headers.get("content-type", "").lower().replace(" ", "").partition(";")
        if media_type != "application/json" or charset not in {"", "charset=utf-8"}:
            raise _RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupportedMediaType")
        if not {"application/json", "*/*"} & {part.strip() for part in request.headers.get("accept", "*/*").split(",")}:
            raise _RefusedError(HTTPStatus.NOT_ACCEPTABLE, "notAcceptable")
        try:
            return parse_object(await request.body())
        except MalformedError as error:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "json") from error


def _check_question(body: Record) -> str:
    """The type of a question that has all it needs and nothing else. Raises: ``_RefusedError``."""
    kind = _kind(body.get("type"))
    wrong = [(name, "unknownParam", "Parameter is niet verwacht.") for name in sorted(set(body) - _PARAMETERS[kind])]
    if kind == _BY_NUMBER:
        wrong += _check_fields(body.get("fields"), FIELDS)
        wrong += _check_numbers(body.get("burgerservicenummer"))
    else:
        wrong += _check_fields(body.get("fields"), LIMITED)
        wrong += _check_object(body.get("adresseerbaarObjectIdentificatie"))
    if wrong:
        raise _RefusedError(HTTPStatus.BAD_REQUEST, "paramsValidation", wrong)
    return kind


def _kind(kind: Any) -> str:
    if kind is None:
        raise _RefusedError(
            HTTPStatus.BAD_REQUEST, "paramsValidation", [("type", "required", "Parameter is verplicht.")]
        )
    if kind in _OTHER_TYPES:
        raise _RefusedError(HTTPStatus.FORBIDDEN, "unauthorizedParameter")
    if kind not in _PARAMETERS:
        raise _RefusedError(
            HTTPStatus.BAD_REQUEST, "paramsValidation", [("type", "value", "Waarde is geen geldig zoek type.")]
        )
    return str(kind)


def _check_numbers(numbers: Any) -> list[_Invalid]:
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= _MAX_NUMBERS:
        return [("burgerservicenummer", "minItems", "Array bevat te weinig of te veel items.")]
    if not all(isinstance(number, str) and _NUMBER.fullmatch(number) for number in numbers):
        return [("burgerservicenummer", "pattern", "Waarde voldoet niet aan patroon.")]
    return []


def _check_object(place: Any) -> list[_Invalid]:
    if not isinstance(place, str) or not _OBJECT.fullmatch(place):
        return [("adresseerbaarObjectIdentificatie", "pattern", "Waarde voldoet niet aan patroon.")]
    return []


def _check_fields(fields: Any, legal: frozenset[str]) -> list[_Invalid]:
    if not isinstance(fields, list):
        return [("fields", "required", "Parameter is verplicht.")]
    if not 1 <= len(fields) <= MAX_FIELDS:
        return [("fields", "minItems", "Array bevat te weinig of te veel items.")]
    return [
        (f"fields.{index}.", "fields", "Parameter bevat een niet bestaande veldnaam.")
        for index, field in enumerate(fields)
        if field not in legal
    ]


def _is_served(person: Record) -> bool:
    suspended = person.get("opschortingBijhouding", {}).get("reden", {}).get("code")
    return suspended not in {"F", "W"}


def _tree(fields: Iterable[str]) -> Record:
    """The fields as a tree; an empty branch means everything below."""
    tree: Record = {}
    for field in sorted(fields):
        node = tree
        *parents, last = field.split(".")
        for name in parents:
            node = node.setdefault(name, {})
        node[last] = {}
    return tree


def _pick(node: Any, tree: Record) -> Any:
    """The part of ``node`` that ``tree`` asks, with ``type`` and the marks of what is under investigation in it."""
    if isinstance(node, list):
        return [_pick(item, tree) for item in node]
    if not tree or not isinstance(node, dict):
        return node
    picked = {name: _pick(node[name], branch) for name, branch in tree.items() if name in node}
    if "type" in node and picked:
        picked["type"] = node["type"]
    marks = {name: mark for name, mark in node.get("inOnderzoek", {}).items() if name in tree}
    if marks:
        starts = {k: v for k, v in node["inOnderzoek"].items() if k.startswith("datumIngangOnderzoek")}
        picked["inOnderzoek"] = marks | starts
    return picked


def _with_own(whole: Record, picked: Record) -> Record:
    return picked | {name: whole[name] for name in _BY_ITSELF if name in whole}


def _problem(error: _RefusedError, path: str) -> Response:
    body: Record = {
        "type": "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5",
        "title": "Een of meerdere parameters zijn niet correct." if error.invalid else error.status.phrase,
        "status": int(error.status),
        "code": error.code,
        "instance": path,
    }
    if error.invalid:
        body["invalidParams"] = [{"name": name, "code": code, "reason": reason} for name, code, reason in error.invalid]
    return JSONResponse(body, status_code=error.status, media_type=_PROBLEM)
