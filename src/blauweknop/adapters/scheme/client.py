# SPDX-License-Identifier: EUPL-1.2
"""The register over HTTP: fetch, verify, remember, go on without it; see ``contract.py``.

1. What was accepted before is loaded once, and held to the rules again at the time it was accepted.
2. A newer register is asked for when the last answer is ``REFRESH_NS`` old; after a failure not before ``RETRY_NS``.
3. What comes is verified against everything seen, remembered durably, and only then used.
4. When it does not come, what is there goes on, as long as it counts; nobody then waits longer than ``PATIENCE`` after
   it was asked for, so a register that hangs costs one second once and not each caller one.

Only the host that the settings name is called; a detail is believed because its hash is, whoever serves it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import msgspec
import structlog
from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.adapters.http.client import HttpCaller
from blauweknop.adapters.scheme.contract import Remembered, SignedStatuses
from blauweknop.core.scheme.document import MAX_REGISTER_BYTES, detail_hash
from blauweknop.core.scheme.errors import KeyUnknownError, StatusNotKnownError, StatusRolledBackError
from blauweknop.core.scheme.freshness import TTL, check_status_list, check_still_newest
from blauweknop.core.scheme.register import NOTHING_SEEN, parse_register
from blauweknop.core.scheme.vocabulary import KeyPurpose
from blauweknop.core.status.token import parse_status_list
from blauweknop.errors import BlauweKnopError, DocumentError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from blauweknop.adapters.scheme.contract import RegisterMemory
    from blauweknop.core.scheme.register import Nothing, RegisterTrust, Seen, VerifiedRegister
    from blauweknop.core.status.stand import VerifiedStand
    from blauweknop.core.status.token import VerifiedStatusList

log = structlog.get_logger()
_NS: Final = 1_000_000_000
REFRESH_NS: Final = 60 * _NS
STATUS_REFRESH_NS: Final = (TTL // 2) * _NS
RETRY_NS: Final = 5 * _NS
KEEP_SECONDS: Final = 3600
PATIENCE: Final = 0.3  # a stand that is asked meanwhile must come within its second
TIMEOUT: Final = 5.0


def register_caller(iss: str) -> HttpCaller:
    """A caller of the register at ``iss``, which may answer with more than other systems."""
    return HttpCaller(iss, max_bytes=2 * MAX_REGISTER_BYTES)


class Turn:
    """One request at a time: who comes while it runs, waits for the same one. Says when the next is due."""

    def __init__(self, work: Callable[[], Awaitable[None]], *, every_ns: int, monotonic_ns: Callable[[], int]) -> None:
        """``work``: the request; what it raises, every waiter gets."""
        self._work = work
        self._every_ns = every_ns
        self._monotonic_ns = monotonic_ns
        self._due_ns = -1
        self._began_ns = 0
        self._running: asyncio.Task[None] | None = None

    @property
    def due(self) -> bool:
        """Whether it is time for the next one."""
        return self._monotonic_ns() >= self._due_ns

    async def take(self, *, patience: float | None) -> None:
        """Runs it, or waits for the one that runs: until it is ``patience`` seconds old, then it goes on by itself."""
        if self._running is None or self._running.done():
            self._began_ns = self._monotonic_ns()
            self._running = asyncio.create_task(self._run())
            # Who lost patience does not come back for its error: it was said to those who waited.
            self._running.add_done_callback(_look_at)
        if patience is not None:
            # While a register hangs, a moment is lost once and not by everybody who comes.
            patience = max(0.0, patience - (self._monotonic_ns() - self._began_ns) / _NS)
        await asyncio.wait({self._running}, timeout=patience)
        if self._running.done():
            self._running.result()

    async def end(self) -> None:
        """Stops the one that runs."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _run(self) -> None:
        try:
            await self._work()
        except BlauweKnopError:
            self._due_ns = self._monotonic_ns() + RETRY_NS
            raise
        self._due_ns = self._monotonic_ns() + self._every_ns


class RegisterClient:
    """``RegisterReader`` over HTTP. ``await close()`` when done."""

    def __init__(
        self,
        trust: RegisterTrust,
        caller: HttpCaller,
        memory: RegisterMemory,
        *,
        now: Callable[[], int],
        monotonic_ns: Callable[[], int],
    ) -> None:
        """``caller``: see ``register_caller``; ``now``: seconds since 1970."""
        self._trust = trust
        self._caller = caller
        self._memory = memory
        self._now = now
        self._monotonic_ns = monotonic_ns
        self._loaded = False
        self._remembered: Remembered | None = None
        self._register: VerifiedRegister | None = None
        self._listed: SignedStatuses | None = None
        self._saving = asyncio.Lock()
        self._registers = Turn(self._fetch, every_ns=REFRESH_NS, monotonic_ns=monotonic_ns)
        self._lists = Turn(self._fetch_list, every_ns=STATUS_REFRESH_NS, monotonic_ns=monotonic_ns)

    async def register(self) -> VerifiedRegister:
        """See ``RegisterReader.register``."""
        await self._load()
        if self._registers.due:
            await self._try(self._registers, there=self._register is not None)
        assert self._register is not None
        self._register.check_current(at=self._now())
        return self._register

    async def with_details(self, *oins: str) -> VerifiedRegister:
        """See ``RegisterReader.with_details``."""
        register = await self.register()
        lacking = [oin for oin in oins if register.participant(oin).oin not in register.details]
        if not lacking:
            return register
        blobs = await asyncio.gather(*(self._detail(register.participant(oin).detail) for oin in lacking))
        register = register.with_details(blobs)
        if self._register is not None and self._register.version == register.version:
            self._register = self._register.with_details(blobs)
        return register

    async def statuses(self, stand: VerifiedStand | Nothing) -> VerifiedStatusList:
        """See ``RegisterReader.statuses``."""
        held, highest = await self._newest_list()
        check_status_list(held.listed, highest=highest, at=self._now(), stand=stand, now_ns=self._monotonic_ns())
        return held.listed

    async def newest(self) -> SignedStatuses:
        """See ``RegisterReader.newest``."""
        held, highest = await self._newest_list()
        check_still_newest(held.listed, highest=highest, at=self._now())
        return held

    async def highest(self) -> int:
        """See ``RegisterReader.highest``."""
        await self._load()
        return self._remembered.serial if self._remembered is not None else 0

    async def relay(self, token: bytes) -> None:
        """See ``RegisterReader.relay``."""
        await self.register()
        await self._take_list(token)

    async def close(self) -> None:
        """Stops what runs."""
        await self._registers.end()
        await self._lists.end()
        await self._caller.close()

    async def _newest_list(self) -> tuple[SignedStatuses, int]:
        """The newest list there is, whatever it is worth, and the highest ``volgnr`` seen."""
        await self.register()
        if self._lists.due:
            await self._try(self._lists, there=self._listed is not None)
        if self._listed is None or self._remembered is None:
            raise StatusNotKnownError("no status list was seen")
        return self._listed, self._remembered.serial

    async def _try(self, turn: Turn, *, there: bool) -> None:
        """Takes a turn; where something is there to go on with, a failure is logged and not raised."""
        try:
            await turn.take(patience=PATIENCE if there else None)
        except BlauweKnopError as error:
            if not there:
                raise
            log.warning("register-niet-vernieuwd", code=error.code)

    async def _load(self) -> None:
        # 1.
        if self._loaded:
            return
        remembered = await self._memory.load()
        if remembered is not None and not self._loaded:
            self._remembered = remembered
            self._register = self._accepted_before(remembered)
            if self._register is not None and remembered.status_list:
                await self._take_list_again(self._register, remembered)
        self._loaded = True

    def _accepted_before(self, remembered: Remembered) -> VerifiedRegister | None:
        """The register accepted last; None where its root is not pinned any more. What was seen counts in any case."""
        try:
            register = parse_register(remembered.token.encode())
            return register.verify(self._trust, at=remembered.accepted_at, last_seen=NOTHING_SEEN)
        except DocumentError as error:
            log.warning("register-niet-meer-geloofd", code=error.code)
            return None

    async def _take_list_again(self, register: VerifiedRegister, remembered: Remembered) -> None:
        """The status list kept last, with what it takes to verify it; without that, one is fetched."""
        try:
            token = remembered.status_list.encode()
            unverified = parse_status_list(token)
            detail = await self._memory.load_detail(register.by_iss(self._trust.iss).detail)
            register = register.with_details([detail] if detail else [])
            key = self._key_of(register, unverified.jws.unverified_header.get("kid"), at=remembered.status_at)
            uri = register.index.status_list
            self._listed = SignedStatuses(unverified.verify(key, uri=uri, at=remembered.status_at), token)
            self._register = register
        except BlauweKnopError as error:
            log.warning("statuslijst-niet-hervat", code=error.code)

    async def _fetch(self) -> None:
        """2. and 3."""
        answer = await self._caller.call("GET", "/v1/stelseldocument", timeout=TIMEOUT)
        now = self._now()
        last_seen: Seen | Nothing = self._remembered.seen if self._remembered else NOTHING_SEEN
        register = parse_register(answer.body).verify(self._trust, at=now, last_seen=last_seen)
        details = self._register.details if self._register else {}
        kept = [one.detail for one in register.index.participants if one.oin in details]
        cached = [blob for blob in [await self._memory.load_detail(name) for name in kept] if blob is not None]
        async with self._saving:
            before = self._remembered
            remembered = Remembered(
                token=answer.body.decode("ascii"),
                accepted_at=now,
                seen=register.seen(),
            )
            if before is not None:
                kept_list = {name: getattr(before, name) for name in ("serial", "status_list", "status_at")}
                remembered = msgspec.structs.replace(remembered, **kept_list)
            await self._memory.save(remembered)
            self._remembered = remembered
        self._register = register.with_details(cached)

    async def _detail(self, name: str) -> bytes:
        data = await self._memory.load_detail(name)
        if data is None or detail_hash(data) != name:
            data = (await self._caller.call("GET", f"/v1/stelseldocument/details/{name}", timeout=TIMEOUT)).body
            # Kept only under its own name: a wrong answer is refused by whoever reads it, and asked again next time.
            if detail_hash(data) == name:
                await self._memory.save_detail(name, data)
        return data

    async def _fetch_list(self) -> None:
        answer = await self._caller.call("GET", "/status/deelnemers", timeout=TIMEOUT)
        await self._take_list(answer.body)

    async def _take_list(self, token: bytes) -> None:
        unverified = parse_status_list(token)
        key = await self._status_key(unverified.jws.unverified_header.get("kid"))
        assert self._register is not None
        listed = unverified.verify(key, uri=self._register.index.status_list, at=self._now())
        async with self._saving:
            remembered = self._remembered
            assert remembered is not None
            made, known = listed.times.issued_at, self._listed
            if listed.serial < remembered.serial:
                raise StatusRolledBackError(f"volgnr {listed.serial}, seen {remembered.serial}", clause="system.md 4")
            if known is not None and made < known.listed.times.issued_at:
                return
            if listed.serial > remembered.serial or made >= remembered.status_at + KEEP_SECONDS:
                text = token.decode("ascii")
                remembered = msgspec.structs.replace(remembered, serial=listed.serial, status_list=text, status_at=made)
                await self._memory.save(remembered)
                self._remembered = remembered
            self._listed = SignedStatuses(listed, token)

    async def _status_key(self, kid: object) -> ec.EllipticCurvePublicKey:
        """The scheme manager's ``status`` key of that ``kid``."""
        assert self._register is not None
        manager = self._register.by_iss(self._trust.iss)
        return self._key_of(await self.with_details(manager.oin), kid, at=self._now())

    def _key_of(self, register: VerifiedRegister, kid: object, *, at: int) -> ec.EllipticCurvePublicKey:
        if not isinstance(kid, str):
            raise KeyUnknownError
        key = register.key(self._trust.iss, KeyPurpose.STATUS, kid, at=at).public_key
        assert isinstance(key, ec.EllipticCurvePublicKey)  # as every status key is (``detail.py``, rule 2)
        return key


def _look_at(task: asyncio.Task[None]) -> None:
    if not task.cancelled():
        task.exception()
