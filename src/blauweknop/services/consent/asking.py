# SPDX-License-Identifier: EUPL-1.2
"""A request that a citizen has before them: kept, shown with names of the register only, and decided on once.

The browser holds the request's name in a cookie of its own; the request itself stays here, for half an hour. It is not
bound to a citizen before somebody has logged in and decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from starlette.responses import RedirectResponse

from blauweknop.core.consent.own_access import OwnAccessRequest
from blauweknop.core.consent.request import ConsentRequest, SourceName, view_lines
from blauweknop.core.oauth.model import PushedRequest  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.wire.base64url import b64url_encode

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.core.oauth.client import Client
    from blauweknop.services.consent.parts import ConsentParts

COOKIE: Final = "bk-toestemming-aanvraag"
PENDING_SECONDS: Final = 30 * 60
PATH: Final = "/aanvraag"
_NAME_BYTES: Final = 32
_NAME_LENGTH: Final = 43
_SEE_OTHER: Final = 303


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept: the pushed request, and its client as the register had it when the browser came."""

    pushed: PushedRequest
    client_oin: str
    client_name: str


class Asking:
    """``Decider`` of the authorization server: everything up to the page."""

    def __init__(self, parts: ConsentParts, *, secure: bool) -> None:
        """``secure``: cookies want https."""
        self._parts = parts
        self._secure = secure
        self._cookie = f"__Host-{COOKIE}" if secure else COOKIE

    async def begin(self, request: Request, pushed: PushedRequest, client: Client) -> Response:  # noqa: ARG002
        """See ``Decider.begin``."""
        name = b64url_encode(self._parts.random(_NAME_BYTES))
        pending = Pending(pushed=pushed, client_oin=client.oin, client_name=client.name)
        now = self._parts.now()
        await self._parts.store.keep_pending(
            name, msgspec.json.encode(pending), expires_at=now + PENDING_SECONDS, now=now
        )
        response = RedirectResponse(PATH, status_code=_SEE_OTHER)
        response.set_cookie(self._cookie, name, path="/", secure=self._secure, httponly=True, samesite="lax")
        return response

    def name(self, request: Request) -> str:
        """The name of the request that this browser has, or empty."""
        name = request.cookies.get(self._cookie, "")
        return name if len(name) == _NAME_LENGTH and name.isascii() else ""

    def forget(self, response: Response) -> None:
        """The request was decided on: the browser need not hold its name any more."""
        response.delete_cookie(self._cookie, path="/", secure=self._secure, httponly=True, samesite="lax")

    async def load(self, request: Request) -> Pending | None:
        """The request of this browser; None when there is none, or its time is over, or it was decided on."""
        name = self.name(request)
        content = await self._parts.store.load_pending(name, now=self._parts.now()) if name else None
        return None if content is None else msgspec.json.decode(content, type=Pending)

    async def view(self, pending: Pending) -> ConsentRequest | OwnAccessRequest:
        """The request as the citizen sees it: of consent, or of own access. Raises: errors of the register."""
        register = await self._parts.register.register()
        lines = pending.pushed.lines
        names = {}
        for iss in dict.fromkeys(line.source for line in lines):
            participant = register.by_iss(iss)
            names[iss] = SourceName(oin=participant.oin, name=participant.name)
        sources = view_lines(lines, self._parts.catalogue, names)
        if lines[0].type == "eigen_inzage":
            return OwnAccessRequest(
                client=pending.pushed.client_id,
                requester=pending.client_name,
                requester_oin=pending.client_oin,
                sources=sources,
            )
        return ConsentRequest(
            client=pending.pushed.client_id,
            requester=pending.client_name,
            requester_oin=pending.client_oin,
            profile=self._parts.catalogue.profiles[lines[0].dienst],
            sources=sources,
            last_day=max(line.geldig_tot for line in lines),
        )
