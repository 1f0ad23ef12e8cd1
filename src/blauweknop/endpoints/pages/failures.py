# SPDX-License-Identifier: EUPL-1.2
"""What a client sees of an error: a page for a person, a problem (RFC 9457) for a program.

An error may name its own texts in ``page`` and a closer code in ``shown_code``; otherwise both are its code. Where
there is a text ``…-reden-{code}``, it is the reason that the page gives.

The page says what went wrong, whether anything was shared (no), and what to do. Neither ever holds the detail of an
error that may be personal, nor anything the request brought along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from starlette.responses import Response

from blauweknop.adapters.http.refusals import SERVER_ERROR, status_of
from blauweknop.core.wire.problem import MEDIA_TYPE, InvalidParameter, problem
from blauweknop.endpoints.pages.forms import FormInvalidError
from blauweknop.endpoints.pages.language import chosen_language
from blauweknop.texts import load_messages

if TYPE_CHECKING:
    from starlette.requests import Request

    from blauweknop.endpoints.pages.site import Pages
    from blauweknop.errors import BlauweKnopError

log = structlog.get_logger()


class Failures:
    """Answers errors for one service."""

    def __init__(self, pages: Pages) -> None:
        """``pages``: shows ``fout.html``."""
        self._pages = pages

    def __call__(self, request: Request, error: BlauweKnopError) -> Response:
        """The answer; one log record with the code alone."""
        status = status_of(error)
        note = log.error if status >= SERVER_ERROR else log.info  # what is not the client's doing is looked into
        note("fout", code=error.code, status=status, regel=error.clause)
        if _wants_page(request):
            known = load_messages(chosen_language(request)).ids
            wanted = getattr(error, "page", f"fout-{error.code}")
            texts = wanted if f"{wanted}-kop" in known else _group(status)
            code = getattr(error, "shown_code", error.code)
            reason = f"{texts}-reden-{code}"
            return self._pages.page(
                request,
                "fout.html",
                status=status,
                code=code,
                texts=texts,
                reason=reason if reason in known else "",
                again=error.retry and status >= SERVER_ERROR and request.method == "GET",
            )
        detail = str(error) if error.privacy == "safe" and status < SERVER_ERROR else ""
        body = problem(error.code, error.title(), status, detail=detail)
        if isinstance(error, FormInvalidError):
            body = type(body)(
                type=body.type,
                title=body.title,
                status=status,
                code=body.code,
                fouten=tuple(InvalidParameter(naam=name, reden=why) for name, why in error.problems),
            )
        return Response(body.encode(), status_code=status, media_type=MEDIA_TYPE)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _group(status: int) -> str:
    if status >= SERVER_ERROR:
        return "fout-storing"
    return "fout-verzoek-ongeldig"
