# SPDX-License-Identifier: EUPL-1.2
"""Sessions of citizens at the page, and the cookies that carry their ids.

- a session begins with a login, under an id that did not exist before it (no fixation), and ends by logging out, after
  15 minutes without a request, or 60 minutes after the login, whichever is first;
- the cookie holds the id and nothing else: HttpOnly, SameSite=Lax (the way back from the login is a cross-site
  navigation), Secure and ``__Host-`` unless on loopback http; its name holds the service, because cookies ignore ports;
- what the citizen chose is kept in the session, so that going back and reloading show it again;
- ``form_mark`` stands in every form of the session (``endpoints/pages/forms.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import msgspec

from blauweknop.adapters.http.refusals import RefusedRequestError
from blauweknop.core.delivery.decide import Assurance, Person
from blauweknop.core.wire.base64url import b64url_encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.adapters.login.model import LoggedIn
    from blauweknop.adapters.store.sessions.contract import SessionStore

IDLE_SECONDS: Final = 15 * 60
LONGEST_SECONDS: Final = 60 * 60
TOUCH_SECONDS: Final = 30  # a session is written again only when its end moves by this much
MARK_BYTES: Final = 32
ID_LENGTH: Final = 43  # 32 bytes in base64url


class SessionEndedError(RefusedRequestError):
    """The session is over; nothing was done with this request."""

    code = "sessie-voorbij"
    status: ClassVar[int] = 403


class NotLoggedInError(RefusedRequestError):
    """This page is for somebody who has logged in."""

    code = "niet-ingelogd"
    status: ClassVar[int] = 403


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """What the server keeps of a session. ``choices``: data set (``id/version``) to the paths chosen."""

    subject: str
    assurance: Assurance
    authenticated_at: int
    started_at: int
    seen_at: int
    form_mark: str
    service: str = ""
    choices: dict[str, tuple[str, ...]] = {}

    def __repr__(self) -> str:
        return f"Session(service={self.service!r})"

    @property
    def expires_at(self) -> int:
        """When it ends if nothing more comes."""
        return min(self.seen_at + IDLE_SECONDS, self.started_at + LONGEST_SECONDS)

    @property
    def person(self) -> Person:
        """The citizen, for a decision."""
        return Person(
            subject=self.subject,
            assurance=self.assurance,
            authenticated_at=self.authenticated_at,
            expires_at=self.expires_at,
        )


class Sessions:
    """Opens, finds and ends sessions by the cookie of one service."""

    def __init__(
        self, store: SessionStore, *, slug: str, secure: bool, now: Callable[[], int], random: Callable[[int], bytes]
    ) -> None:
        """``now``: seconds since 1970; ``random``: that many unpredictable bytes."""
        self._store = store
        self.secure = secure
        self._prefix = "__Host-" if secure else ""
        self._cookie = f"{self._prefix}bk-{slug}"
        self._browser_cookie = f"{self._prefix}bk-{slug}-inloggen"
        self._now = now
        self._random = random

    async def open(self, request: Request, response: Response, person: LoggedIn, *, service: str) -> None:
        """A new session for ``person``; one that this browser already had ends."""
        before = self._id(request)
        if before:
            await self._store.end(before)
        now = self._now()
        session = Session(
            subject=person.subject,
            assurance=person.assurance,
            authenticated_at=person.authenticated_at,
            started_at=now,
            seen_at=now,
            form_mark=b64url_encode(self._random(MARK_BYTES)),
            service=service,
        )
        key = await self._store.create(msgspec.json.encode(session), expires_at=session.expires_at, now=now)
        self._set(response, self._cookie, key)

    async def find(self, request: Request) -> Session:
        """The session of this request, its end moved. Raises: ``NotLoggedInError``, ``SessionEndedError``."""
        key = self._id(request)
        if not key:
            raise NotLoggedInError
        now = self._now()
        content = await self._store.load(key, now=now)
        if content is None:
            raise SessionEndedError
        session = msgspec.json.decode(content, type=Session)
        if now < session.seen_at + TOUCH_SECONDS:
            return session
        return await self._update(key, msgspec.structs.replace(session, seen_at=now))

    async def choose(self, request: Request, session: Session, data_set: str, paths: tuple[str, ...]) -> Session:
        """Keeps what was chosen of ``data_set``. Raises: ``SessionEndedError``."""
        choices = {**session.choices, data_set: paths}
        return await self._update(self._id(request), msgspec.structs.replace(session, choices=choices))

    async def serve(self, request: Request, session: Session, service: str) -> Session:
        """The citizen needs the data for another service: what was chosen before no longer counts."""
        return await self._update(self._id(request), msgspec.structs.replace(session, service=service, choices={}))

    async def end(self, request: Request, response: Response) -> None:
        """Ends the session, and takes the cookie away."""
        key = self._id(request)
        if key:
            await self._store.end(key)
        self.forget(response)

    def forget(self, response: Response) -> None:
        """Takes the session's cookie away from the browser."""
        response.delete_cookie(self._cookie, path="/", secure=self.secure, httponly=True, samesite="lax")

    def mark_browser(self, request: Request, response: Response) -> str:
        """A random mark of this browser, by which the way back from a login is known to be in the same browser."""
        mark = self.browser_mark(request) or b64url_encode(self._random(MARK_BYTES))
        self._set(response, self._browser_cookie, mark)
        return mark

    def browser_mark(self, request: Request) -> str:
        """The mark this browser was given, or empty."""
        mark = request.cookies.get(self._browser_cookie, "")
        return mark if len(mark) == ID_LENGTH else ""

    def _id(self, request: Request) -> str:
        key = request.cookies.get(self._cookie, "")
        return key if len(key) == ID_LENGTH and key.isascii() else ""

    async def _update(self, key: str, session: Session) -> Session:
        content = msgspec.json.encode(session)
        if not await self._store.update(key, content, expires_at=session.expires_at, now=self._now()):
            raise SessionEndedError
        return session

    def _set(self, response: Response, name: str, value: str) -> None:
        response.set_cookie(name, value, path="/", secure=self.secure, httponly=True, samesite="lax")
