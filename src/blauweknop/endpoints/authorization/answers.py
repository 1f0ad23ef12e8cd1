# SPDX-License-Identifier: EUPL-1.2
"""How clients are answered: JSON, the error objects of OAuth, a fresh nonce on each answer, CORS (system.md 6).

A browser may call from exactly the origins of admitted apps; public documents it may read from anywhere. What went
wrong inside is answered with 503 or 500 and no word of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import structlog
from starlette.responses import Response

from blauweknop.adapters.http.refusals import SERVER_ERROR, status_of
from blauweknop.core.oauth.errors import OAuthError
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import BlauweKnopError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from blauweknop.endpoints.authorization.parts import AuthorizationParts

log = structlog.get_logger()
JSON: Final = "application/json"
ALLOWED_HEADERS: Final = "authorization, dpop, content-type, idempotency-key"
EXPOSED_HEADERS: Final = "DPoP-Nonce, WWW-Authenticate, Retry-After, API-Version, Date"
_PREFLIGHT_SECONDS: Final = "600"
_UNAVAILABLE: Final = 503
_NO_CONTENT: Final = 204
_LONGEST: Final = 300


def json_answer(content: Mapping[str, Any], *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """``content`` as JSON; never cached (RFC 6749 §5.1)."""
    return Response(encode(dict(content)), status_code=status, media_type=JSON, headers=dict(headers or {}))


def public_answer(content: Mapping[str, Any]) -> Response:
    """A document that anyone may read, from any origin; five minutes fresh."""
    fields = {"access-control-allow-origin": "*", "cache-control": "public, max-age=300"}
    return json_answer(content, headers=fields)


def error_answer(error: BlauweKnopError) -> Response:
    """The error object for ``error`` (RFC 6749 §5.2)."""
    status = status_of(error)
    log.info("fout", code=error.code, status=status, regel=error.clause)
    if isinstance(error, OAuthError):
        described = {"error": error.error, "error_description": _plain(str(error))}
        return json_answer({**described, **error.members()}, status=error.status)
    if status == _UNAVAILABLE:
        return json_answer({"error": "temporarily_unavailable"}, status=status, headers={"retry-after": "1"})
    # Whatever else goes wrong inside is ours, not the client's.
    return json_answer({"error": "server_error"}, status=max(status, SERVER_ERROR))


def for_clients(
    parts: AuthorizationParts, handler: Callable[[Request], Awaitable[Response]]
) -> Callable[[Request], Awaitable[Response]]:
    """``handler`` as an endpoint that clients call, from a server or from a browser."""

    async def answered(request: Request) -> Response:
        if request.method == "OPTIONS":
            response = Response(status_code=_NO_CONTENT)
        else:
            try:
                response = await handler(request)
            except BlauweKnopError as error:
                response = error_answer(error)
            response.headers["dpop-nonce"] = parts.nonces.make(parts.now())
        await _add_cors(parts, request, response)
        return response

    return answered


async def _add_cors(parts: AuthorizationParts, request: Request, response: Response) -> None:
    response.headers["vary"] = "Origin"
    origin = request.headers.get("origin", "")
    if not origin or origin not in await parts.clients.origins():
        return
    response.headers["access-control-allow-origin"] = origin
    response.headers["access-control-expose-headers"] = EXPOSED_HEADERS
    if request.method == "OPTIONS":
        response.headers["access-control-allow-methods"] = "POST"
        response.headers["access-control-allow-headers"] = ALLOWED_HEADERS
        response.headers["access-control-max-age"] = _PREFLIGHT_SECONDS


def _plain(text: str) -> str:
    # RFC 6749 §5.2: visible ASCII without quote and backslash.
    spelt = text[:_LONGEST].replace("§", "section ").replace('"', "'").replace("\\", "/")
    return "".join(character if " " <= character <= "~" else "?" for character in spelt)
