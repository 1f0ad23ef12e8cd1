# SPDX-License-Identifier: EUPL-1.2
"""Marks of certified participants, and whether one still stands (OpenID Federation 1.0 §7, §8.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.core.scheme.errors import TrustMarkExpiredError
from blauweknop.core.scheme.trust_mark import (
    MarkExpected,
    MarkStatus,
    TrustMark,
    TrustMarkStatus,
    issue_mark_status,
    issue_trust_mark,
    mark_type,
    parse_trust_mark,
)
from blauweknop.core.scheme.vocabulary import KeyPurpose, Stage
from blauweknop.core.wire.jwk import parse_jwk
from blauweknop.core.wire.strict_json import parse_object
from blauweknop.errors import DocumentError

if TYPE_CHECKING:
    from blauweknop.adapters.store.participants.contract import RegisterState, StoredParticipant
    from blauweknop.core.scheme.trust_mark import UnverifiedTrustMark
    from blauweknop.services.register.parts import RegisterParts


async def mark_of(parts: RegisterParts, oin: str) -> bytes | None:
    """The mark of participant ``oin``, or None where it has none now."""
    found = await parts.store.read(lambda state: state.participant(oin))
    now = parts.now()
    if found is None or not _stands(found, now):
        return None
    mark = TrustMark(
        iss=parts.iss,
        sub=found.registration.iss,
        type=mark_type(parts.iss),
        iat=now,
        exp=found.mark_until,
        ref=f"{parts.iss}/deelnemers/{oin}",
        oin=oin,
        environment=parts.environment,
    )
    return issue_trust_mark(mark, parts.keys.statement)


async def status_of_mark(parts: RegisterParts, text: str) -> bytes:
    """The signed answer about the mark ``text``; whatever is no mark of ours is ``invalid``."""
    now = parts.now()
    status = await parts.store.read(lambda state: _status(parts, state, text.encode(), now))
    answer = TrustMarkStatus(iss=parts.iss, iat=now, trust_mark=text, status=status)
    return issue_mark_status(answer, parts.keys.statement)


def _status(parts: RegisterParts, state: RegisterState, token: bytes, now: int) -> MarkStatus:
    try:
        unverified = parse_trust_mark(token)
        key = _statement_key(parts, state, unverified.jws.unverified_header.get("kid"))
        found = _subject(state, unverified)
        if key is None or found is None:
            return "invalid"
        # ``sub`` is compared with what the participant's address is now: one that moved has lost the old mark.
        expected = MarkExpected(parts.iss, found.registration.iss, parts.environment)
        unverified.verify(key, expected=expected, at=now)
    except TrustMarkExpiredError:
        return "expired"
    except DocumentError:
        return "invalid"
    return "active" if _stands(found, now) else "revoked"


def _statement_key(parts: RegisterParts, state: RegisterState, kid: object) -> ec.EllipticCurvePublicKey | None:
    """A ``statement`` key that the scheme manager has, by its ``kid``."""
    manager = state.participant(parts.oin)
    for key in manager.registration.keys if manager else ():
        public = parse_jwk(key.jwk)
        if key.purpose is KeyPurpose.STATEMENT and key.kid == kid and isinstance(public, ec.EllipticCurvePublicKey):
            return public
    return None


def _subject(state: RegisterState, unverified: UnverifiedTrustMark) -> StoredParticipant | None:
    """The participant a mark says it is about; only to know what to compare it with."""
    claimed = parse_object(unverified.jws.dangerous_payload).get("oin")
    return state.participant(claimed) if isinstance(claimed, str) else None


def _stands(participant: StoredParticipant, now: int) -> bool:
    return participant.stage is Stage.CERTIFIED and participant.mark_until > now
