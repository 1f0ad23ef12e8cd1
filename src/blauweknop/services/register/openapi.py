# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document of the register's domain API (OpenAPI 3.0; NL API Design Rules).

Paths stand once, in ``OPERATIONS``; a test compares them with the routes, and another holds the document to the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from blauweknop.core.scheme.document import MEDIA_TYPE
from blauweknop.core.scheme.trust_mark import MEDIA_TYPE as MARK_MEDIA_TYPE
from blauweknop.core.scheme.trust_mark import STATUS_MEDIA_TYPE
from blauweknop.core.scheme.vocabulary import Role, Stage

if TYPE_CHECKING:
    from blauweknop.services.register.parts import RegisterParts

API_VERSION: Final = "1.0.0"
JSON: Final = "application/json"


class Operation(NamedTuple):
    """One operation: what stands in the document of it. ``query``: names of query parameters."""

    path: str
    name: str
    summary: str
    media_type: str = JSON
    schema: str = ""
    query: tuple[str, ...] = ()
    method: str = "get"


OPERATIONS: Final = (
    Operation("/stelseldocument", "haalStelseldocument", "Het ondertekende register (JWS).", MEDIA_TYPE),
    Operation("/stelseldocument/details/{sha256}", "haalDetail", "De bytes met deze SHA-256; zij veranderen nooit."),
    Operation(
        "/deelnemers", "lijstDeelnemers", "Wie er meedoen.", schema="Deelnemers", query=("rol", "fase", "pagina")
    ),
    Operation("/deelnemers/{oin}", "haalDeelnemer", "Eén deelnemer: waarvoor toegelaten.", schema="DeelnemerVolledig"),
    Operation("/gegevenssets", "lijstGegevenssets", "Alle versies van alle gegevenssets.", schema="Gegevenssets"),
    Operation("/gegevenssets/{id}/{versie}", "haalGegevensset", "De typebeschrijving (SD-JWT VC) van een gegevensset."),
    Operation("/diensten", "lijstDiensten", "Alle versies van alle dienstprofielen.", schema="Diensten"),
    Operation("/diensten/{id}/{versie}", "haalDienst", "Wat een dienst hoogstens mag vragen, en waarom."),
    Operation("/begrippen", "lijstBegrippen", "Het woordenboek van het stelsel.", schema="Begrippen"),
    Operation("/begrippen/{id}/{versie}", "haalBegrip", "Eén begrip."),
    Operation("/beeldmerken/{oin}", "haalBeeldmerk", "Het beeldmerk (trust mark) van een deelnemer.", MARK_MEDIA_TYPE),
    Operation(
        "/beeldmerken/status", "vraagBeeldmerkstatus", "Geldt dit beeldmerk nog?", STATUS_MEDIA_TYPE, method="post"
    ),
    Operation("/openapi.json", "haalOpenapi", "Dit document."),
)

_TEXT: Final[dict[str, Any]] = {"type": "string"}
_MOMENT: Final[dict[str, Any]] = {"type": "string", "format": "date-time"}
_BOTH: Final[dict[str, Any]] = {"type": "object", "properties": {"nl": _TEXT, "en": _TEXT}}
_ROLE: Final[dict[str, Any]] = {"type": "string", "enum": [one.value for one in Role]}
_STAGE: Final[dict[str, Any]] = {"type": "string", "enum": [one.value for one in Stage]}
_QUERY: Final[dict[str, dict[str, Any]]] = {
    "rol": _ROLE,
    "fase": _STAGE,
    "pagina": {"type": "integer", "minimum": 1, "maximum": 99999, "default": 1},
}
_PATH: Final[dict[str, dict[str, Any]]] = {
    "oin": {"type": "string", "pattern": "^[0-9]{20}$"},
    "sha256": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"},
    "id": {"type": "string", "pattern": "^[a-z0-9-]+$"},
    "versie": {"type": "integer", "minimum": 1},
}


def openapi_document(parts: RegisterParts) -> dict[str, Any]:
    """The document for the register of ``parts``."""
    contact = parts.contact
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Register van de Blauwe Knop",
            "description": "Wie meedoet, met welke sleutels, en wat er gevraagd mag worden.",
            "version": API_VERSION,
            "contact": {"name": contact.name, "url": contact.url, "email": contact.email},
            "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
        },
        "servers": [{"url": f"{parts.iss}/v1"}],
        "tags": [{"name": "register"}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _operation(operation: Operation) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"type": "object"} if operation.media_type == JSON else _TEXT}
    if operation.schema:
        content = {"schema": {"$ref": f"#/components/schemas/{operation.schema}"}}
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": ["register"],
        "parameters": _parameters(operation),
        "responses": {
            "200": {"description": "OK", "headers": _headers(), "content": {operation.media_type: content}},
            "400": _problem("Dit verzoek klopt niet."),
            "404": _problem("Dit is er niet."),
            "503": _problem("Het lukt nu niet."),
        },
    }
    if operation.method == "post":
        form = {"type": "object", "required": ["trust_mark"], "properties": {"trust_mark": _TEXT}}
        content = {"application/x-www-form-urlencoded": {"schema": form}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    names = [part.strip("{}") for part in operation.path.split("/") if part.startswith("{")]
    in_path = [{"name": name, "in": "path", "required": True, "schema": _PATH[name]} for name in names]
    return in_path + [{"name": name, "in": "query", "schema": _QUERY[name]} for name in operation.query]


def _headers() -> dict[str, Any]:
    return {"API-Version": {"description": "De volledige versie van deze API.", "schema": _TEXT}}


def _problem(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleem"}}}
    return {"description": description, "headers": _headers(), "content": content}


def _schemas() -> dict[str, Any]:
    participant = {
        "oin": _PATH["oin"],
        "naam": _TEXT,
        "iss": _TEXT,
        "rollen": {"type": "array", "items": _ROLE},
        "fase": _STAGE,
        "sinds": _MOMENT,
        "pagina": _TEXT,
    }
    admission = {"dienst": _TEXT, "sinds": _MOMENT, "via": {"type": "array", "items": _PATH["oin"]}}
    key = {
        "kid": _TEXT,
        "doel": _TEXT,
        "van": _MOMENT,
        "tot": _MOMENT,
        "gecompromitteerdOp": {**_MOMENT, "nullable": True},
    }
    complete = {
        **participant,
        "privaat": {"type": "boolean"},
        "gegevenssets": {"type": "array", "items": _TEXT},
        "toelatingen": {"type": "array", "items": _object(admission)},
        "sleutels": {"type": "array", "items": _object(key)},
    }
    title = {"id": _TEXT, "titel": _BOTH, "detail": _TEXT, "beeindigdOp": {**_MOMENT, "nullable": True}}
    counted = {"totaal": {"type": "integer"}, "pagina": {"type": "integer"}}
    return {
        "Deelnemers": _object({**counted, "deelnemers": {"type": "array", "items": _object(participant)}}),
        "DeelnemerVolledig": _object(complete),
        "Gegevenssets": _list_of("gegevenssets", {**title, "vct": _TEXT}),
        "Diensten": _list_of("diensten", {**title, "doel": _BOTH, "grondslag": _BOTH}),
        "Begrippen": _list_of("begrippen", {"id": _TEXT, "term": _BOTH, "definitie": _BOTH, "detail": _TEXT}),
        "Probleem": _object(
            {
                "type": _TEXT,
                "title": _TEXT,
                "status": {"type": "integer"},
                "detail": _TEXT,
                "code": _TEXT,
            },
            required=["type", "title", "status", "code"],
        ),
    }


def _object(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties) if required is None else required,
    }


def _list_of(name: str, properties: dict[str, Any]) -> dict[str, Any]:
    return _object({name: {"type": "array", "items": _object(properties)}})
