# SPDX-License-Identifier: EUPL-1.2
"""What tokens are made of: how a consent stands, and who the citizen is to each party (system.md 3.2).

1. a consent counts only while its receipt says the same as the store, own access while its record does: one that was
   written in is refused;
2. ``sub`` is pairwise for the client; to a source go the BSN where a law of its own allows it, else ``koppeling``;
3. of all mints only the last per consent and source is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.core.consent.consent import FINAL, Change, ChangeReason, Party, State, state_at
from blauweknop.core.consent.own_access import check_own_access, parse_own_access
from blauweknop.core.consent.pairwise import pairwise_link, pairwise_sub
from blauweknop.core.consent.receipt import check_recorded, parse_receipt
from blauweknop.core.oauth.errors import InvalidTargetError
from blauweknop.core.oauth.model import Identity, Standing
from blauweknop.core.scheme.errors import ParticipantUnknownError
from blauweknop.core.scheme.participation import running_keys
from blauweknop.core.scheme.vocabulary import KeyPurpose

if TYPE_CHECKING:
    from blauweknop.core.consent.consent import Consent
    from blauweknop.services.consent.parts import ConsentParts


class ConsentMint:
    """``TokenMint`` of the authorization server."""

    def __init__(self, parts: ConsentParts) -> None:
        """``parts``: of the consent service."""
        self._parts = parts

    async def standing(self, grant_id: str, client_id: str) -> Standing | None:
        """See ``TokenMint.standing``."""
        consent = await self._consent(grant_id)
        if consent is None or consent.client != client_id:
            return None
        state, reason = state_at(consent, self._parts.now())
        return Standing(
            lines=consent.lines,
            until=consent.until,
            sub=self._sub(consent),
            acr=consent.acr,
            ended=(reason.value if reason is not None else state.value) if state in FINAL else "",
            waiting="gepauzeerd" if state is State.PAUSED else "",
        )

    async def mint(self, grant_id: str, source: str) -> Identity:
        """See ``TokenMint.mint``."""
        consent = await self._consent(grant_id)
        register = await self._parts.register.register()
        try:
            oin = register.by_iss(source).oin
        except ParticipantUnknownError as error:
            raise InvalidTargetError(clause="RFC 8707 §2") from error
        if consent is None or source not in consent.sources:
            raise InvalidTargetError(clause="RFC 8707 §2")
        register = await self._parts.register.with_details(oin)
        detail = register.detail(oin)
        listed = await self._parts.participants()
        key = next(iter(running_keys(detail, KeyPurpose.ENCRYPTION, listed, at=self._parts.now())), None)
        if key is None:
            raise InvalidTargetError("the source has no key to encrypt to", clause="system.md 3.2")
        public = key.public_key
        if not isinstance(public, ec.EllipticCurvePublicKey):
            raise InvalidTargetError("the source's key is of another kind")
        person = {"koppeling": pairwise_link(self._parts.keys.link, oin, consent.citizen)}
        if detail.subject == "bsn" and detail.bsn_ground:
            person = {"bsn": await self._parts.store.bsn_of(consent.citizen)}
        await self._parts.store.note_mint(grant_id, source, at=self._parts.now())
        status = await self._parts.store.place(grant_id, oin)
        return Identity(person=person, key=public, kid=key.kid, status=status)

    async def given_up(self, grant_id: str) -> None:
        """See ``TokenMint.given_up``."""
        consent = await self._consent(grant_id)
        if consent is None or consent.state in FINAL:
            return
        change = Change(to=State.ENDED, by=Party.REQUESTER, reason=ChangeReason.GIVEN_UP, at=self._parts.now())
        await self._parts.store.change(grant_id, change)

    async def _consent(self, grant_id: str) -> Consent | None:
        stored = await self._parts.store.load(grant_id)
        if stored is None:
            return None
        # 1.
        consent, key = stored.consent, self._parts.keys.receipt.public_key
        iss, environment = self._parts.iss, self._parts.environment
        if consent.kind == "eigen_inzage":
            record = parse_own_access(stored.receipt).verify(key, iss=iss, environment=environment)
            check_own_access(consent, record, sub=self._sub(consent))
        else:
            receipt = parse_receipt(stored.receipt).verify(key, iss=iss, environment=environment)
            check_recorded(consent, receipt, sub=self._sub(consent))
        return consent

    def _sub(self, consent: Consent) -> str:
        return pairwise_sub(self._parts.keys.sub, consent.client_oin, consent.citizen)
