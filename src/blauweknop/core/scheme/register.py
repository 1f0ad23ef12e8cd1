# SPDX-License-Identifier: EUPL-1.2
"""Believing a register: from bytes to a ``VerifiedRegister``, without I/O; the time comes in as an argument.

``UnverifiedRegister.verify`` follows these rules, in this order:

1. a strict compact JWS, ``typ`` ``stelseldocument+jwt``, signed with the first certificate of ``x5c``;
2. that certificate has the profile of a register key, and leads to a pinned root at ``at``;
3. ``omgeving`` and ``iss`` are those expected, and ``iss`` is the URI of the certificate;
4. ``iat`` is not in the future, and no 24 hours ago; ``exp`` lies within these 24 hours and has not passed;
5. every entry keeps the rules of ``index_rules``;
6. it is no older than what was seen: not a lower ``version``, not an earlier ``iat`` with a higher one, and not another
   content under the same ``version``;
7. nothing that was published for good has changed, no participant has vanished, and what ended stays so.

A register that was verified goes on counting until 24 hours after its ``iat``: ``check_current`` is asked at each use,
so everything goes on while the register is away, and stops in clear words after that. What was seen is remembered by
the caller (``seen``), also past its end: rule 6 needs it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.core.scheme.detail import check_detail, verify_detail
from blauweknop.core.scheme.document import LIFETIME, MAX_REGISTER_BYTES, TYP, Index, Participant, detail_hash
from blauweknop.core.scheme.errors import (
    DetailError,
    DetailMissingError,
    KeyCompromisedError,
    KeyNotThenError,
    ParticipantUnknownError,
    RegisterContentError,
    RegisterEnvironmentError,
    RegisterForkError,
    RegisterFutureError,
    RegisterHistoryError,
    RegisterIssuerError,
    RegisterRollbackError,
    RegisterStaleError,
)
from blauweknop.core.scheme.index_rules import check_index
from blauweknop.core.seal.certificate_errors import CertificatePathError
from blauweknop.core.seal.certificate_path import check_path, check_path_shape, find_anchor
from blauweknop.core.seal.der_certificate import parse_der_certificate
from blauweknop.core.seal.seal_profile import check_register_profile, check_seals_for
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jws import UnverifiedJws, parse_compact
from blauweknop.core.wire.strict_json import parse_object
from blauweknop.core.wire.x5c import decode_x5c

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cryptography import x509

    from blauweknop.core.scheme.detail import ParticipantDetail, RegisteredKey
    from blauweknop.core.scheme.vocabulary import KeyPurpose

CLOCK_SKEW: Final = 10


class Nothing:
    """States an absence; see its two values."""


NOTHING_SEEN: Final = Nothing()  # no register was accepted before
NO_PROOF: Final = Nothing()  # nothing but the signer's own word says when this was signed


@dataclass(frozen=True, slots=True)
class RegisterTrust:
    """What a verifier was given beforehand: pinned roots, the register's ``iss``, its environment."""

    roots: tuple[x509.Certificate, ...]
    iss: str
    environment: str


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What to remember of the register accepted last. ``fingerprint``: of the signed content."""

    version: int
    issued_at: int
    fingerprint: str
    participants: tuple[str, ...]
    published: dict[str, str]
    ended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifiedRegister:
    """A register that was believed; ask ``check_current`` before deciding on it.

    ``details``: of the participants whose detail was fetched, by OIN.
    """

    index: Index
    fingerprint: str
    details: Mapping[str, ParticipantDetail] = field(default_factory=dict)
    _by_oin: Mapping[str, Participant] = field(init=False, repr=False)
    _by_iss: Mapping[str, Participant] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_oin", {one.oin: one for one in self.index.participants})
        object.__setattr__(self, "_by_iss", {one.iss: one for one in self.index.participants})

    @property
    def version(self) -> int:
        """Grows with each signing."""
        return self.index.version

    @property
    def environment(self) -> str:
        """``test`` or ``productie``."""
        return self.index.environment

    def check_current(self, *, at: int) -> None:
        """Raises ``RegisterStaleError`` from 24 hours after ``iat`` on. ``at``: seconds since 1970."""
        if at >= self.index.iat + LIFETIME or at >= self.index.exp:
            raise RegisterStaleError(clause="system.md 4")

    def participant(self, oin: str) -> Participant:
        """The participant with ``oin``. Raises: ``ParticipantUnknownError``."""
        return _find(self._by_oin, oin)

    def by_iss(self, iss: str) -> Participant:
        """The participant whose address is exactly ``iss``. Raises: ``ParticipantUnknownError``."""
        return _find(self._by_iss, iss)

    def detail(self, oin: str) -> ParticipantDetail:
        """The detail of a participant. Raises: ``ParticipantUnknownError``, ``DetailMissingError`` (fetch it first)."""
        found = self.details.get(self.participant(oin).oin)
        if found is None:
            raise DetailMissingError(f"of OIN {oin}")
        return found

    def ended(self, *, at: int) -> frozenset[str]:
        """The services and data sets (``id/version``) that may not be used any more at ``at``."""
        return frozenset(ref.partition(":")[2] for ref, since in self.index.ended.items() if since <= at)

    def with_details(self, blobs: Iterable[bytes]) -> VerifiedRegister:
        """This register with the details in ``blobs``, each the one the index names for its participant.

        Raises: ``DetailError``.
        """
        wanted = {one.detail: one for one in self.index.participants}
        added = {}
        for blob in blobs:
            participant = wanted.get(detail_hash(blob))
            if participant is None:
                raise DetailError("no participant of this register has it", clause="rule 1 of the detail")
            detail = verify_detail(blob, participant.detail)
            check_detail(detail, participant)
            added[participant.oin] = detail
        return replace(self, details={**self.details, **added})

    def key(
        self, iss: str, purpose: KeyPurpose, kid: str, *, at: int, existed_at: int | Nothing = NO_PROOF
    ) -> RegisteredKey:
        """The key of ``iss`` with which something of time ``at`` may be signed.

        ``existed_at``: a proof of existence (a time-stamp, or a checkpoint co-signed by the register) of what was
        signed; without one, nothing by a key marked as compromised passes, as its thief can back-date.
        Raises: ``ParticipantUnknownError``, ``DetailMissingError``, ``KeyUnknownError``, ``KeyNotThenError``,
        ``KeyCompromisedError``.
        """
        key = self.detail(self.by_iss(iss).oin).key(purpose, kid)
        check_key_then(key, at=at, existed_at=existed_at)
        return key

    def seen(self) -> Seen:
        """What to remember, so that no older register is ever accepted again."""
        return Seen(
            version=self.index.version,
            issued_at=self.index.iat,
            fingerprint=self.fingerprint,
            participants=tuple(self._by_oin),
            published=self.index.published.all(),
            ended=tuple(self.index.ended),
        )


@dataclass(frozen=True, slots=True)
class UnverifiedRegister:
    """A register as it came in: nothing of it may be used but to verify it."""

    jws: UnverifiedJws

    def verify(self, trust: RegisterTrust, *, at: int, last_seen: Seen | Nothing) -> VerifiedRegister:
        """The register, once it keeps all rules of the module at ``at`` (seconds since 1970).

        Raises: ``RegisterError`` and its kinds, ``CertificateError``, ``SignatureInvalidError``, ``MalformedError``.
        """
        # 1. and 2.
        payload = _signed_payload(self.jws, trust, at)
        try:
            index = msgspec.convert(parse_object(payload, max_bytes=MAX_REGISTER_BYTES), Index, strict=True)
        except msgspec.ValidationError as error:
            raise RegisterContentError(str(error)) from error
        # 3.
        if index.environment != trust.environment:
            raise RegisterEnvironmentError(clause="system.md 4")
        if index.iss != trust.iss:
            raise RegisterIssuerError
        # 4.
        _check_times(index, at)
        # 5.
        check_index(index)
        fingerprint = b64url_encode(hashlib.sha256(self.jws.signing_input).digest())
        register = VerifiedRegister(index, fingerprint)
        # 6. and 7.
        if isinstance(last_seen, Seen):
            _check_not_older(register, last_seen)
            _check_history(register, last_seen)
        return register


def parse_register(token: bytes) -> UnverifiedRegister:
    """Takes ``token`` apart without believing it. Raises: ``MalformedError``."""
    if len(token) > 2 * MAX_REGISTER_BYTES:
        raise RegisterContentError(f"more than {2 * MAX_REGISTER_BYTES} bytes")
    return UnverifiedRegister(parse_compact(token))


def check_key_then(key: RegisteredKey, *, at: int, existed_at: int | Nothing) -> None:
    """Raises unless ``key`` may have signed something of time ``at``; see ``VerifiedRegister.key``."""
    if not key.valid_from <= at < key.valid_until:
        raise KeyNotThenError(clause="system.md 4")
    proven = isinstance(existed_at, int) and key.compromised_at is not None and existed_at < key.compromised_at
    if key.compromised_at is not None and not proven:
        raise KeyCompromisedError(clause="system.md 4: proof of existence before T")


def _signed_payload(jws: UnverifiedJws, trust: RegisterTrust, at: int) -> bytes:
    path = [parse_der_certificate(der) for der in decode_x5c(jws.unverified_header.get("x5c"))]
    check_path_shape(path, trust.roots)
    root = find_anchor(path[-1], trust.roots)
    if root is None:
        raise CertificatePathError("not signed by a pinned root", clause="RFC 5280 §6.1")
    check_path([*path, root], at=at)
    check_seals_for(check_register_profile(path[0]), trust.iss)
    return jws.verify(path[0].key, typ=TYP).payload


def _check_times(index: Index, at: int) -> None:
    if index.iat > at + CLOCK_SKEW:
        raise RegisterFutureError(clause="RFC 7519 §4.1.6")
    if not index.iat < index.exp <= index.iat + LIFETIME:
        raise RegisterContentError("exp is not within 24 hours after iat", clause="system.md 4")
    if at >= index.exp:
        raise RegisterStaleError(clause="system.md 4")


def _check_not_older(register: VerifiedRegister, seen: Seen) -> None:
    if register.version < seen.version:
        raise RegisterRollbackError(f"version {register.version}, seen {seen.version}", clause="system.md 4")
    if register.version == seen.version:
        if register.fingerprint != seen.fingerprint:
            raise RegisterForkError(f"version {register.version}", clause="system.md 4")
    elif register.index.iat < seen.issued_at:
        raise RegisterRollbackError("a higher version of an earlier time", clause="system.md 4")


def _check_history(register: VerifiedRegister, seen: Seen) -> None:
    oins = {one.oin for one in register.index.participants}
    if not oins.issuperset(seen.participants):
        raise RegisterHistoryError("a participant has vanished", clause="BK061")
    published = register.index.published.all()
    if any(published.get(ref) != digest for ref, digest in seen.published.items()):
        raise RegisterHistoryError("a published version has changed or vanished", clause="system.md 5")
    if not register.index.ended.keys() >= set(seen.ended):
        raise RegisterHistoryError("a version that ended is in use again", clause="system.md 5")


def _find(entries: Mapping[str, Participant], name: str) -> Participant:
    found = entries.get(name)
    if found is None:
        raise ParticipantUnknownError
    return found
