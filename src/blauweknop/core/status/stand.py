# SPDX-License-Identifier: EUPL-1.2
"""The stand of status lists: a small signed answer that says which lists are the newest (system.md 3.5).

``statusstand+jwt`` with ``iss sub iat exp volgnr lijsten`` and, beside a consent service's own lists, what it has seen
of the register: ``register_gezien``. Rules of ``UnverifiedStand.verify``:

1. a strict compact JWS, ``typ`` ``statusstand+jwt``, signed by the key given;
2. ``iss`` is who was asked, ``sub`` about whom (a source's OIN);
3. ``iat`` is not in the future (10 s of clock difference), ``exp`` is after it and has not passed;
4. ``volgnr`` is no lower than the highest known when this poll was sent: a restored backup fails closed;
5. ``lijsten`` names each list (URI) with the SHA-256 of its token.

How old a stand is, is not read from ``iat`` but is the reader's monotonic time since it *sent* the poll.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.core.wire.jws import UnverifiedJws, parse_compact, sign_compact
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import DocumentError, MalformedError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.wire.keys import Signer

TYP: Final = "statusstand+jwt"
MEDIA_TYPE: Final = f"application/{TYP}"
MAX_STAND_BYTES: Final = 200_000
FRESH_NS: Final = 1_000_000_000  # a stand counts for one second
_CLOCK_SKEW: Final = 10


class StandRefusedError(DocumentError):
    """The stand of the status lists is not the one asked, or not of now."""

    code = "stand-ongeldig"


class StandRolledBackError(StandRefusedError):
    """The stand of the status lists is older than one that was seen before."""

    code = "stand-teruggezet"


class RegisterSeen(msgspec.Struct, frozen=True):
    """What the signer of a stand has seen of the participants' status list."""

    serial: int = msgspec.field(name="volgnr")
    issued_at: int = msgspec.field(name="iat")


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """The payload. ``lists``: SHA-256 (base64url) of the newest token by URI."""

    iss: str
    sub: str
    iat: int
    exp: int
    serial: int = msgspec.field(name="volgnr")
    lists: dict[str, str] = msgspec.field(name="lijsten")
    register_seen: RegisterSeen | None = msgspec.field(name="register_gezien", default=None)


@dataclass(frozen=True, slots=True)
class VerifiedStand:
    """A stand that was believed, and ``age_ns``: monotonic time since its poll was sent."""

    stand: Stand
    sent_ns: int

    def is_fresh(self, *, now_ns: int) -> bool:
        """Whether it still counts at ``now_ns``, of the clock of ``sent_ns``."""
        return 0 <= now_ns - self.sent_ns <= FRESH_NS


@dataclass(frozen=True, slots=True)
class StandAsked:
    """What was asked: ``iss``, ``sub``; ``highest``: the serial known when the poll was sent at ``sent_ns``."""

    iss: str
    sub: str
    highest: int
    sent_ns: int


@dataclass(frozen=True, slots=True)
class UnverifiedStand:
    """A stand as it came in."""

    jws: UnverifiedJws

    def verify(self, key: ec.EllipticCurvePublicKey, *, asked: StandAsked, at: int) -> VerifiedStand:
        """The stand, once it keeps the rules of the module at ``at`` (seconds since 1970).

        Raises: ``SignatureInvalidError``, ``MalformedError``, ``StandRefusedError``, ``StandRolledBackError``.
        """
        # 1. and 5.
        payload = self.jws.verify(key, typ=TYP).payload
        try:
            stand = msgspec.convert(parse_object(payload, max_bytes=MAX_STAND_BYTES), Stand, strict=True)
        except msgspec.ValidationError as error:
            raise MalformedError(str(error), clause="system.md 3.5") from error
        # 2.
        if (stand.iss, stand.sub) != (asked.iss, asked.sub):
            raise StandRefusedError("by or about another", clause="system.md 3.5")
        # 3.
        if stand.iat > at + _CLOCK_SKEW or not stand.iat < stand.exp or at >= stand.exp:
            raise StandRefusedError("not of now", clause="system.md 3.5")
        # 4.
        if stand.serial < asked.highest:
            raise StandRolledBackError(f"volgnr {stand.serial}, seen {asked.highest}", clause="system.md 3.5")
        return VerifiedStand(stand, asked.sent_ns)


def issue_stand(stand: Stand, signer: Signer) -> bytes:
    """``stand`` as a compact JWS, ASCII."""
    return sign_compact({"typ": TYP}, encode(_without_none(stand)), signer)


def parse_stand(token: bytes) -> UnverifiedStand:
    """Takes ``token`` apart without believing it. Raises: ``MalformedError``."""
    if len(token) > 2 * MAX_STAND_BYTES:
        raise MalformedError(f"a stand of more than {2 * MAX_STAND_BYTES} bytes")
    return UnverifiedStand(parse_compact(token))


def _without_none(stand: Stand) -> dict[str, object]:
    members: dict[str, object] = msgspec.to_builtins(stand)
    return {name: value for name, value in members.items() if value is not None}
