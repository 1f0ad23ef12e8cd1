# SPDX-License-Identifier: EUPL-1.2
"""The routes of an authorization server, all of them; a service puts them among its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from blauweknop.core.oauth import metadata
from blauweknop.core.oauth.parameters import MAX_BYTES
from blauweknop.endpoints.authorization.answers import for_clients, public_answer
from blauweknop.endpoints.authorization.browser import Arrivals
from blauweknop.endpoints.authorization.client_endpoints import ClientEndpoints

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from blauweknop.endpoints.authorization.parts import AuthorizationParts


# For the limits of the service that mounts these: a request with 100 objects does not fit in its usual body.
LARGER_BODIES: Final = {metadata.PAR_PATH: MAX_BYTES}


def authorization_routes(parts: AuthorizationParts) -> list[BaseRoute]:
    """The route table. Paths are those of the metadata: spelt as the standards allow (RFC 8414 §2)."""
    clients, arrivals = ClientEndpoints(parts), Arrivals(parts)

    async def describe(_: Request) -> Response:
        described = metadata.authorization_server_metadata(parts.issuer, own_access_only=parts.own_access_only)
        return public_answer(described)

    async def keys(_: Request) -> Response:
        return public_answer(metadata.key_set(parts.keys()))

    return [
        Route(metadata.METADATA_PATH, describe, methods=["GET"]),
        Route(metadata.KEYS_PATH, keys, methods=["GET"]),
        Route(metadata.PAR_PATH, for_clients(parts, clients.push), methods=["POST", "OPTIONS"]),
        Route(metadata.AUTHORIZE_PATH, arrivals.authorize, methods=["GET"]),
        Route(metadata.TOKEN_PATH, for_clients(parts, clients.token), methods=["POST", "OPTIONS"]),
        Route(metadata.REVOCATION_PATH, for_clients(parts, clients.revoke), methods=["POST", "OPTIONS"]),
    ]
