# SPDX-License-Identifier: EUPL-1.2
"""Visits to the reference service: one browser, one customer, one request.

A visit begins under an id that did not exist before it, with the customer's own words, and ends after an hour. The
cookie holds the id alone: HttpOnly, SameSite=Lax (the way back from the consent service is a cross-site navigation),
Secure and ``__Host-`` unless on loopback http. What a form may change carries the visit's mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.endpoints.pages.session import ID_LENGTH, MARK_BYTES, SessionEndedError
from blauweknop.services.requester.model import NotDelivered  # noqa: TC001 - msgspec reads it at run time

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.adapters.store.sessions.contract import SessionStore

SECONDS: Final = 60 * 60


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """``state``: of the request under way; ``grant_id``: of what was granted; ``not_delivered``: at the last time."""

    service: str
    name: str
    birth_date: str
    ends_at: int
    form_mark: str
    state: str = ""
    grant_id: str = ""
    not_delivered: tuple[NotDelivered, ...] = ()

    def __repr__(self) -> str:
        return f"Visit(service={self.service!r})"


class Visits:
    """Begins, finds and changes visits by the cookie of one service."""

    def __init__(
        self, store: SessionStore, *, slug: str, secure: bool, now: Callable[[], int], random: Callable[[int], bytes]
    ) -> None:
        """``now``: seconds since 1970; ``random``: that many unpredictable bytes."""
        self._store, self._secure, self._now, self._random = store, secure, now, random
        self._cookie = f"{'__Host-' if secure else ''}bk-{slug}"

    async def begin(self, request: Request, response: Response, visit: Visit) -> None:
        """A new visit, made by ``new``; one that this browser already had ends."""
        await self._store.end(self._id(request))
        key = await self._store.create(msgspec.json.encode(visit), expires_at=visit.ends_at, now=self._now())
        response.set_cookie(self._cookie, key, path="/", secure=self._secure, httponly=True, samesite="lax")

    def new(self, *, service: str, name: str, birth_date: str, state: str) -> Visit:
        """A visit of this customer for ``service``."""
        return Visit(
            service=service,
            name=name,
            birth_date=birth_date,
            ends_at=self._now() + SECONDS,
            form_mark=b64url_encode(self._random(MARK_BYTES)),
            state=state,
        )

    async def find(self, request: Request) -> Visit | None:
        """The visit of this browser, if it has one."""
        content = await self._store.load(self._id(request), now=self._now())
        return msgspec.json.decode(content, type=Visit) if content is not None else None

    async def change(self, request: Request, visit: Visit) -> None:
        """Keeps ``visit`` in place of the one before. Raises: ``SessionEndedError``."""
        content = msgspec.json.encode(visit)
        if not await self._store.update(self._id(request), content, expires_at=visit.ends_at, now=self._now()):
            raise SessionEndedError

    def _id(self, request: Request) -> str:
        key = request.cookies.get(self._cookie, "")
        return key if len(key) == ID_LENGTH and key.isascii() else ""
