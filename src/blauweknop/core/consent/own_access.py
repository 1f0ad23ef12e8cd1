# SPDX-License-Identifier: EUPL-1.2
"""Own access (eigen inzage) through an admitted app: the citizen's own data on their own device; no consent (BK029).

There is no service, frequency or retention, no receipt of consent, and nobody is asked who may decide. What is kept is
``eigeninzage+jwt``, a compact JWS by the consent service's key for purpose ``receipt``: it says of whom, for which app,
which lines and until when. It is never handed out: an own access in the store that has none was written in by somebody,
and ``check_own_access`` refuses it before a token is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.core.consent.line import Line  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.wire.jws import UnverifiedJws, parse_compact, sign_compact
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import DocumentError, MalformedError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.consent.consent import Consent
    from blauweknop.core.consent.request import AskedSource
    from blauweknop.core.wire.keys import Signer

TYP: Final = "eigeninzage+jwt"
MAX_BYTES: Final = 200_000


class OwnAccessRefusedError(DocumentError):
    """The record of this own access is not one of this service, or says something else than what is stored."""

    code = "eigen-inzage-ongeldig"


@dataclass(frozen=True, kw_only=True)
class OwnAccessRequest:
    """A request as the citizen sees it. ``requester`` and ``requester_oin``: the app, as the register names it."""

    client: str
    requester: str
    requester_oin: str
    sources: tuple[AskedSource, ...]


class OwnAccessRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The payload. ``sub``: the citizen, pairwise for the app; ``iat`` and ``exp``: seconds since 1970, UTC."""

    iss: str
    iat: int
    exp: int
    sub: str
    grant_id: str
    client_id: str
    acr: str
    environment: str = msgspec.field(name="omgeving")
    rules: tuple[Line, ...] = msgspec.field(name="regels")


@dataclass(frozen=True, slots=True)
class VerifiedOwnAccess:
    """A record that was believed."""

    record: OwnAccessRecord


@dataclass(frozen=True, slots=True)
class UnverifiedOwnAccess:
    """A record as it came in."""

    jws: UnverifiedJws

    def verify(self, key: ec.EllipticCurvePublicKey, *, iss: str, environment: str) -> VerifiedOwnAccess:
        """The record, once signature, ``typ``, shape, ``iss`` and environment are right.

        Raises: ``SignatureInvalidError``, ``MalformedError``, ``OwnAccessRefusedError``.
        """
        payload = self.jws.verify(key, typ=TYP).payload
        try:
            record = msgspec.convert(parse_object(payload, max_bytes=MAX_BYTES), OwnAccessRecord, strict=True)
        except msgspec.ValidationError as error:
            raise MalformedError("a member is missing or of another type", clause="system.md 4") from error
        if (record.iss, record.environment) != (iss, environment):
            raise OwnAccessRefusedError("iss or omgeving is another", clause="system.md 4")
        return VerifiedOwnAccess(record)


def make_own_access(consent: Consent, *, iss: str, environment: str, sub: str) -> OwnAccessRecord:
    """What is signed of ``consent``, whose kind is ``eigen_inzage``. ``sub``: its citizen, pairwise for the app."""
    return OwnAccessRecord(
        iss=iss,
        iat=consent.given_at,
        exp=consent.until,
        sub=sub,
        grant_id=consent.id,
        client_id=consent.client,
        acr=consent.acr,
        environment=environment,
        rules=consent.lines,
    )


def issue_own_access(record: OwnAccessRecord, signer: Signer) -> bytes:
    """``record`` as a compact JWS, ASCII; ``signer``: the key for purpose ``receipt``."""
    return sign_compact({"typ": TYP}, encode(record), signer)


def parse_own_access(token: bytes) -> UnverifiedOwnAccess:
    """Takes ``token`` apart without believing it. Raises: ``MalformedError``."""
    if len(token) > 2 * MAX_BYTES:
        raise MalformedError(f"a record of more than {2 * MAX_BYTES} bytes")
    return UnverifiedOwnAccess(parse_compact(token))


def check_own_access(consent: Consent, verified: VerifiedOwnAccess, *, sub: str) -> None:
    """Raises ``OwnAccessRefusedError`` unless ``consent`` as stored is what its record says: nobody wrote it in."""
    said = verified.record
    stored = make_own_access(consent, iss=said.iss, environment=said.environment, sub=sub)
    if consent.kind != "eigen_inzage" or stored != said:
        raise OwnAccessRefusedError("the store says another own access than the record", clause="trust.md: insider")
