# SPDX-License-Identifier: EUPL-1.2
"""A decision of the scheme manager, signed by the person who takes it (trust.md: two persons for admission).

``beheerbesluit+jwt`` over the register it is for, the act, the participant, the SHA-256 of what is decided, and when.
A proposal is such a decision by one person; an approval is one by another over the same act, participant and content.
Each person has a key of their own, known to the register; the kept signatures show later who decided what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.core.scheme.errors import DecisionRefusedError
from blauweknop.core.scheme.stages import Act  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.wire.jws import parse_compact, sign_compact
from blauweknop.core.wire.strict_json import encode, parse_object

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.wire.keys import Signer

TYP: Final = "beheerbesluit+jwt"
OLDEST: Final = 15 * 60  # seconds between signing and handing in
_CLOCK_SKEW: Final = 10


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """``content``: base64url SHA-256 of what is decided; ``account``: who signs; ``at``: seconds since 1970."""

    register: str
    act: Act = msgspec.field(name="handeling")
    oin: str
    content: str = msgspec.field(name="inhoud")
    account: str
    at: int = msgspec.field(name="iat")


def sign_decision(decision: Decision, signer: Signer) -> bytes:
    """``decision`` as a compact JWS, ASCII."""
    return sign_compact({"typ": TYP}, encode(decision), signer)


def verify_decision(token: bytes, key: ec.EllipticCurvePublicKey, *, expected: Decision) -> Decision:
    """The decision, once signed by ``key`` and about exactly what is expected, ``expected.at`` being now.

    Raises: ``SignatureInvalidError``, ``MalformedError``, ``DecisionRefusedError``.
    """
    payload = parse_compact(token).verify(key, typ=TYP).payload
    try:
        decision = msgspec.convert(parse_object(payload), Decision, strict=True)
    except msgspec.ValidationError as error:
        raise DecisionRefusedError(str(error)) from error
    if msgspec.structs.replace(decision, at=expected.at) != expected:
        raise DecisionRefusedError("it is about something else, or by another account")
    if not -_CLOCK_SKEW <= expected.at - decision.at <= OLDEST:
        raise DecisionRefusedError(f"it was not signed in the last {OLDEST // 60} minutes")
    return decision
