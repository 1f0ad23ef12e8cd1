# SPDX-License-Identifier: EUPL-1.2
"""The authorization server in an OpenAPI document: a service that mounts its routes puts ``OPERATIONS`` among its own.

Names, media types and error objects are those of the standards, also where the NL API Design Rules have others
(docs/profile/api-design-rules.md says which). The words of errors and the members of the metadata come from the code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.consent.line import DataPeriod, Line
from blauweknop.core.oauth import metadata
from blauweknop.core.oauth.client_assertion import ASSERTION_TYPE
from blauweknop.core.oauth.errors import OAuthError
from blauweknop.core.oauth.model import REQUEST_SECONDS, REQUEST_URI, TOKEN_SECONDS
from blauweknop.core.oauth.parameters import MEDIA_TYPE as FORM
from blauweknop.core.oauth.pkce import METHOD
from blauweknop.core.wire.problem import MEDIA_TYPE as PROBLEM
from blauweknop.endpoints.openapi.operation import JSON, Answer, Operation, parameter
from blauweknop.endpoints.openapi.schemas import COMPACT_JWS, TEXT, closed, list_of, named, struct_schemas

if TYPE_CHECKING:
    from blauweknop.endpoints.openapi.schemas import Schema

_NONCE: Final = "DPoP-Nonce"
_WELL_KNOWN: Final = "/.well-known"
_PROOF: Final = parameter("DPoP", "header", TEXT, required=False, says="DPoP-bewijs (RFC 9449 §5); bij PAR mag het.")
_REQUEST_URI: Final[Schema] = {"type": "string", "pattern": f"^{REQUEST_URI}[A-Za-z0-9_-]+$"}
# Who goes wrong gets OAuth's own object; a refusal at the edge is a problem, here as everywhere.
_BOTH: Final = {JSON: named("OauthFout"), PROBLEM: named("Probleem")}
_PAGE: Final = {PROBLEM: named("Probleem"), "text/html": TEXT}
_REFUSED: Final = {
    400: Answer(says="Het verzoek mag zo niet (RFC 6749 §5.2).", content=_BOTH, headers=(_NONCE,)),
    401: Answer(says="Wie vraagt, is niet bewezen.", content={JSON: named("OauthFout")}, headers=(_NONCE,)),
    500: Answer(says="Er ging hier iets mis.", content=_BOTH, headers=(_NONCE,)),
    502: Answer(says="Een ander systeem antwoordt verkeerd.", content=_BOTH, headers=(_NONCE,)),
    503: Answer(says="Het lukt nu niet.", content=_BOTH, headers=(_NONCE, "Retry-After")),
}


def _asks(path: str, name: str, summary: str, form: str, answers: dict[int, Answer], **more: Any) -> Operation:
    return Operation(
        path=path,
        name=name,
        summary=summary,
        method="post",
        base="",
        body={FORM: named(form)},
        answers={**_REFUSED, **answers},
        **more,
    )


OPERATIONS: Final = (
    Operation(
        path=metadata.METADATA_PATH.removeprefix(_WELL_KNOWN),
        base=_WELL_KNOWN,
        name="haalServerbeschrijving",
        summary="Wat de autorisatieserver kan (RFC 8414).",
        answers={200: Answer(says="De beschrijving.", content={JSON: named("Serverbeschrijving")})},
    ),
    Operation(
        path=metadata.KEYS_PATH,
        base="",
        name="haalSleutels",
        summary="De sleutels waarmee tokens zijn ondertekend (RFC 7517 §5).",
        answers={200: Answer(says="De sleutels.", content={JSON: named("Sleutels")})},
    ),
    _asks(
        metadata.PAR_PATH,
        "zetVraagKlaar",
        "Een vraag om toestemming klaarzetten (PAR, RFC 9126).",
        "Vraag",
        {201: Answer(says="De vraag staat klaar.", content={JSON: named("KlaargezetteVraag")}, headers=(_NONCE,))},
        parameters=(_PROOF,),
    ),
    Operation(
        path=metadata.AUTHORIZE_PATH,
        base="",
        name="stuurBurger",
        summary="Waar de browser van de burger heen gaat met een vraag die klaarstaat (RFC 6749 §3.1).",
        parameters=(parameter("client_id", "query", TEXT), parameter("request_uri", "query", _REQUEST_URI)),
        answers={
            303: Answer(says="Naar het scherm waarop de burger beslist.", headers=("Location",)),
            400: Answer(says="De vraag is er niet (meer), of klopt niet.", content=_PAGE),
            401: Answer(says="Wie vraagt, is hier niet bekend.", content=_PAGE),
            503: Answer(says="Het lukt nu niet.", content=_PAGE),
        },
    ),
    _asks(
        metadata.TOKEN_PATH,
        "haalToken",
        "Een code of refresh token omwisselen voor een access token (RFC 6749 §3.2).",
        "Tokenverzoek",
        {200: Answer(says="De tokens.", content={JSON: named("Tokenantwoord")}, headers=(_NONCE,))},
        parameters=(_PROOF,),
    ),
    _asks(
        metadata.REVOCATION_PATH,
        "zegOp",
        "Een refresh token opzeggen, en daarmee de toestemming (RFC 7009).",
        "Opzegging",
        {200: Answer(says="Opgezegd, of er was niets.", content={JSON: {"type": "object"}}, headers=(_NONCE,))},
    ),
)


def schemas(*, own_access_only: bool = False) -> dict[str, Schema]:
    """What ``OPERATIONS`` name; ``own_access_only``: as of the authorization server."""
    key = closed(dict.fromkeys(("kty", "crv", "x", "y", "kid", "use", "alg"), TEXT))
    return {
        **struct_schemas({"Regel": Line, "Periode": DataPeriod}),
        "Serverbeschrijving": _shape(metadata.authorization_server_metadata("", own_access_only=own_access_only)),
        "Sleutels": closed({"keys": list_of(key)}),
        "Vraag": _form(_REQUEST, optional=("state", "response_mode", "dpop_jkt")),
        "KlaargezetteVraag": closed({"request_uri": _REQUEST_URI, "expires_in": {"const": REQUEST_SECONDS}}),
        "Tokenverzoek": _form(_TOKEN, optional=tuple(name for name in _TOKEN if name != "grant_type")),
        "Tokenantwoord": closed(_TOKEN_ANSWER, optional=("refresh_token",)),
        "Opzegging": _form({"token": TEXT, "token_type_hint": TEXT}, optional=("token_type_hint",)),
        "OauthFout": closed(_ERROR, optional=tuple(name for name in _ERROR if name != "error")),
    }


def _error_words() -> list[str]:
    kinds = {kind.error for kind in OAuthError.__subclasses__()}
    return sorted({*kinds, "server_error", "temporarily_unavailable"})  # RFC 6749 §4.1.2.1


def _form(parameters: dict[str, Schema], *, optional: tuple[str, ...]) -> Schema:
    # Who asks: ``client_id``, or an assertion that says it (RFC 7521 §4.2); an app has no assertion.
    client = {"client_id": TEXT, "client_assertion_type": {"const": ASSERTION_TYPE}, "client_assertion": COMPACT_JWS}
    # Parameters that this server does not know are ignored (RFC 6749 §3.2).
    return {**closed({**parameters, **client}, optional=(*optional, *client)), "additionalProperties": True}


def _shape(value: Any) -> Schema:
    """The schema of a value like this one: an object with these members, lists and texts of any content."""
    if isinstance(value, dict):
        return closed({name: _shape(one) for name, one in value.items()})
    if isinstance(value, list):
        return list_of(TEXT)
    return {"type": "boolean"} if isinstance(value, bool) else TEXT


_LINES: Final = list_of(named("Regel"))
_REQUEST: Final[dict[str, Schema]] = {
    "response_type": {"const": "code"},
    "redirect_uri": TEXT,
    "code_challenge": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"},
    "code_challenge_method": {"const": METHOD},
    "authorization_details": {**TEXT, "contentMediaType": JSON, "contentSchema": _LINES},
    "state": {"type": "string", "maxLength": 512},
    "response_mode": {"const": "query"},
    "dpop_jkt": TEXT,
}
_TOKEN: Final[dict[str, Schema]] = {
    "grant_type": {"enum": ["authorization_code", "refresh_token"]},
    "code": TEXT,
    "redirect_uri": TEXT,
    "code_verifier": {"type": "string", "pattern": "^[A-Za-z0-9._~-]{43,128}$"},
    "refresh_token": TEXT,
    "resource": TEXT,
}
_TOKEN_ANSWER: Final[dict[str, Schema]] = {
    "access_token": COMPACT_JWS,
    "token_type": {"const": "DPoP"},
    "expires_in": {"type": "integer", "minimum": 0, "maximum": TOKEN_SECONDS},
    "authorization_details": _LINES,
    "grant_id": TEXT,
    "refresh_token": TEXT,
}
_ERROR: Final[dict[str, Schema]] = {
    "error": {"enum": _error_words()},
    "error_description": TEXT,
    "dimensie": TEXT,
    "element": TEXT,
    "reden": TEXT,
    "interval": {"type": "integer", "minimum": 0},
}
