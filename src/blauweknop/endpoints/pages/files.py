# SPDX-License-Identifier: EUPL-1.2
"""The static files of the pages: style and mark. Small, ours, the same for every service; read once at the start."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

_FILES: Final = {"stijl.css": "text/css", "merk.svg": "image/svg+xml"}
_HOUR: Final = 3600
_NOT_MODIFIED: Final = 304


def file_routes() -> list[Route]:
    """One route per file."""
    return [Route(f"/{name}", _serve(name, media_type), methods=["GET"]) for name, media_type in _FILES.items()]


def _serve(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    content = resources.files("blauweknop").joinpath("web", name).read_bytes()
    headers = {
        "etag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        "cache-control": f"public, max-age={_HOUR}",
    }

    async def serve(request: Request) -> Response:
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=_NOT_MODIFIED, headers=headers)
        return Response(content, media_type=media_type, headers=headers)

    return serve
