# SPDX-License-Identifier: EUPL-1.2
"""The mark (beeldmerk) as anyone can check it: a trust mark of OpenID Federation 1.0, §7, and its status, §8.4.

A mark says of one participant that it was certified, by the scheme manager, until a time. ``verify`` holds it to §7.3:

1. a compact JWS, ``typ`` ``trust-mark+jwt``, signed by the key given (the scheme manager's ``statement`` key);
2. ``iss`` is the register, ``sub`` the address of the organisation on whose page it stands, ``trust_mark_type`` ours;
3. ``iat`` is not in the future and ``exp`` has not passed; ``omgeving`` is the one expected.

Whether it still stands is asked of the register (status response, §8.4.2): ``active``, ``expired``, ``revoked``,
``invalid``. No ``delegation``: the scheme manager is the owner and the only issuer (§7.2 does not apply).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from blauweknop.core.scheme.errors import TrustMarkError, TrustMarkExpiredError
from blauweknop.core.wire.jws import UnverifiedJws, parse_compact, sign_compact
from blauweknop.core.wire.strict_json import encode, parse_object

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.wire.keys import Signer

TYP: Final = "trust-mark+jwt"
STATUS_TYP: Final = "trust-mark-status-response+jwt"
MEDIA_TYPE: Final = f"application/{TYP}"
STATUS_MEDIA_TYPE: Final = f"application/{STATUS_TYP}"
MAX_MARK_BYTES: Final = 8_000
CLOCK_SKEW: Final = 10
MarkStatus = Literal["active", "expired", "revoked", "invalid"]


class TrustMark(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of §7.1, and ``omgeving`` and ``oin``. ``ref``: the public page about this organisation."""

    iss: str
    sub: str
    type: str = msgspec.field(name="trust_mark_type")
    iat: int
    exp: int
    ref: str
    oin: str
    environment: str = msgspec.field(name="omgeving")


class TrustMarkStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of a status response, §8.4.2."""

    iss: str
    iat: int
    trust_mark: str
    status: MarkStatus


@dataclass(frozen=True, slots=True)
class MarkExpected:
    """What a reader knows beforehand: the register, the page's own address, the environment."""

    iss: str
    sub: str
    environment: str


@dataclass(frozen=True, slots=True)
class UnverifiedTrustMark:
    """A mark as it came in."""

    jws: UnverifiedJws

    def verify(self, key: ec.EllipticCurvePublicKey, *, expected: MarkExpected, at: int) -> TrustMark:
        """The mark, once it keeps the rules of the module at ``at`` (seconds since 1970).

        Raises: ``SignatureInvalidError``, ``MalformedError``, ``TrustMarkError``, ``TrustMarkExpiredError``.
        """
        # 1.
        payload = self.jws.verify(key, typ=TYP).payload
        try:
            mark = msgspec.convert(parse_object(payload), TrustMark, strict=True)
        except msgspec.ValidationError as error:
            raise TrustMarkError(str(error), clause="OpenID Federation 1.0 §7.1") from error
        # 2. and 3.
        if (mark.iss, mark.sub, mark.environment) != (expected.iss, expected.sub, expected.environment):
            raise TrustMarkError("by or for another, or of the other environment", clause="OpenID Federation 1.0 §7.3")
        if mark.type != mark_type(expected.iss):
            raise TrustMarkError("of another type", clause="OpenID Federation 1.0 §7.3")
        if mark.iat > at + CLOCK_SKEW or at >= mark.exp:
            raise TrustMarkExpiredError(clause="OpenID Federation 1.0 §7.3")
        return mark


def mark_type(register: str) -> str:
    """The type of our marks: an address of the register (§7.1 ``trust_mark_type``)."""
    return f"{register}/v1/beeldmerken"


def issue_trust_mark(mark: TrustMark, signer: Signer) -> bytes:
    """``mark`` as a compact JWS, ASCII; ``kid`` in its header (§7)."""
    return sign_compact({"typ": TYP}, encode(mark), signer)


def parse_trust_mark(token: bytes) -> UnverifiedTrustMark:
    """Takes ``token`` apart without believing it. Raises: ``MalformedError``, ``TrustMarkError`` (too large)."""
    if len(token) > MAX_MARK_BYTES:
        raise TrustMarkError(f"more than {MAX_MARK_BYTES} bytes")
    return UnverifiedTrustMark(parse_compact(token))


def issue_mark_status(status: TrustMarkStatus, signer: Signer) -> bytes:
    """``status`` as a compact JWS, ASCII. Spec: OpenID Federation 1.0 §8.4.2."""
    return sign_compact({"typ": STATUS_TYP}, encode(status), signer)


def verify_mark_status(
    token: bytes, key: ec.EllipticCurvePublicKey, *, iss: str, mark: bytes, asked_at: int
) -> MarkStatus:
    """What the register says of ``mark`` in an answer ``token`` to a question of ``asked_at``.

    Raises: ``SignatureInvalidError``, ``MalformedError``, ``TrustMarkError`` (of another mark, issuer or time).
    """
    payload = parse_compact(token).verify(key, typ=STATUS_TYP).payload
    try:
        answer = msgspec.convert(parse_object(payload), TrustMarkStatus, strict=True)
    except msgspec.ValidationError as error:
        raise TrustMarkError(str(error), clause="OpenID Federation 1.0 §8.4.2") from error
    if (answer.iss, answer.trust_mark.encode()) != (iss, mark) or abs(answer.iat - asked_at) > CLOCK_SKEW:
        raise TrustMarkError("an answer to another question", clause="OpenID Federation 1.0 §8.4.2")
    return answer.status
