# SPDX-License-Identifier: EUPL-1.2
"""Collecting what was granted: all sources at once, each with its own time-out, none waiting for another.

1. what was collected before in the same calendar period is taken from the store: a source counts each period once;
2. a source that the register does not let take part is not called;
3. a token for this source alone (system.md 3, step 4), with which each of its lines is fetched, encrypted to our key;
4. the idempotency key of a line and period is always the same, so an answer that was lost is asked for again and not
   counted twice (system.md 3.3: within 10 minutes);
5. what came is verified against the line (``core/delivery/received.py``), and kept until its ``bewaren_tot``.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.adapters.clock import amsterdam_day, amsterdam_day_at
from blauweknop.adapters.http.client import CallFailedError, HttpCaller
from blauweknop.core.consent.cap import add_duration
from blauweknop.core.consent.frequency import calendar_period
from blauweknop.core.delivery.received import Expected, verify_received
from blauweknop.core.scheme.participation import check_takes_part
from blauweknop.core.scheme.seals import seal_trust
from blauweknop.core.scheme.vocabulary import Role
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jwe import parse_compact_jwe
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import BlauweKnopError, MalformedError
from blauweknop.services.requester.calls import ProvenCalls, read_json, word
from blauweknop.services.requester.errors import ConsentEndedError, ConsentWaitsError
from blauweknop.services.requester.model import Answer, Delivery, NotDelivered, Received

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.scheme.contract import RegisterReader
    from blauweknop.adapters.store.asked.contract import AskedStore
    from blauweknop.core.consent.line import Line
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.oauth.client_side import ProofKey
    from blauweknop.core.scheme.register import VerifiedRegister
    from blauweknop.services.requester.consent_server import ConsentServer
    from blauweknop.services.requester.model import Kept

PATH: Final = "/v1/leveringen"
JOSE: Final = "application/jose"
_NS: Final = 1_000_000_000
AFTER_THE_END: Final = "P30D"  # system.md 3.5: a consent that ends by itself is an end too
_OK: Final = 200
_AGAIN: Final = 503  # such as a status that cannot be known at this moment: with ``Retry-After: 1``
_PAUSES: Final = (1.0, 2.0, 0.0)  # seconds after each attempt
_REFUSALS: Final = (400, 401, 403, 503)
_PROBLEM: Final = "application/problem+json"


class _Kept(msgspec.Struct, frozen=True):
    """A delivery in the store."""

    received_at: int
    answer: Answer


class _Refused(Exception):  # noqa: N818 - a word of the source, not a fault of ours
    """The source refused, for a reason of the closed list."""


@dataclass(frozen=True, kw_only=True)
class Collector:
    """``recipient``: the requester's own OIN; ``opener``: its ``encryption`` key; ``proof``: its ``dpop`` key."""

    recipient: str
    server: ConsentServer
    register: RegisterReader
    store: AskedStore
    catalogue: Catalogue
    proof: ProofKey
    opener: ec.EllipticCurvePrivateKey
    clock: Clock

    async def collect(self, kept: Kept) -> Delivery:
        """A delivery of each line granted. Raises: ``ConsentEndedError``, ``ConsentWaitsError``."""
        by_source: dict[str, list[Line]] = {}
        for line in kept.granted:
            by_source.setdefault(line.source, []).append(line)
        found = await asyncio.gather(
            *(self._of_source(kept, iss, lines) for iss, lines in by_source.items()), return_exceptions=True
        )
        outcomes: list[tuple[Line, Received | BlauweKnopError | _Refused]] = []
        for part in found:
            if isinstance(part, BaseException):
                raise part  # the end of the consent, which every source meets; what came before it is in the store
            outcomes += part
        return Delivery(
            grant_id=kept.grant_id,
            sets=tuple(what for _, what in outcomes if isinstance(what, Received)),
            refused=tuple(_not(line, str(what)) for line, what in outcomes if isinstance(what, _Refused)),
            failed=tuple(_not(line, what.code) for line, what in outcomes if isinstance(what, BlauweKnopError)),
        )

    async def received(self, kept: Kept) -> Delivery:
        """What ``collect`` kept of this period; nothing is asked of a source. Raises: errors of the register."""
        oins = {(await self.register.register()).by_iss(line.source).oin for line in kept.granted}
        register = await self.register.with_details(*sorted(oins))
        sets, failed = [], []
        for line in kept.granted:
            content = await self.store.load("levering", self._name(kept, line))
            if content is None:
                continue
            try:
                sets.append(self._verified(line, register, msgspec.json.decode(content, type=_Kept)))
            except BlauweKnopError as error:
                failed.append(_not(line, error.code))
        return Delivery(grant_id=kept.grant_id, sets=tuple(sets), refused=(), failed=tuple(failed))

    async def one(self, kept: Kept, line: Line) -> Received | NotDelivered:
        """A delivery of ``line`` alone. Raises: as ``collect``."""
        delivery = await self.collect(msgspec.structs.replace(kept, granted=(line,)))
        return delivery.sets[0] if delivery.sets else (*delivery.refused, *delivery.failed)[0]

    async def _of_source(
        self, kept: Kept, iss: str, lines: list[Line]
    ) -> list[tuple[Line, Received | BlauweKnopError | _Refused]]:
        try:
            register = await self._taking_part(iss)
            token = (await self.server.renew(kept.refresh_token, iss)).access_token
        except (ConsentEndedError, ConsentWaitsError):
            raise
        except BlauweKnopError as error:
            return [(line, error) for line in lines]
        caller = HttpCaller(iss)
        try:
            calls = ProvenCalls(iss, caller, self.proof, now=self._now)
            return [(line, await self._of_line(kept, line, token, register, calls)) for line in lines]
        finally:
            await caller.close()

    async def _taking_part(self, iss: str) -> VerifiedRegister:
        # 2.
        register = await self.register.register()
        participant = register.by_iss(iss)
        check_takes_part(participant, Role.SOURCE, (await self.register.newest()).listed)
        return await self.register.with_details(participant.oin)

    async def _of_line(
        self, kept: Kept, line: Line, token: str, register: VerifiedRegister, calls: ProvenCalls
    ) -> Received | BlauweKnopError | _Refused:
        name = self._name(kept, line)
        try:
            # 1.
            before = await self.store.load("levering", name)
            if before is not None:
                return self._verified(line, register, msgspec.json.decode(before, type=_Kept))
            # 3., 4.
            key = b64url_encode(hashlib.sha256(f"{kept.refresh_token} {name}".encode()).digest())
            now = _Kept(self._now(), await self._fetch(line, token, key, calls))
            # 5.
            received = self._verified(line, register, now)
            due = min(received.verified.visible["bewaren_tot"], add_duration(line.geldig_tot, AFTER_THE_END))
            await self.store.save("levering", name, encode(msgspec.to_builtins(now)), due=due, of=kept.grant_id)
        except (BlauweKnopError, _Refused) as error:
            return error
        return received

    async def _fetch(self, line: Line, token: str, key: str, calls: ProvenCalls) -> Answer:
        body = encode({"regel": line.regel})
        for pause in _PAUSES:
            answer = await calls.post(
                PATH,
                lambda: body,
                headers={"content-type": "application/json", "accept": JOSE, "idempotency-key": key},
                accept=_REFUSALS,
                token=token,
            )
            if answer.status != _AGAIN:
                break
            await asyncio.sleep(pause)
        if answer.status != _OK:
            said = read_json(answer, _PROBLEM)
            raise _Refused(word(said.get("reden") or said.get("code") or "geweigerd"))
        if answer.media_type != JOSE:
            raise CallFailedError("onleesbaar", "not encrypted to our key")
        opened = parse_object(parse_compact_jwe(answer.body).decrypt(self.opener, typ="levering+jwe"))
        try:
            return msgspec.convert(opened, Answer, strict=True)
        except msgspec.ValidationError as error:
            raise MalformedError("an answer without a set", clause="system.md 3.4") from error

    def _verified(self, line: Line, register: VerifiedRegister, kept: _Kept) -> Received:
        expected = Expected(
            line=line,
            recipient=self.recipient,
            delivery=kept.answer.levering,
            day=amsterdam_day_at(kept.received_at),
            period_element=self.catalogue.definitions[line.data_set].period_element,
        )
        # A key marked as stolen counts for nothing here: of what came now nobody can prove that it existed before.
        trust = seal_trust(register, anchors=(), sealed_at=kept.received_at)
        verified = verify_received(parse_sealed_set(kept.answer.set.encode()), trust, expected, at=kept.received_at)
        return Received(line=line, received_at=kept.received_at, answer=kept.answer, verified=verified)

    def _name(self, kept: Kept, line: Line) -> str:
        period = calendar_period(line.frequentie, amsterdam_day(self.clock))  # type: ignore[arg-type]  # a line has one
        return f"{kept.grant_id} {line.regel} {period}"

    def _now(self) -> int:
        return self.clock.now_ns() // _NS


def _not(line: Line, reason: str) -> NotDelivered:
    return NotDelivered(line.source, line.data_set, reason)
