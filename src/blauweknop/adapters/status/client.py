# SPDX-License-Identifier: EUPL-1.2
"""Asks the consent service for the stand of this source's consents, over HTTP; see ``contract.py``.

One poll: 1. note the time and the highest ``volgnr`` known; 2. fetch the stand and believe it; 3. fetch each list that
it names with another hash than the one held; 4. take in the register's list that is relayed beside it, where
``register_gezien`` is newer than what was seen; 5. store the ``volgnr``; 6. use both at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import structlog

from blauweknop.adapters.status.contract import StatusUnknownError
from blauweknop.core.scheme.register import NOTHING_SEEN
from blauweknop.core.status.stand import MEDIA_TYPE, StandAsked, VerifiedStand, parse_stand
from blauweknop.core.status.token import MEDIA_TYPE as LIST_TYPE
from blauweknop.core.status.token import VerifiedStatusList, parse_status_list
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.errors import BlauweKnopError, DocumentError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.http.client import HttpCaller
    from blauweknop.adapters.scheme.contract import RegisterReader
    from blauweknop.adapters.status.contract import StandMemory
    from blauweknop.core.delivery.situation import ConsentStatus
    from blauweknop.core.scheme.register import Nothing
    from blauweknop.core.seal.content import StatusRef
    from blauweknop.core.status.stand import RegisterSeen

    # Gives the key of the consent service for ``kid``, purpose ``status``. Raises: errors of the register.
    KeyFinder = Callable[[str], Awaitable[ec.EllipticCurvePublicKey]]

log = structlog.get_logger()
POLL_SECONDS: Final = 0.5
PATIENCE_SECONDS: Final = 2.0
_CALL_SECONDS: Final = 1.0
_AGAIN_SECONDS: Final = 0.1
_NS: Final = 1_000_000_000
_WHILE_NS: Final = _NS // 2
_BITS: Final[Mapping[int, ConsentStatus]] = {0: "geldig", 1: "geeindigd", 2: "opgeschort"}


@dataclass(frozen=True)
class _Known:
    stand: VerifiedStand | Nothing = NOTHING_SEEN
    lists: Mapping[str, tuple[str, VerifiedStatusList]] = field(default_factory=dict)  # URI: hash, list


class StandClient:
    """``ConsentStatuses`` of one source at one consent service. Within one event loop; ``close`` when done."""

    def __init__(
        self,
        caller: HttpCaller,
        *,
        iss: str,
        oin: str,
        find_key: KeyFinder,
        register: RegisterReader,
        memory: StandMemory,
        clock: Clock,
    ) -> None:
        """``iss``: of the consent service, which ``caller`` calls; ``oin``: of this source; ``register``: its own."""
        self._caller, self._iss, self._oin = caller, iss, oin
        self._find_key, self._register, self._memory, self._clock = find_key, register, memory, clock
        self._known = _Known()
        self._poll: asyncio.Task[None] | None = None
        self._poller: asyncio.Task[None] | None = None
        self._delivering = 0

    async def fresh(self, ref: StatusRef | None) -> None:
        """See ``ConsentStatuses.fresh``."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not self._tells(ref):
                    with contextlib.suppress(BlauweKnopError):
                        await self._poll_once()
                        if self._tells(ref):
                            return
                    await asyncio.sleep(_AGAIN_SECONDS)
        except TimeoutError as error:
            raise StatusUnknownError from error

    @contextlib.asynccontextmanager
    async def delivering(self) -> AsyncIterator[None]:
        """See ``ConsentStatuses.delivering``."""
        self._delivering += 1
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._keep_polling())
        try:
            yield
        finally:
            self._delivering -= 1

    def status_of(self, ref: StatusRef) -> ConsentStatus:
        """See ``ConsentStatuses.status_of``."""
        known = self._known  # one read: stand and lists belong together
        held = known.lists.get(ref.uri)
        if held is None or not _counts(known.stand, self._clock) or ref.idx >= len(held[1].statuses):
            return "onbekend"
        return _BITS.get(held[1].get(ref.idx), "onbekend")

    def stand(self) -> VerifiedStand | Nothing:
        """See ``ConsentStatuses.stand``."""
        return self._known.stand

    async def close(self) -> None:
        """Ends polling and gives back connections; safe to call twice."""
        tasks = [task for task in (self._poller, self._poll) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._caller.close()

    def _tells(self, ref: StatusRef | None) -> bool:
        known = self._known
        if not isinstance(known.stand, VerifiedStand) or (ref is not None and ref.uri not in known.lists):
            return False
        # It must count for a while yet, or it would be too old for the decision a moment later.
        return known.stand.is_fresh(now_ns=self._clock.monotonic_ns() + _WHILE_NS)

    async def _keep_polling(self) -> None:
        while self._delivering:
            # A poll that fails is tried again at the next turn; who waits for it in ``fresh`` hears of it.
            with contextlib.suppress(BlauweKnopError):
                await self._poll_once()
            await asyncio.sleep(POLL_SECONDS)

    async def _poll_once(self) -> None:
        # Whoever comes while a poll is under way waits for that one; its age counts from when it was sent.
        if self._poll is None or self._poll.done():
            self._poll = asyncio.create_task(self._ask())
        await asyncio.shield(self._poll)

    async def _ask(self) -> None:
        # 1.
        sent_ns = self._clock.monotonic_ns()
        highest = await self._memory.highest(self._iss)
        # 2.
        answer = await self._call(f"/status/{self._oin}/stand", MEDIA_TYPE)
        unverified = parse_stand(answer)
        key = await self._find_key(str(unverified.jws.unverified_header.get("kid", "")))
        asked = StandAsked(iss=self._iss, sub=self._oin, highest=highest, sent_ns=sent_ns)
        stand = unverified.verify(key, asked=asked, at=self._clock.now_ns() // _NS)
        # 3.
        lists = {uri: await self._list(uri, digest) for uri, digest in stand.stand.lists.items()}
        # 4.
        await self._take_in(stand.stand.register_seen)
        # 5.
        if stand.stand.serial > highest:
            await self._memory.raise_to(self._iss, stand.stand.serial)
        # 6. A poll that was sent later may have been answered sooner.
        if not isinstance(self._known.stand, VerifiedStand) or self._known.stand.sent_ns < sent_ns:
            self._known = _Known(stand, lists)

    async def _take_in(self, seen: RegisterSeen | None) -> None:
        try:
            if seen is not None and seen.serial > await self._register.highest():
                await self._register.relay(await self._call("/status/deelnemers", LIST_TYPE))
        except BlauweKnopError as error:
            # The stand still tells of consents. Past its ttl the older list of participants counts no more beside it.
            log.warning("deelnemerstatus-niet-doorgegeven", code=error.code)

    async def _list(self, uri: str, digest: str) -> tuple[str, VerifiedStatusList]:
        held = self._known.lists.get(uri)
        if held is not None and held[0] == digest:
            return held
        if not uri.startswith(f"{self._iss}/"):
            raise DocumentError("a status list of another host", clause="system.md 3.5")
        token = await self._call(uri.removeprefix(self._iss), LIST_TYPE)
        if b64url_encode(hashlib.sha256(token).digest()) != digest:
            raise DocumentError("a status list of another hash than the stand says", clause="system.md 3.5")
        unverified = parse_status_list(token)
        key = await self._find_key(str(unverified.jws.unverified_header.get("kid", "")))
        return digest, unverified.verify(key, uri=uri, at=self._clock.now_ns() // _NS)

    async def _call(self, path: str, accept: str) -> bytes:
        answer = await self._caller.call("GET", path, timeout=_CALL_SECONDS, headers={"accept": accept})
        return answer.body


def _counts(stand: VerifiedStand | Nothing, clock: Clock) -> bool:
    return isinstance(stand, VerifiedStand) and stand.is_fresh(now_ns=clock.monotonic_ns())
