# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document of a service, and the route that serves it (OpenAPI 3.1.0; NL API Design Rules 2.1).

Operations under ``/v1`` are the domain API. What a standard puts elsewhere (OAuth, ``.well-known``, status lists) has
its own ``servers`` at its path, so that every path is one below a server (OpenAPI 3.1 §4.8.9).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from blauweknop.core.wire.problem import InvalidParameter, Problem
from blauweknop.core.wire.strict_json import encode
from blauweknop.endpoints.openapi.operation import JSON, VERSION, Answer, Operation, edge_answers
from blauweknop.endpoints.openapi.schemas import struct_schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from blauweknop.endpoints.openapi.schemas import Schema

PATH: Final = "/openapi.json"
OWN_DESCRIPTION: Final = Operation(
    path=PATH,
    name="haalOpenapi",
    summary="Dit document.",
    answers={200: Answer(says="De beschrijving van deze API (OpenAPI 3.1).", content={JSON: {"type": "object"}})},
)
# NL API Design Rules, /core/publish-openapi: any origin may read it.
PUBLIC: Final = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "API-Version, Date",
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "public, max-age=60",
}


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom a developer asks: stands in the document. A source that runs Basis alone may have no ``email``."""

    name: str
    url: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Api:
    """``tag``: the word for all of it; ``iss``: public address, without a trailing slash; ``schemas``: by name."""

    title: str
    description: str
    version: str
    tag: str
    iss: str
    contact: Contact
    operations: tuple[Operation, ...]
    schemas: Mapping[str, Schema] = field(default_factory=dict)

    def document(self) -> Schema:
        """The OpenAPI Object."""
        contact = {"name": self.contact.name, "url": self.contact.url, "email": self.contact.email}
        components: Schema = {
            "schemas": {**struct_schemas({"Probleem": Problem, "OngeldigeInvoer": InvalidParameter}), **self.schemas},
            "responses": edge_answers(),
        }
        if any(operation.uses_token for operation in self.operations):
            components["securitySchemes"] = {"dpop": _DPOP}
        return {
            "openapi": "3.1.0",
            "info": {
                "title": self.title,
                "description": self.description,
                "version": self.version,
                "contact": {name: value for name, value in contact.items() if value},
                "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
            },
            "servers": [{"url": self.iss + VERSION}],
            "tags": [{"name": self.tag}],
            "paths": self._paths(),
            "components": components,
        }

    def _paths(self) -> Schema:
        paths: Schema = {}
        for operation in self.operations:
            item = paths.setdefault(operation.path, {})
            item[operation.method] = operation.described(self.tag)
            if operation.base != VERSION:
                item["servers"] = [{"url": self.iss + operation.base}]
        return paths


def openapi_route(api: Callable[[], Api]) -> Route:
    """``/v1/openapi.json``: the document, made when it is asked for."""

    async def serve(_request: Request) -> Response:
        return Response(encode(api().document()), media_type=JSON, headers=PUBLIC)

    return Route(VERSION + PATH, serve, methods=["GET"])


_DPOP: Final[Schema] = {
    "type": "http",
    "scheme": "DPoP",
    "description": "Authorization: DPoP met een access token van de toestemmingsdienst (RFC 9449 §7.1); nooit Bearer.",
}
