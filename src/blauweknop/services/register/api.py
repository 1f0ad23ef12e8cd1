# SPDX-License-Identifier: EUPL-1.2
"""What programs read of the register: the signed document and its details, and lists that are easier to look at.

Everything is public, read-only but one question (the status of a mark), and shown from the newest *signed* register, so
that nothing can be seen here that is not signed. Any origin may read (system.md 6); NL API Design Rules.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import msgspec
from starlette.responses import Response

from blauweknop.adapters.http.refusals import NotFoundError, RefusedRequestError
from blauweknop.core.scheme.detail import ParticipantDetail
from blauweknop.core.scheme.document import MEDIA_TYPE, Index
from blauweknop.core.scheme.trust_mark import MEDIA_TYPE as MARK_MEDIA_TYPE
from blauweknop.core.scheme.trust_mark import STATUS_MEDIA_TYPE
from blauweknop.core.scheme.vocabulary import Role, Stage
from blauweknop.core.seal.type_metadata import type_metadata
from blauweknop.core.status.stand import MEDIA_TYPE as STAND_MEDIA_TYPE
from blauweknop.core.status.token import MEDIA_TYPE as LIST_MEDIA_TYPE
from blauweknop.core.wire.jws import parse_compact
from blauweknop.core.wire.strict_json import encode
from blauweknop.services.register.marks import mark_of, status_of_mark
from blauweknop.services.register.openapi import API_VERSION, openapi_document
from blauweknop.services.register.signing import current_register, sign_stand, sign_status_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from blauweknop.core.scheme.document import Participant
    from blauweknop.services.register.parts import RegisterParts

ANYBODY: Final = {
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "access-control-expose-headers": "API-Version, Date, ETag",
    "api-version": API_VERSION,
}
PAGE_SIZE: Final = 100
LIST_SECONDS: Final = 5  # a status list without changes is given again for so long
_MINUTE: Final = "public, max-age=60"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_NOT_MODIFIED: Final = 304


class QueryRefusedError(RefusedRequestError):
    """The query of this address is not one that it takes."""

    code = "zoekvraag-ongeldig"


class RegisterApi:
    """See the module."""

    def __init__(self, parts: RegisterParts) -> None:
        """``parts``: of the register."""
        self._parts = parts
        # What was made last, with what it was made of: the same again is not made again for every reader.
        self._listed: tuple[tuple[int, int], bytes] = ((0, 0), b"")
        self._indexed: tuple[int, Index] | None = None

    async def register(self, request: Request) -> Response:
        """``/v1/stelseldocument``: the signed index."""
        _no_query(request)
        newest = await current_register(self._parts)
        headers = {**ANYBODY, "cache-control": _MINUTE, "etag": f'"{newest.version}"'}
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=_NOT_MODIFIED, headers=headers)
        return Response(newest.token, media_type=MEDIA_TYPE, headers=headers)

    async def detail(self, request: Request) -> Response:
        """``/v1/stelseldocument/details/{sha256}``: the bytes of that name; they never change."""
        _no_query(request)
        await current_register(self._parts)
        name = request.path_params["sha256"]
        data = await self._parts.store.read(lambda state: state.detail(name))
        if data is None:
            raise NotFoundError
        return _json(data, cache=_FOR_EVER)

    async def participants(self, request: Request) -> Response:
        """``/v1/deelnemers?rol=&fase=&pagina=``."""
        query = _query(request, {"rol", "fase", "pagina"})
        role = _one_of(query, "rol", {one.value for one in Role})
        stage = _one_of(query, "fase", {one.value for one in Stage})
        page = _page(query)
        index = await self.index()
        found = [one for one in index.participants if role in (None, *one.roles) and stage in (None, one.stage.value)]
        shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        return _json(
            encode({"totaal": len(found), "pagina": page, "deelnemers": [self._summary(one) for one in shown]})
        )

    async def participant(self, request: Request) -> Response:
        """``/v1/deelnemers/{oin}``: what it was admitted for, and who handles data for it."""
        _no_query(request)
        index = await self.index()
        found = find_participant(index, request.path_params["oin"])
        detail = await self.detail_of(found)
        body = {
            **self._summary(found),
            "privaat": detail.private,
            "gegevenssets": detail.data_sets,
            "toelatingen": [
                {"dienst": one.service, "sinds": _time(one.since), "via": one.by} for one in detail.admissions
            ],
            "sleutels": [
                {
                    "kid": key.kid,
                    "doel": key.purpose,
                    "van": _time(key.valid_from),
                    "tot": _time(key.valid_until),
                    "gecompromitteerdOp": _moment(key.compromised_at),
                }
                for key in detail.keys
            ],
        }
        return _json(encode(body))

    async def data_sets(self, request: Request) -> Response:
        """``/v1/gegevenssets``: every version of every data set, with its ``vct`` and its detail."""
        _no_query(request)
        index = await self.index()
        entries = [
            {
                "id": ref,
                "titel": one.title,
                "vct": one.vct(self._parts.iss),
                "detail": index.published.data_sets[ref],
                "beeindigdOp": _moment(index.ended.get(f"gegevenssets:{ref}")),
            }
            for ref, one in self._parts.catalogue.definitions.items()
        ]
        return _json(encode({"gegevenssets": entries}))

    async def data_set(self, request: Request) -> Response:
        """``/v1/gegevenssets/{id}/{versie}``: the SD-JWT VC type metadata of that ``vct``."""
        _no_query(request)
        catalogue = self._parts.catalogue
        definition = catalogue.definitions.get(_ref(request))
        if definition is None:
            raise NotFoundError
        return _json(type_metadata(definition, catalogue.concepts, self._parts.iss))

    async def services(self, request: Request) -> Response:
        """``/v1/diensten``: every version of every service profile."""
        _no_query(request)
        index = await self.index()
        entries = [
            {
                "id": ref,
                "titel": one.title,
                "doel": one.purpose,
                "grondslag": one.legal_ground,
                "detail": index.published.services[ref],
                "beeindigdOp": _moment(index.ended.get(f"diensten:{ref}")),
            }
            for ref, one in self._parts.catalogue.profiles.items()
        ]
        return _json(encode({"diensten": entries}))

    async def service(self, request: Request) -> Response:
        """``/v1/diensten/{id}/{versie}``: the profile, unchanged."""
        return await self._published(request, self._parts.catalogue.profiles)

    async def concepts(self, request: Request) -> Response:
        """``/v1/begrippen``: the dictionary."""
        _no_query(request)
        names = (await self.index()).published.concepts
        entries = [
            {"id": ref, "term": one.term, "definitie": one.definition, "detail": names[ref]}
            for ref, one in self._parts.catalogue.concepts.items()
        ]
        return _json(encode({"begrippen": entries}))

    async def concept(self, request: Request) -> Response:
        """``/v1/begrippen/{id}/{versie}``: the concept, unchanged."""
        return await self._published(request, self._parts.catalogue.concepts)

    async def mark(self, request: Request) -> Response:
        """``/v1/beeldmerken/{oin}``: the mark of a certified participant. Spec: OpenID Federation 1.0 §8.6."""
        _no_query(request)
        token = await mark_of(self._parts, request.path_params["oin"])
        if token is None:
            raise NotFoundError
        return _signed(token, MARK_MEDIA_TYPE)

    async def mark_status(self, request: Request) -> Response:
        """``POST /v1/beeldmerken/status`` with ``trust_mark``. Spec: OpenID Federation 1.0 §8.4."""
        pairs = parse_qsl((await request.body()).decode("ascii", "replace"), keep_blank_values=True)
        if [name for name, _ in pairs] != ["trust_mark"]:
            raise RefusedRequestError("send trust_mark, once", clause="OpenID Federation 1.0 §8.4.1")
        token = await status_of_mark(self._parts, pairs[0][1])
        return _signed(token, STATUS_MEDIA_TYPE)

    async def status_list(self, request: Request) -> Response:
        """``/status/deelnemers``: which participants and keys take part. Spec: Token Status List §8.1."""
        _no_query(request)
        serial = await self._parts.store.read(lambda state: state.last_change())
        made_of = (serial, self._parts.now() // LIST_SECONDS)
        if self._listed[0] != made_of:
            self._listed = (made_of, await sign_status_list(self._parts))
        return _signed(self._listed[1], LIST_MEDIA_TYPE)

    async def stand(self, request: Request) -> Response:
        """``/status/deelnemers/stand``: the newest ``volgnr``."""
        _no_query(request)
        return _signed(await sign_stand(self._parts), STAND_MEDIA_TYPE)

    async def openapi(self, request: Request) -> Response:
        """``/v1/openapi.json``."""
        _no_query(request)
        return _json(encode(openapi_document(self._parts)))

    async def health(self, _request: Request) -> Response:
        """``/gezond``: whether there is a register that readers accept."""
        await current_register(self._parts)
        return _json(encode({"gezond": True}), cache="no-store")

    async def index(self) -> Index:
        """The newest signed index."""
        newest = await current_register(self._parts)
        if self._indexed is None or self._indexed[0] != newest.version:
            index = msgspec.json.decode(parse_compact(newest.token).dangerous_payload, type=Index)
            self._indexed = (newest.version, index)
        return self._indexed[1]

    async def detail_of(self, participant: Participant) -> ParticipantDetail:
        """The detail that the index names."""
        data = await self._parts.store.read(lambda state: state.detail(participant.detail))
        if data is None:
            raise NotFoundError
        return msgspec.json.decode(data, type=ParticipantDetail)

    def _summary(self, participant: Participant) -> dict[str, Any]:
        return {
            "oin": participant.oin,
            "naam": participant.name,
            "iss": participant.iss,
            "rollen": participant.roles,
            "fase": participant.stage,
            "sinds": _time(participant.since),
            "pagina": f"{self._parts.iss}/deelnemers/{participant.oin}",
        }

    async def _published(self, request: Request, entries: Mapping[str, object]) -> Response:
        _no_query(request)
        entry = entries.get(_ref(request))
        if entry is None:
            raise NotFoundError
        return _json(encode(entry))


def find_participant(index: Index, oin: str) -> Participant:
    """The participant with ``oin``. Raises: ``NotFoundError``."""
    found = next((one for one in index.participants if one.oin == oin), None)
    if found is None:
        raise NotFoundError
    return found


def _json(data: bytes, cache: str = _MINUTE) -> Response:
    return Response(data, media_type="application/json", headers={**ANYBODY, "cache-control": cache})


def _signed(token: bytes, media_type: str) -> Response:
    return Response(token, media_type=media_type, headers={**ANYBODY, "cache-control": "no-store"})


def _time(moment: int) -> str:
    return dt.datetime.fromtimestamp(moment, dt.UTC).isoformat().replace("+00:00", "Z")


def _moment(moment: int | None) -> str | None:
    return None if moment is None else _time(moment)


def _ref(request: Request) -> str:
    return f"{request.path_params['id']}/{request.path_params['version']}"


def _no_query(request: Request) -> None:
    _query(request, set())


def _query(request: Request, allowed: set[str]) -> dict[str, str]:
    pairs = request.query_params.multi_items()
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names) or not allowed.issuperset(names):
        words = ", ".join(sorted(allowed)) or "no query"
        raise QueryRefusedError(f"this address takes {words}, each once")
    return dict(pairs)


def _one_of(query: Mapping[str, str], name: str, values: set[str]) -> str | None:
    value = query.get(name)
    if value is not None and value not in values:
        raise QueryRefusedError(f"{name} is one of {', '.join(sorted(values))}")
    return value


def _page(query: Mapping[str, str]) -> int:
    text = query.get("pagina", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= len("10000") and int(text) >= 1):
        raise QueryRefusedError("pagina is a whole number from 1")
    return int(text)
