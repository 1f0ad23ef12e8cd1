# SPDX-License-Identifier: EUPL-1.2
"""The delivery: one pipeline for every door (system.md 3.4).

1. was this asked before (idempotency key)? then the delivery keeps its id, and uses up no second period
2. decide, before anything is fetched
3. fetch from the back-end, no more elements than granted
4. check that the answer is about this person
5. minimise to what was granted, and say what is missing
6. seal
7. decide again and write the log record durably, in one transaction
8. answer; the caller reports with ``sent`` once the last byte was handed over

No record, no answer. A crash before 7 leaves nothing; between 7 and 8 it leaves a record that says ``onzeker``.
Refused attempts are logged as well. Which door the grant came through shows only in what is decided and sealed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from blauweknop.adapters.clock import amsterdam_day
from blauweknop.adapters.connectors.contract import Query, WrongPersonError
from blauweknop.adapters.store.log.contract import RepeatError
from blauweknop.core.dataset.minimise import Minimised, minimise, select
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.delivery.checks import is_offered
from blauweknop.core.delivery.decide import Person, Situation, decide
from blauweknop.core.delivery.model import Grant, Permission, Reason, Refusal
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.services.source.claimant import SESSION
from blauweknop.services.source.records import Records, new_id
from blauweknop.services.source.sealing import issue_time, seal, visible_of

if TYPE_CHECKING:
    from blauweknop.adapters.connectors.contract import Answer
    from blauweknop.adapters.store.log.contract import LogView
    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.core.dataset.value import Row
    from blauweknop.core.seal.sealed import SealedSet
    from blauweknop.services.source.claimant import Claimant
    from blauweknop.services.source.parts import Parts

_NS = 1_000_000_000
_TRIES = 3  # a request with the same key that comes between two steps makes us seal again, under its id


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What the citizen sees on screen: decided and logged like any delivery, not sealed."""

    definition: DataSetDefinition
    rows: tuple[Row, ...]
    missing: tuple[MissingElement, ...]
    known: bool


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed set, with its log receipt ``proof``: ``{"id", "leaf"}`` (leaf in base64url)."""

    id: str
    set: SealedSet
    proof: dict[str, str]
    look: Look
    issued_at: int
    repeat: bool


class Pipeline:
    """The one way in which data leave a source."""

    def __init__(self, parts: Parts) -> None:
        """``parts``: everything assembled from one configuration."""
        self._parts = parts
        self._records = Records(parts)

    async def look(self, grant: Grant, person: Person) -> Look | Refusal:
        """The values for the screen of the session door. Raises as ``deliver``."""
        look = await self._prepare(grant, person, SESSION)
        if isinstance(look, Refusal):
            return look
        draft = self._records.look(grant, person, look)
        outcome = await self._parts.log.append(draft, decide=lambda _: self.decide_now(grant, person))
        return outcome if isinstance(outcome, Refusal) else look

    async def deliver(self, grant: Grant, person: Person, *, claimant: Claimant = SESSION) -> Delivery | Refusal:
        """A freshly sealed set, logged; or the refusal, logged as well. ``claimant``: who asks.

        Raises: ``SourceFailedError``, ``WrongPersonError`` (nothing was shown, nothing logged as delivered),
        ``InfrastructureError`` (no record, so no answer).
        """
        log = self._parts.log
        earlier = await log.find_repeat(
            self._records.citizen(person), grant.door, grant.idempotency_key, self._parts.clock.now_ns()
        )
        quota = self._records.quota(grant)
        used = quota is not None and not earlier and await log.is_used(quota)
        look = await self._prepare(grant, person, claimant, quota_used=used)
        if isinstance(look, Refusal):
            return look
        for _ in range(_TRIES - 1):
            try:
                return await self._seal_and_record(grant, person, look, earlier or "", claimant)
            except RepeatError as error:
                earlier = error.delivery
        return await self._seal_and_record(grant, person, look, earlier or "", claimant)

    async def sent(self, delivery: Delivery) -> None:
        """The last byte of the answer was handed to the socket."""
        await self._parts.log.mark_sent([delivery.proof["id"]])

    def decide_now(
        self, grant: Grant, person: Person, claimant: Claimant = SESSION, *, quota_used: bool = False
    ) -> Permission | Refusal:
        """``decide`` on the state of this moment."""
        caller, authority = claimant.facts(quota_used=quota_used)
        return decide(
            Situation(
                grant=grant,
                person=person,
                now=self._parts.clock.now_ns() // _NS,
                today=self._parts.clock.today(),
                source=self._parts.iss,
                environment=self._parts.environment,
                offered=self._parts.offered,
                catalogue=self._parts.catalogue,
                caller=caller,
                authority=authority,
            )
        )

    async def _prepare(
        self, grant: Grant, person: Person, claimant: Claimant, *, quota_used: bool = False
    ) -> Look | Refusal:
        # Steps 2 to 5, the same for a look on screen and for a file.
        decision = self.decide_now(grant, person, claimant, quota_used=quota_used)
        if isinstance(decision, Refusal):
            return await self._refuse(grant, person, decision)
        definition = self._parts.catalogue.definitions[grant.data_set]
        offered = self._parts.offered[grant.data_set].elements
        here = tuple(path for path in grant.elements if is_offered(path, offered))
        answer = await self._fetch(grant, person, definition, here)
        if not answer.known and definition.unknown_person == "weigeren":
            return await self._refuse(grant, person, Refusal(reason=Reason.PERSON_UNKNOWN))
        part = Minimised(rows=(), missing=())
        if answer.known:
            lacking = dict.fromkeys(path.split(".", 1)[0] for path in grant.elements if path not in here)
            not_here = (MissingElement(element=name, reden=Missing.NOT_DELIVERED) for name in lacking)
            missing = (*answer.missing, *not_here)
            part = minimise(definition, answer.rows, missing, paths=grant.elements, period=grant.period)
        return Look(definition=definition, rows=part.rows, missing=part.missing, known=answer.known)

    async def _fetch(
        self, grant: Grant, person: Person, definition: DataSetDefinition, paths: tuple[str, ...]
    ) -> Answer:
        query = Query(
            definition=definition,
            subject=person.subject,
            elements=tuple(select(paths)),
            today=self._parts.clock.today(),
            period=grant.period,
        )
        answer = await self._parts.connectors[grant.data_set].fetch(query)
        if answer.subject != person.subject:
            raise WrongPersonError
        return answer

    async def _seal_and_record(
        self, grant: Grant, person: Person, look: Look, earlier: str, claimant: Claimant
    ) -> Delivery | Refusal:
        delivery = earlier or new_id(self._parts.clock)
        issued_at = issue_time(grant, self._parts.clock.now_ns() // _NS)
        index = None
        if grant.door == "basis":
            # A crash from here to the end of ``append`` leaves one index that nobody uses, and nothing else.
            (index,) = await self._parts.seals.reserve(1)
        sealed = seal(
            self._parts,
            look,
            delivery=delivery,
            index=index,
            issued_at=issued_at,
            visible=visible_of(grant, amsterdam_day(self._parts.clock)),
        )
        draft = self._records.delivery(grant, person, look, (delivery, earlier), (sealed.fingerprint, index))

        def decide_again(view: LogView) -> Permission | Refusal:
            return self.decide_now(grant, person, claimant, quota_used=view.quota_used)

        outcome = await self._parts.log.append(draft, decide=decide_again)
        if isinstance(outcome, Refusal):
            return outcome
        return Delivery(
            id=delivery,
            set=sealed,
            proof={"id": outcome.id, "leaf": b64url_encode(outcome.leaf)},
            look=look,
            issued_at=issued_at,
            repeat=bool(earlier),
        )

    async def _refuse(self, grant: Grant, person: Person, refusal: Refusal) -> Refusal:
        await self._parts.log.append(self._records.refusal(grant, person, refusal), decide=lambda _: Permission())
        return refusal
