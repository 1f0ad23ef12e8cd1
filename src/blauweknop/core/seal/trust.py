# SPDX-License-Identifier: EUPL-1.2
"""Whom a verifier trusts: what it was *given* beforehand, never what lies beside a document (system.md 4).

- ``anchors``: self-signed certificates of scheme CAs to which a path may lead; they never come from a document;
- ``known``: seal certificates of participants, by the SHA-256 of their DER: the register's answer, or its stand-in;
- ``time_authorities``: time-stamp authorities by their own certificate, each with its intermediates;
- ``environment``: ``test`` or ``productie``; a document of the other environment is refused by whoever reads it.

Every seal certificate ends in one ``Standing``: known is ``in_stelsel``, a path to an anchor alone is
``buiten_stelsel``, neither is ``onbekend``.
"""

from __future__ import annotations

import enum
import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography import x509


class Standing(enum.StrEnum):
    """What is known of the organisation behind a seal."""

    IN_STELSEL = "in_stelsel"  # the scheme knows this very certificate
    BUITEN_STELSEL = "buiten_stelsel"  # a path to a configured anchor; its OIN is shown
    ONBEKEND = "onbekend"  # well-formed, but nothing vouches for it


@dataclass(frozen=True, slots=True)
class KnownSeal:
    """A participant's seal certificate as the scheme knows it."""

    certificate: x509.Certificate
    oin: str
    name: str


@dataclass(frozen=True, slots=True)
class Trust:
    """What a verifier goes by. ``known`` is keyed by the SHA-256 (32 bytes) of the certificate's DER."""

    anchors: tuple[x509.Certificate, ...] = ()
    known: Mapping[bytes, KnownSeal] = field(default_factory=dict)
    environment: str = "test"
    time_authorities: tuple[tuple[x509.Certificate, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SealCertificate:
    """A seal certificate that fits the profile, and what is known of it.

    ``oin``: 20 digits; ``name``: the organisation, from the scheme where it knows it, else from the certificate (which
    anybody can write when ``standing`` is ``onbekend``); ``uri``: the only URI it may seal for, equal to ``iss``.
    """

    certificate: x509.Certificate
    oin: str
    name: str
    uri: str
    standing: Standing

    @property
    def public_key(self) -> ec.EllipticCurvePublicKey:
        """The key that must have signed; on P-256, as the profile demands."""
        return _key(self.certificate)

    @property
    def thumbprint(self) -> bytes:
        """SHA-256 over the DER, 32 bytes: ``kid`` of what this certificate seals."""
        return thumbprint(self.certificate)


@functools.lru_cache(maxsize=256)
def _key(certificate: x509.Certificate) -> ec.EllipticCurvePublicKey:
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return key


@functools.lru_cache(maxsize=256)
def thumbprint(certificate: x509.Certificate) -> bytes:
    """SHA-256 over the DER of ``certificate``, 32 bytes."""
    return certificate.fingerprint(hashes.SHA256())
