# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document of a consent service: the authorization server, a client's own grant, status for sources.

Tests compare it with the routes, hold it to the NL API Design Rules, and hold real answers to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from blauweknop.core.consent.consent import ChangeReason, State
from blauweknop.core.consent.line import LineType
from blauweknop.core.consent.receipt import MEDIA_TYPE as RECEIPT_TYPE
from blauweknop.core.status.stand import MEDIA_TYPE as STAND_TYPE
from blauweknop.core.status.token import MEDIA_TYPE as LIST_TYPE
from blauweknop.endpoints.authorization import described
from blauweknop.endpoints.openapi.document import OWN_DESCRIPTION, Api
from blauweknop.endpoints.openapi.operation import JSON, Answer, Operation, parameter, refusal
from blauweknop.endpoints.openapi.schemas import COMPACT_JWS, OIN, TEXT, closed, list_of, named, struct_schemas

if TYPE_CHECKING:
    from blauweknop.endpoints.openapi.schemas import Schema
    from blauweknop.services.consent.parts import ConsentParts

API_VERSION: Final = "1.0.0"
_NONCE: Final = "DPoP-Nonce"
_ID: Final = parameter("id", "path", TEXT)
_OIN: Final = parameter("oin", "path", OIN, says="Het OIN van de bron.")


def _own(path: str, name: str, summary: str, content: dict[str, Schema]) -> Operation:
    return Operation(
        path=path,
        name=name,
        summary=summary,
        uses_token=True,
        parameters=(_ID,) if "{id}" in path else (),
        answers={
            200: Answer(says="De toestemming van dit token.", content=content, headers=(_NONCE,)),
            401: refusal("Token of DPoP-bewijs telt niet, of er is een nonce nodig.", _NONCE, "WWW-Authenticate"),
            404: refusal("Deze toestemming is niet die van het token."),
            503: refusal("Het lukt nu niet."),
        },
    )


def _status(path: str, name: str, summary: str, media_type: str, *parameters: Schema) -> Operation:
    return Operation(
        path=path,
        base="",
        name=name,
        summary=summary,
        parameters=(_OIN, *parameters),
        answers={
            200: Answer(says="Ondertekend (JWS).", content={media_type: COMPACT_JWS}),
            **({404: refusal("Deze lijst is er niet.")} if parameters else {}),
            503: refusal("Het lukt nu niet."),
        },
    )


OPERATIONS: Final = (
    _own(
        "/toestemmingen",
        "lijstToestemmingen",
        "De ene toestemming van het token, in een lijst.",
        {JSON: named("Toestemmingen")},
    ),
    _own("/toestemmingen/{id}", "haalToestemming", "Hoe deze toestemming er voor staat.", {JSON: named("Toestemming")}),
    _own(
        "/toestemmingen/{id}/bewijs",
        "haalToestemmingsbewijs",
        "Het bewijs van deze toestemming, zoals het is ondertekend.",
        {RECEIPT_TYPE: COMPACT_JWS},
    ),
    *described.OPERATIONS,
    _status(
        "/status/{oin}/stand",
        "haalStand",
        "Welke statuslijsten van deze bron de nieuwste zijn: telt één seconde.",
        STAND_TYPE,
    ),
    _status(
        "/status/{oin}/lijsten/{nummer}",
        "haalStatuslijst",
        "Een statuslijst van de toestemmingen bij deze bron (Token Status List).",
        LIST_TYPE,
        parameter("nummer", "path", {"type": "integer", "minimum": 0}),
    ),
    Operation(
        path="/status/deelnemers",
        base="",
        name="haalDeelnemerstatus",
        summary="De statuslijst van deelnemers, zoals het register die heeft ondertekend.",
        answers={
            200: Answer(says="De nieuwste lijst die hier bekend is (JWS).", content={LIST_TYPE: COMPACT_JWS}),
            503: refusal("Er is geen lijst die nog telt."),
        },
    ),
    OWN_DESCRIPTION,
)


def api_of(parts: ConsentParts) -> Api:
    """The API of the consent service of ``parts``."""
    return Api(
        title=f"Blauwe Knop: {parts.name.nl}",
        description="Toestemming vragen, tokens krijgen, zien hoe een toestemming er voor staat.",
        version=API_VERSION,
        tag="toestemmingsdienst",
        iss=parts.iss,
        contact=parts.contact,
        operations=OPERATIONS,
        schemas=_schemas(),
    )


def _schemas() -> dict[str, Schema]:
    consent = {
        "id": TEXT,
        "soort": {"enum": list(get_args(LineType))},
        "dienst": TEXT,
        "status": named("Toestemmingsstatus"),
        "reden": {"anyOf": [named("Wijzigingsreden"), {"const": ""}]},
        "gegeven_op": {"type": "integer"},
        "geldig_tot": TEXT,
        "regels": list_of(named("Regel")),
    }
    return {
        **described.schemas(),
        **struct_schemas({"Toestemmingsstatus": State, "Wijzigingsreden": ChangeReason}),
        "Toestemming": closed(consent),
        "Toestemmingen": closed({"toestemmingen": list_of(named("Toestemming"))}),
    }
