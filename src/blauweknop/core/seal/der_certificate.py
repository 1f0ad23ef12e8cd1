# SPDX-License-Identifier: EUPL-1.2
"""One X.509 certificate, read from DER into what the path and profile checks need (RFC 5280 §4).

- at most ``MAX_DER_BYTES``; strict DER, nothing after it; version 3 (RFC 5280 §4.1.2.1);
- keys on P-256 or P-384 only, signatures by ECDSA with SHA-256, -384 or -512 only;
- no extension twice (RFC 5280 §4.2); each extension we use must be readable.

Nothing here believes the certificate: see ``certificate_path`` and ``seal_profile``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import SignatureAlgorithmOID

from blauweknop.core.seal.certificate_errors import CertificateMalformedError

MAX_DER_BYTES = 4096
_CURVES = (ec.SECP256R1, ec.SECP384R1)
_SIGNATURES = frozenset(
    [
        SignatureAlgorithmOID.ECDSA_WITH_SHA256,
        SignatureAlgorithmOID.ECDSA_WITH_SHA384,
        SignatureAlgorithmOID.ECDSA_WITH_SHA512,
    ]
)
_Extension = TypeVar("_Extension", bound=x509.ExtensionType)


@dataclass(frozen=True, slots=True)
class DerCertificate:
    """A certificate in readable form, unverified. ``not_before``, ``not_after``: seconds since 1970, both inclusive."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePublicKey
    extensions: x509.Extensions
    subject: bytes
    issuer: bytes
    not_before: float
    not_after: float

    def extension(self, kind: type[_Extension]) -> _Extension | None:
        """The extension of type ``kind``, or None."""
        return next((found.value for found in self.extensions if isinstance(found.value, kind)), None)

    def is_signed_by(self, issuer: DerCertificate) -> bool:
        """Whether the names chain and the signature is by ``issuer``'s key. Spec: RFC 5280 §6.1.3 (a)(1) and (a)(4)."""
        try:
            self.certificate.verify_directly_issued_by(issuer.certificate)
        except (InvalidSignature, ValueError):
            return False
        return True


def parse_der_certificate(der: bytes) -> DerCertificate:
    """The certificate that ``der`` spells.

    Raises: ``CertificateMalformedError`` for anything that is not one DER certificate of the form above.
    """
    if len(der) > MAX_DER_BYTES:
        raise CertificateMalformedError(f"more than {MAX_DER_BYTES} bytes", clause="RFC 5280 §4.1")
    try:
        return read_certificate(x509.load_der_x509_certificate(der))
    except ValueError as error:
        raise CertificateMalformedError("not a DER certificate", clause="RFC 5280 §4.1") from error


def read_certificate(certificate: x509.Certificate) -> DerCertificate:
    """As ``parse_der_certificate``, for a certificate that is already loaded."""
    try:
        if certificate.version is not x509.Version.v3:
            raise CertificateMalformedError("not version 3", clause="RFC 5280 §4.1.2.1")
        key = certificate.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, _CURVES):
            raise CertificateMalformedError("the key is not on P-256 or P-384", clause="RFC 5480 §2.1.1")
        if certificate.signature_algorithm_oid not in _SIGNATURES:
            raise CertificateMalformedError("the signature is not ECDSA with SHA-2", clause="RFC 5758 §3.2")
        return DerCertificate(
            certificate=certificate,
            key=key,
            extensions=certificate.extensions,
            subject=certificate.subject.public_bytes(),
            issuer=certificate.issuer.public_bytes(),
            not_before=certificate.not_valid_before_utc.timestamp(),
            not_after=certificate.not_valid_after_utc.timestamp(),
        )
    except x509.DuplicateExtension as error:
        raise CertificateMalformedError("an extension stands twice", clause="RFC 5280 §4.2") from error
    except (ValueError, UnsupportedAlgorithm, x509.UnsupportedGeneralNameType) as error:
        raise CertificateMalformedError("a field cannot be read", clause="RFC 5280 §4.1") from error
