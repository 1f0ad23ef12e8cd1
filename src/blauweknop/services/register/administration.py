# SPDX-License-Identifier: EUPL-1.2
"""The acts of the scheme manager: each is one transaction, each is in the change log, each is held to the rules.

1. The decision is signed by an account of this register where the register asks it (``two_persons``).
2. Admission and suspension then wait as a proposal, until another account approves exactly the same.
3. The act fits the stage (``stages.py``); what it leads to may be published (``publication.py``); every key is new or
   this participant's own for this purpose; the register that follows keeps the rules that readers hold it to.

A crash anywhere leaves the state before or after the whole act.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.adapters.store.participants.contract import Change, Proposal, StoredKey, StoredParticipant
from blauweknop.core.scheme.decision import Decision, verify_decision
from blauweknop.core.scheme.detail import verify_detail
from blauweknop.core.scheme.document import detail_hash
from blauweknop.core.scheme.errors import (
    DecisionRefusedError,
    KeyUnknownError,
    ParticipantUnknownError,
    PublicationRefusedError,
    SecondPersonError,
)
from blauweknop.core.scheme.publication import check_participant
from blauweknop.core.scheme.registration import (
    Registration,
    check_registration,
    encode_detail,
    make_detail,
)
from blauweknop.core.scheme.stages import TWO_PERSONS, Act, next_stage
from blauweknop.core.scheme.vocabulary import Stage
from blauweknop.core.wire.jwk import parse_jwk
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.services.register.signing import STATUS_LIST_SIZE, key_state, make_index

if TYPE_CHECKING:
    from blauweknop.adapters.store.participants.contract import RegisterState
    from blauweknop.services.register.parts import RegisterParts

TEST_ACCOUNT: Final = "test"


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Content of a suspension or an end: why."""

    reason: str = msgspec.field(name="reden")


class Certification(msgspec.Struct, frozen=True, kw_only=True):
    """Content of a certification: until when the mark lives, seconds since 1970."""

    until: int = msgspec.field(name="tot")


class Retirement(msgspec.Struct, frozen=True, kw_only=True):
    """Content of the end of a version: which, e.g. ``diensten:hypotheek/1``, and from when on."""

    ref: str = msgspec.field(name="versie")
    since: int = msgspec.field(name="sinds")


class Compromise(msgspec.Struct, frozen=True, kw_only=True):
    """Content of a compromise mark: which key, and T, from when on it may be in other hands."""

    kid: str
    since: int = msgspec.field(name="sinds")


Content = Registration | Reason | Certification | Compromise | Retirement
_CONTENT: Final[dict[Act, Any]] = {
    Act.ADMIT: Registration,
    Act.CERTIFY: Certification,
    Act.SUSPEND: Reason,
    Act.END: Reason,
    Act.COMPROMISE: Compromise,
}


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Who decides, and the decision signed by that account's key (``core/scheme/decision.py``)."""

    account: str
    token: bytes


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Nobody signed: enough where a register does not ask two persons."""

    account: str = TEST_ACCOUNT


@dataclass(frozen=True, slots=True)
class Outcome:
    """``stage``: where the participant is now; ``proposal``: id of what waits for a second person, or empty."""

    stage: Stage
    proposal: str = ""


class Administration:
    """The acts on one register."""

    def __init__(self, parts: RegisterParts) -> None:
        """``parts``: of the register."""
        self._parts = parts

    async def decide(self, act: Act, oin: str, content: Content, by: SignedBy | Unsigned) -> Outcome:
        """Does ``act``, or proposes it where it takes two persons.

        Raises: ``DecisionRefusedError``, ``StageRefusedError``, ``ParticipantUnknownError``, ``KeyUnknownError``,
        ``RegisterError`` and ``PublicationRefusedError`` and their kinds; nothing is changed then.
        """
        text = encode(content).decode()
        return await self._parts.store.transact(lambda state: self._decide(state, act, oin, text, by))

    async def retire(self, content: Retirement, by: SignedBy | Unsigned) -> None:
        """Ends a version of a service or data set; the next version stands beside it.

        Raises: ``DecisionRefusedError``, ``StoreConflictError`` (never published, or ended already).
        """
        text = content_text(content)

        def work(state: RegisterState) -> None:
            self._check_signed(state, self.expected(Act.RETIRE, "", text, by.account), by)
            make_index(self._parts, state, version=1, now=self._parts.now())  # so that the catalogue is published
            state.end_entry(content.ref, content.since)
            state.append(self._change(Act.RETIRE, "", text, by))

        await self._parts.store.transact(work)

    async def approve(self, proposal_id: str, by: SignedBy) -> Outcome:
        """Does what was proposed, by another account. Raises: as ``decide``, and ``SecondPersonError``."""
        return await self._parts.store.transact(lambda state: self._approve(state, proposal_id, by))

    async def add_account(self, name: str, jwk: dict[str, str]) -> None:
        """Adds a person who may decide: at the setting up only, else one person could make themselves a second.

        Raises: ``StoreConflictError`` (the name is taken), ``DecisionRefusedError`` (the register is in use).
        """
        text = encode(jwk).decode()

        def work(state: RegisterState) -> None:
            if self._parts.two_persons and len(state.participants()) > 1:
                raise DecisionRefusedError("accounts are added before the first organisation enters")
            state.add_account(name, text)
            content = encode({"naam": name, "jwk": jwk}).decode()
            state.append(self._change("account", "", content, Unsigned("inrichten")))

        await self._parts.store.transact(work)

    async def raise_numbers(self, above: int, by: SignedBy | Unsigned) -> None:
        """After a backup was put back: goes on above every number that readers may have seen."""
        change = self._change("nummers-verhogen", "", encode({"boven": above}).decode(), by)
        await self._parts.store.transact(lambda state: state.raise_numbers(above, change))

    def expected(self, act: Act, oin: str, content: str, account: str) -> Decision:
        """The decision that ``account`` must have signed for this."""
        digest = detail_hash(content.encode())
        now = self._parts.now()
        return Decision(register=self._parts.iss, act=act, oin=oin, content=digest, account=account, at=now)

    def _decide(self, state: RegisterState, act: Act, oin: str, text: str, by: SignedBy | Unsigned) -> Outcome:
        # 1.
        self._check_signed(state, self.expected(act, oin, text, by.account), by)
        if act is Act.ADMIT:
            self._apply_for(state, oin, text, by)
        stage = next_stage(act, _stored(state, oin).stage)
        # 2.
        if self._parts.two_persons and act in TWO_PERSONS and isinstance(by, SignedBy):
            proposal = Proposal(
                id=hashlib.sha256(by.token).hexdigest()[:24],  # typed as an argument: it may not begin with a hyphen
                at=self._parts.now(),
                account=by.account,
                act=act,
                oin=oin,
                content=text,
                signature=by.token.decode(),
            )
            state.add_proposal(proposal)
            state.append(self._change(f"voorstel-{act}", oin, text, by))
            return Outcome(_stored(state, oin).stage, proposal.id)
        # 3.
        return self._apply(state, stage, self._change(act, oin, text, by))

    def _approve(self, state: RegisterState, proposal_id: str, by: SignedBy) -> Outcome:
        proposal = state.proposal(proposal_id)
        if proposal is None or proposal.approved:
            raise DecisionRefusedError("there is no such proposal")
        self._check_signed(state, self.expected(proposal.act, proposal.oin, proposal.content, by.account), by)
        if by.account == proposal.account or state.account(by.account) == state.account(proposal.account):
            raise SecondPersonError
        state.close_proposal(proposal_id)
        stage = next_stage(proposal.act, _stored(state, proposal.oin).stage)
        change = self._change(proposal.act, proposal.oin, proposal.content, by)
        both = replace(change, account=f"{proposal.account}+{by.account}", signature=_both(proposal, by))
        return self._apply(state, stage, both)

    def _check_signed(self, state: RegisterState, expected: Decision, by: SignedBy | Unsigned) -> None:
        if isinstance(by, Unsigned):
            if self._parts.two_persons:
                raise DecisionRefusedError("this register takes signed decisions only")
            return
        jwk = state.account(by.account)
        if jwk is None:
            raise DecisionRefusedError("this register has no such account")
        key = parse_jwk(parse_object(jwk.encode()))
        assert isinstance(key, ec.EllipticCurvePublicKey)
        verify_decision(by.token, key, expected=expected)

    def _apply_for(self, state: RegisterState, oin: str, text: str, by: SignedBy | Unsigned) -> None:
        """An organisation that is not known yet enters as ``aangemeld``; its admission may still wait."""
        registration = msgspec.json.decode(text, type=Registration)
        if registration.oin != oin:
            raise PublicationRefusedError("the registration is of another OIN")
        self._check_publishable(registration)
        if state.participant(oin) is None:
            place = self._free_place(state)
            entry = StoredParticipant(
                registration=registration, stage=Stage.APPLIED, since=self._parts.now(), status=place
            )
            state.save_participant(entry)
            self._enter_keys(state, registration)
            state.append(self._change(Act.APPLY, oin, text, by))

    def _apply(self, state: RegisterState, stage: Stage, change: Change) -> Outcome:
        stored = _stored(state, change.oin)
        since = stored.since if stage is stored.stage else change.at
        content = msgspec.json.decode(change.content, type=_CONTENT[Act(change.act)])
        stored = replace(stored, stage=stage, since=since)
        match content:
            case Registration():
                self._check_publishable(content)
                self._enter_keys(state, content)
                stored = replace(stored, registration=content)
            case Certification():
                if content.until <= change.at:
                    raise PublicationRefusedError("a certification ends after it begins")
                stored = replace(stored, mark_until=content.until)
            case Compromise():
                _mark(state, change.oin, content)
            case Reason():
                pass
        state.save_participant(stored)
        state.append(change)
        # What follows must be a register that readers accept; else all of this is undone.
        make_index(self._parts, state, version=1, now=change.at)
        return Outcome(stage)

    def _check_publishable(self, registration: Registration) -> None:
        check_registration(registration, self._parts.environment)
        detail = make_detail(registration, _provisional(registration))
        check_participant(detail, registration.roles, self._parts.catalogue)
        data = encode_detail(detail)
        verify_detail(data, detail_hash(data))

    def _enter_keys(self, state: RegisterState, registration: Registration) -> None:
        known = {key.thumbprint: key for key in state.all_keys()}
        for key in registration.keys:
            there = known.get(key.thumbprint)
            if there is None:
                fresh = StoredKey(
                    thumbprint=key.thumbprint,
                    oin=registration.oin,
                    purpose=key.purpose,
                    kid=key.kid,
                    status=self._free_place(state),
                )
                state.add_key(fresh)
            elif (there.oin, there.purpose, there.kid) != (registration.oin, key.purpose, key.kid):
                raise PublicationRefusedError("a key stands here for another organisation or purpose")

    def _free_place(self, state: RegisterState) -> int:
        """A random place that nobody has; the list is at most half full, so that places tell nothing of order."""
        taken = {one.status for one in state.participants()} | {one.status for one in state.all_keys()}
        if 2 * len(taken) >= STATUS_LIST_SIZE:
            raise PublicationRefusedError("the status list of participants is half full")
        place = self._parts.random_below(STATUS_LIST_SIZE)
        while place in taken:
            place = self._parts.random_below(STATUS_LIST_SIZE)
        return place

    def _change(self, act: str, oin: str, content: str, by: SignedBy | Unsigned) -> Change:
        signature = by.token.decode() if isinstance(by, SignedBy) else ""
        return Change(
            at=self._parts.now(), account=by.account, act=str(act), oin=oin, content=content, signature=signature
        )


def content_text(content: Content) -> str:
    """The text of ``content`` that a decision is signed over."""
    return encode(content).decode()


def _stored(state: RegisterState, oin: str) -> StoredParticipant:
    found = state.participant(oin)
    if found is None:
        raise ParticipantUnknownError
    return found


def _mark(state: RegisterState, oin: str, content: Compromise) -> None:
    for key in state.all_keys():
        if (key.oin, key.kid) == (oin, content.kid):
            state.mark_compromised(key.thumbprint, content.since)
            return
    raise KeyUnknownError


def _provisional(registration: Registration) -> dict[str, Any]:
    """States to look at a detail with, before its keys have places."""
    keys = (
        StoredKey(thumbprint=key.thumbprint, oin=registration.oin, purpose=key.purpose, kid=key.kid, status=place)
        for place, key in enumerate(registration.keys)
    )
    return {key.thumbprint: key_state(key) for key in keys}


def _both(proposal: Proposal, by: SignedBy) -> str:
    return f"{proposal.signature} {by.token.decode()}"
