# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document of the register's domain API (NL API Design Rules).

Paths stand once, in ``OPERATIONS``; a test compares them with the routes, and another holds the document to the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.dataset.definition import Text
from blauweknop.core.scheme.document import MEDIA_TYPE
from blauweknop.core.scheme.trust_mark import MEDIA_TYPE as MARK_MEDIA_TYPE
from blauweknop.core.scheme.trust_mark import STATUS_MEDIA_TYPE
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role, Stage
from blauweknop.core.status.stand import MEDIA_TYPE as STAND_MEDIA_TYPE
from blauweknop.core.status.token import MEDIA_TYPE as LIST_MEDIA_TYPE
from blauweknop.endpoints.openapi.document import OWN_DESCRIPTION, Api
from blauweknop.endpoints.openapi.operation import JSON, Answer, Operation, parameter, refusal
from blauweknop.endpoints.openapi.schemas import (
    COMPACT_JWS,
    MOMENT,
    OIN,
    SLUG,
    TEXT,
    VERSION_NUMBER,
    closed,
    list_of,
    named,
    nullable,
    struct_schemas,
)

if TYPE_CHECKING:
    from blauweknop.endpoints.openapi.schemas import Schema
    from blauweknop.services.register.parts import RegisterParts

API_VERSION: Final = "1.0.0"
FORM: Final = "application/x-www-form-urlencoded"
_OBJECT: Final[Schema] = {"type": "object"}
_ENTRY: Final = (parameter("id", "path", SLUG), parameter("versie", "path", VERSION_NUMBER))
_OIN: Final = parameter("oin", "path", OIN)
_FILTERS: Final = (
    parameter("rol", "query", named("Rol"), required=False),
    parameter("fase", "query", named("Fase"), required=False),
    parameter("pagina", "query", {"type": "integer", "minimum": 1, "maximum": 99999, "default": 1}, required=False),
)


def _answers(content: dict[str, Schema], *headers: str) -> dict[int, Answer]:
    return {200: Answer(says="Gelukt.", content=content, headers=headers), 503: refusal("Het lukt nu niet.")}


def _read(path: str, name: str, summary: str, content: dict[str, Schema], **more: Any) -> Operation:
    missing = {404: refusal("Dit is er niet.")} if "{" in path else {}
    return Operation(path=path, name=name, summary=summary, answers={**_answers(content), **missing}, **more)


OPERATIONS: Final = (
    Operation(
        path="/stelseldocument",
        name="haalStelseldocument",
        summary="Het ondertekende register (JWS).",
        answers={
            **_answers({MEDIA_TYPE: COMPACT_JWS}, "ETag"),
            304: Answer(says="Het is nog de versie van If-None-Match.", headers=("ETag",)),
        },
        parameters=(parameter("If-None-Match", "header", TEXT, required=False),),
    ),
    _read(
        "/stelseldocument/details/{sha256}",
        "haalDetail",
        "De bytes met deze SHA-256; zij veranderen nooit.",
        {JSON: _OBJECT},
        parameters=(parameter("sha256", "path", {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"}),),
    ),
    _read("/deelnemers", "lijstDeelnemers", "Wie er meedoen.", {JSON: named("Deelnemers")}, parameters=_FILTERS),
    _read(
        "/deelnemers/{oin}",
        "haalDeelnemer",
        "Eén deelnemer: waarvoor toegelaten.",
        {JSON: named("DeelnemerVolledig")},
        parameters=(_OIN,),
    ),
    _read("/gegevenssets", "lijstGegevenssets", "Alle versies van alle gegevenssets.", {JSON: named("Gegevenssets")}),
    _read(
        "/gegevenssets/{id}/{versie}",
        "haalGegevensset",
        "De typebeschrijving (SD-JWT VC) van een gegevensset.",
        {JSON: _OBJECT},
        parameters=_ENTRY,
    ),
    _read("/diensten", "lijstDiensten", "Alle versies van alle dienstprofielen.", {JSON: named("Diensten")}),
    _read(
        "/diensten/{id}/{versie}",
        "haalDienst",
        "Wat een dienst hoogstens mag vragen, en waarom.",
        {JSON: _OBJECT},
        parameters=_ENTRY,
    ),
    _read("/begrippen", "lijstBegrippen", "Het woordenboek van het stelsel.", {JSON: named("Begrippen")}),
    _read("/begrippen/{id}/{versie}", "haalBegrip", "Eén begrip.", {JSON: _OBJECT}, parameters=_ENTRY),
    _read(
        "/beeldmerken/{oin}",
        "haalBeeldmerk",
        "Het beeldmerk (trust mark) van een deelnemer.",
        {MARK_MEDIA_TYPE: COMPACT_JWS},
        parameters=(_OIN,),
    ),
    _read(
        "/beeldmerken/status",
        "vraagBeeldmerkstatus",
        "Geldt dit beeldmerk nog?",
        {STATUS_MEDIA_TYPE: COMPACT_JWS},
        method="post",
        body={FORM: closed({"trust_mark": TEXT})},
    ),
    _read(
        "/status/deelnemers",
        "haalDeelnemerstatus",
        "De statuslijst van deelnemers en sleutels (Token Status List).",
        {LIST_MEDIA_TYPE: COMPACT_JWS},
        base="",
    ),
    _read(
        "/status/deelnemers/stand",
        "haalDeelnemerstand",
        "Het nieuwste volgnummer van de statuslijst.",
        {STAND_MEDIA_TYPE: COMPACT_JWS},
        base="",
    ),
    OWN_DESCRIPTION,
)


def openapi_document(parts: RegisterParts) -> dict[str, Any]:
    """The document for the register of ``parts``."""
    return Api(
        title="Register van de Blauwe Knop",
        description="Wie meedoet, met welke sleutels, en wat er gevraagd mag worden.",
        version=API_VERSION,
        tag="register",
        iss=parts.iss,
        contact=parts.contact,
        operations=OPERATIONS,
        schemas=_schemas(),
    ).document()


def _schemas() -> dict[str, Schema]:
    participant = {
        "oin": OIN,
        "naam": TEXT,
        "iss": TEXT,
        "rollen": list_of(named("Rol")),
        "fase": named("Fase"),
        "sinds": MOMENT,
        "pagina": TEXT,
    }
    admission = {"dienst": TEXT, "sinds": MOMENT, "via": list_of(OIN)}
    key = {
        "kid": TEXT,
        "doel": named("Sleuteldoel"),
        "van": MOMENT,
        "tot": MOMENT,
        "gecompromitteerdOp": nullable(MOMENT),
    }
    complete = {
        **participant,
        "privaat": {"type": "boolean"},
        "gegevenssets": list_of(TEXT),
        "toelatingen": list_of(closed(admission)),
        "sleutels": list_of(closed(key)),
    }
    entry = {"id": TEXT, "titel": named("Tekst"), "detail": TEXT, "beeindigdOp": nullable(MOMENT)}
    concept = {"id": TEXT, "term": named("Tekst"), "definitie": named("Tekst"), "detail": TEXT}
    service = {**entry, "doel": named("Tekst"), "grondslag": named("Tekst")}
    counted = {"totaal": {"type": "integer"}, "pagina": {"type": "integer"}}
    return {
        **struct_schemas({"Tekst": Text, "Rol": Role, "Fase": Stage, "Sleuteldoel": KeyPurpose}),
        "Deelnemers": closed({**counted, "deelnemers": list_of(closed(participant))}),
        "DeelnemerVolledig": closed(complete),
        "Gegevenssets": closed({"gegevenssets": list_of(closed({**entry, "vct": TEXT}))}),
        "Diensten": closed({"diensten": list_of(closed(service))}),
        "Begrippen": closed({"begrippen": list_of(closed(concept))}),
    }
