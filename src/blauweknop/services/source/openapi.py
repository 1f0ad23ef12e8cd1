# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document of a source: its deliveries, and what anybody may read of it (NL API Design Rules).

Deliveries stand in it where the source runs more than Basis, as in its routes. Tests compare it with the routes, hold
it to the rules, and hold real answers to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blauweknop.core.dataset.definition import Text
from blauweknop.core.delivery.model import Reason
from blauweknop.core.status.token import MEDIA_TYPE as LIST_TYPE
from blauweknop.core.wire.problem import InvalidParameter, Problem
from blauweknop.endpoints.openapi.document import OWN_DESCRIPTION, Api, Contact
from blauweknop.endpoints.openapi.operation import JSON, Answer, Operation, parameter, refusal
from blauweknop.endpoints.openapi.schemas import (
    COMPACT_JWS,
    OIN,
    SLUG,
    TEXT,
    VERSION_NUMBER,
    closed,
    list_of,
    named,
    struct_schemas,
)
from blauweknop.services.source.claims import Asked
from blauweknop.services.source.deliveries import API_VERSION, JOSE

if TYPE_CHECKING:
    from blauweknop.endpoints.openapi.schemas import Schema
    from blauweknop.endpoints.pages.site import ContactWays
    from blauweknop.services.source.page_parts import PageParts

_NONCE: Final = "DPoP-Nonce"
_COMPACT_JWE: Final[Schema] = {"type": "string", "pattern": r"^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$"}

DELIVER: Final = Operation(
    path="/leveringen",
    name="lever",
    method="post",
    summary="Een vers verzegelde set: de gegevens van één regel van het token, en niet meer.",
    description=(
        "Het token zegt over wie het gaat; in het verzoek staat nooit een BSN. Met Accept: application/jose is het "
        "antwoord versleuteld aan de encryption-sleutel die het register van de vrager kent (typ levering+jwe). De "
        "toestemmingsdienst vraagt hier ook of iemand zelf mag beslissen (regel van soort bekwaamheid)."
    ),
    uses_token=True,
    parameters=(
        parameter(
            "Idempotency-Key",
            "header",
            {"type": "string", "pattern": '^"?[A-Za-z0-9._~-]{16,200}"?$'},
            says="Een herhaling met dezelfde sleutel telt niet als een tweede levering.",
        ),
    ),
    body={JSON: named("Leveringsverzoek")},
    answers={
        200: Answer(
            says="De levering, verzegeld en in het logboek van de bron.",
            content={JSON: named("Levering"), JOSE: _COMPACT_JWE},
            headers=(_NONCE,),
        ),
        400: refusal("Het verzoek is niet zoals het moet zijn.", _NONCE),
        401: refusal("Token of DPoP-bewijs telt niet, of er is een nonce nodig.", _NONCE, "WWW-Authenticate"),
        403: refusal("De bron mag dit niet leveren: zie reden.", _NONCE, schema="Weigering"),
        429: refusal(
            "Deze app had dit uur al zoveel eigen inzage als de bron een app geeft.",
            _NONCE,
            "Retry-After",
            schema="Weigering",
        ),
        503: refusal("Het lukt nu niet, of de status is niet bekend.", _NONCE, "Retry-After", schema="Weigering"),
    },
)
PUBLIC: Final = (
    Operation(
        path="/gegevenssets/{id}/{versie}",
        name="haalGegevensset",
        summary="De typebeschrijving (SD-JWT VC) van een gegevensset, zoals vct#integrity in de sets haar noemt.",
        parameters=(parameter("id", "path", SLUG), parameter("versie", "path", VERSION_NUMBER)),
        answers={
            200: Answer(says="De typebeschrijving.", content={JSON: named("Typebeschrijving")}),
            404: refusal("Deze gegevensset is hier niet."),
        },
    ),
    Operation(
        path="/status/zegels/{nummer}",
        base="",
        name="haalZegelstatus",
        summary="Welke verzegelde sets zijn ingetrokken of vervangen (Token Status List).",
        parameters=(parameter("nummer", "path", {"type": "integer", "minimum": 0}),),
        answers={
            200: Answer(says="De ondertekende lijst.", content={LIST_TYPE: COMPACT_JWS}),
            404: refusal("Deze lijst is er niet."),
            503: refusal("Het lukt nu niet."),
        },
    ),
    Operation(
        path="/blauwe-knop",
        base="/.well-known",
        name="haalBronbeschrijving",
        summary="Wie deze bron is en wat zij aanbiedt.",
        answers={200: Answer(says="De beschrijving.", content={JSON: named("Bronbeschrijving")})},
    ),
    OWN_DESCRIPTION,
)


def source_api(*, name: Text, iss: str, contact: ContactWays, delivers: bool) -> Api:
    """The API of the source at ``iss``; ``delivers``: it is open for requesters and apps."""
    return Api(
        title=f"Blauwe Knop: {name.nl}",
        description="Gegevens van burgers, verzegeld, voor wie de burger ze wil geven.",
        version=API_VERSION,
        tag="bron",
        iss=iss,
        contact=Contact(name=name.nl, url=contact.url or iss, email=contact.email),
        operations=(DELIVER, *PUBLIC) if delivers else PUBLIC,
        schemas=_schemas(delivers=delivers),
    )


def api_of(parts: PageParts) -> Api:
    """The API of the source of ``parts``."""
    return source_api(name=parts.name, iss=parts.iss, contact=parts.contact, delivers=parts.deliveries is not None)


def _schemas(*, delivers: bool) -> dict[str, Schema]:
    data_set = {
        "id": TEXT,
        "vct": TEXT,
        "typebeschrijving": TEXT,
        "stand": {"enum": ["aan", "uit"]},
        "titel": named("Tekst"),
        "elementen": list_of(TEXT),
    }
    source = {
        "naam": named("Tekst"),
        "oin": OIN,
        "iss": TEXT,
        "omgeving": {"enum": ["test", "productie"]},
        "gegevenssets": list_of(closed(data_set)),
        "deuren": list_of(TEXT),
    }
    public = {
        **struct_schemas({"Tekst": Text}),
        "Bronbeschrijving": closed(source),
        "Typebeschrijving": {**closed({"vct": TEXT}), "additionalProperties": True},
    }
    return {**public, **_delivery_schemas()} if delivers else public


def _delivery_schemas() -> dict[str, Schema]:
    proof = closed({"id": TEXT, "leaf": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"}})
    return {
        **struct_schemas({"Leveringsverzoek": Asked, "Reden": Reason}),
        "Levering": closed({"levering": TEXT, "set": {"type": "string", "pattern": "~$"}, "logbewijs": proof}),
        "Weigering": _with_reason(),
    }


def _with_reason() -> Schema:
    """A problem whose ``reden`` is of the closed list; absent where the refusal is not one of ``decide``."""
    said = struct_schemas({"Weigering": Problem, "OngeldigeInvoer": InvalidParameter})["Weigering"]
    return {**said, "properties": {**said["properties"], "reden": named("Reden")}}
