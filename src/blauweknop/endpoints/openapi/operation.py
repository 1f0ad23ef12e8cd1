# SPDX-License-Identifier: EUPL-1.2
"""One operation of an OpenAPI document, and what every operation of every service has (OpenAPI 3.1 §4.8.10).

- each answer, a refusal too, carries ``API-Version``; the edge puts it there (NL API Design Rules, version-header);
- each refusal is a problem (RFC 9457), but for the endpoints of OAuth, which answer in its own objects;
- what the edge refuses before a handler sees it is the same everywhere: ``EDGE``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from blauweknop.adapters.http.refusals import (
    SERVER_ERROR,
    HeadersTooLargeError,
    MisdirectedError,
    RefusedRequestError,
    RequestTooLargeError,
    RequestTooSlowError,
    TargetTooLongError,
)
from blauweknop.core.wire.problem import MEDIA_TYPE as PROBLEM_TYPE
from blauweknop.endpoints.openapi.schemas import TEXT, named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.endpoints.openapi.schemas import Schema

JSON: Final = "application/json"
VERSION: Final = "/v1"
# Why the edge refuses, by status; a test holds this to its errors.
EDGE: Final = {
    RefusedRequestError.status: "Dit verzoek klopt niet.",
    RequestTooSlowError.status: "Het verzoek kwam niet op tijd heel aan.",
    RequestTooLargeError.status: "Het verzoek is te groot.",
    TargetTooLongError.status: "Het adres is te lang.",
    MisdirectedError.status: "Dit verzoek is voor een andere host.",
    HeadersTooLargeError.status: "De kopregels zijn te groot.",
    SERVER_ERROR: "Er ging hier iets mis.",
}
_HEADERS: Final[dict[str, tuple[str, Schema]]] = {
    "API-Version": ("De volledige versie van deze API.", TEXT),
    "DPoP-Nonce": ("Nonce voor het volgende DPoP-bewijs (RFC 9449 §8).", TEXT),
    "WWW-Authenticate": ("Wat er aan token of DPoP-bewijs ontbreekt (RFC 9449 §7.1).", TEXT),
    "Retry-After": ("Na zoveel seconden kan het weer.", {"type": "integer", "minimum": 0}),
    "Location": ("Waar de browser heen gaat.", TEXT),
    "ETag": ("Deze versie van het document.", TEXT),
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``content``: schema by media type; ``headers``: names of ``_HEADERS`` that it has beside ``API-Version``."""

    says: str
    content: Mapping[str, Schema] = field(default_factory=dict)
    headers: tuple[str, ...] = ()

    def described(self) -> Schema:
        """The Response Object."""
        found: Schema = {"description": self.says, "headers": _headers(*self.headers)}
        if self.content:
            found["content"] = {kind: {"schema": schema} for kind, schema in self.content.items()}
        return found


@dataclass(frozen=True, kw_only=True)
class Operation:
    """``base``: what stands before ``path`` in its address: ``/v1``, or where a standard puts it.

    ``body``: schema by media type; ``uses_token``: wants an access token and a DPoP proof.
    """

    path: str
    name: str
    summary: str
    answers: Mapping[int, Answer]
    method: str = "get"
    base: str = VERSION
    description: str = ""
    parameters: tuple[Schema, ...] = ()
    body: Mapping[str, Schema] = field(default_factory=dict)
    uses_token: bool = False

    @property
    def address(self) -> str:
        """The path from the root of the service."""
        return self.base + self.path

    def described(self, tag: str) -> Schema:
        """The Operation Object."""
        answers = {status: {"$ref": f"#/components/responses/Geweigerd{status}"} for status in EDGE}
        answers |= {status: answer.described() for status, answer in self.answers.items()}
        found: Schema = {"operationId": self.name, "summary": self.summary, "tags": [tag]}
        if self.description:
            found["description"] = self.description
        parameters = [*self.parameters, *([_PROOF] if self.uses_token else [])]
        if parameters:
            found["parameters"] = parameters
        if self.body:
            content = {kind: {"schema": schema} for kind, schema in self.body.items()}
            found["requestBody"] = {"required": True, "content": content}
        if self.uses_token:
            found["security"] = [{"dpop": []}]
        return {**found, "responses": {str(status): answers[status] for status in sorted(answers)}}


def parameter(name: str, where: str, schema: Schema, *, required: bool = True, says: str = "") -> Schema:
    """A Parameter Object; ``where``: ``path``, ``query`` or ``header``."""
    found: Schema = {"name": name, "in": where, "required": required, "schema": schema}
    return {**found, "description": says} if says else found


def refusal(says: str, *headers: str, schema: str = "Probleem") -> Answer:
    """A problem (RFC 9457) of this schema."""
    return Answer(says=says, content={PROBLEM_TYPE: named(schema)}, headers=headers)


def edge_answers() -> dict[str, Any]:
    """``components.responses``: what the edge refuses."""
    return {f"Geweigerd{status}": refusal(says).described() for status, says in EDGE.items()}


def _headers(*names: str) -> Schema:
    described = {name: _HEADERS[name] for name in ("API-Version", *names)}
    return {name: {"description": says, "schema": schema} for name, (says, schema) in described.items()}


_PROOF: Final = parameter("DPoP", "header", TEXT, says="Een vers DPoP-bewijs voor dit verzoek en dit token (RFC 9449).")
