# SPDX-License-Identifier: EUPL-1.2
"""Which language a page is in: what the reader just chose (``?taal=``), chose before (a cookie), or Dutch.

The cookie holds two letters, ends with the browser's session, and says nothing of a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blauweknop.texts import DEFAULT_LANGUAGE, LANGUAGES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.texts import Language

PARAMETER: Final = "taal"
COOKIE: Final = "bk-taal"


def chosen_language(request: Request) -> Language:
    """The language to answer ``request`` in."""
    for candidate in (request.query_params.get(PARAMETER), request.cookies.get(COOKIE)):
        for language in LANGUAGES:
            if candidate == language:
                return language
    return DEFAULT_LANGUAGE


def remember_language(request: Request, response: Response, *, secure: bool) -> None:
    """Puts the language chosen by this request's query into a cookie, for the pages after it."""
    if request.query_params.get(PARAMETER) in LANGUAGES:
        response.set_cookie(COOKIE, chosen_language(request), httponly=True, samesite="lax", secure=secure, path="/")
