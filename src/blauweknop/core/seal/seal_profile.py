# SPDX-License-Identifier: EUPL-1.2
"""Which certificates may seal: the profile of system.md 4.

1. the key is on P-256 (ES256 signs);
2. not a CA, not self-issued (RFC 5280 §4.2.1.9);
3. keyUsage is digitalSignature and nonRepudiation, and nothing else: one key, one purpose (§4.2.1.3);
4. extendedKeyUsage, where it stands, names signing of documents and no other purpose (§4.2.1.12; RFC 9336);
5. exactly one URI in subjectAltName (§4.2.1.6), the only ``iss`` it may seal for;
6. exactly one serialNumber in the subject: the OIN, 20 digits.

The certificate of a source's status lists is the same but for 3 and 4: keyUsage is digitalSignature alone and
extendedKeyUsage is oauthStatusSigning alone (Token Status List §10.1), so that neither can stand in for the other.

The certificate of the register is the same as the latter, with an extendedKeyUsage of our own (``REGISTER_SIGNING``, in
the arc for UUIDs of ITU-T X.667): no participant's certificate under the same root can sign a register.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from blauweknop.core.seal.certificate_errors import CertificateIssuerError, CertificateProfileError

if TYPE_CHECKING:
    from blauweknop.core.seal.der_certificate import DerCertificate

_OIN = re.compile(r"[0-9]{20}", re.ASCII)
_MAX_NAME = 200
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336 §3
STATUS_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.30")  # Token Status List §10.1
REGISTER_SIGNING = x509.ObjectIdentifier("2.25.147603580674409507694311930064263875344")
_SEAL_USAGE = frozenset(["digital_signature", "content_commitment"])
_STATUS_USAGE = frozenset(["digital_signature"])
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
)


@dataclass(frozen=True, slots=True)
class SealSubject:
    """Of whom a certificate says it is: ``oin`` (20 digits), ``name`` (may be empty) and the ``uri`` it signs for."""

    oin: str
    name: str
    uri: str


def check_seal_profile(certificate: DerCertificate) -> SealSubject:
    """The subject of ``certificate``, once it may seal. Raises: ``CertificateProfileError``."""
    subject = _check_leaf(certificate)
    if _usage(certificate) != _SEAL_USAGE:  # 3.
        raise CertificateProfileError("keyUsage is not digitalSignature, nonRepudiation", clause="RFC 5280 §4.2.1.3")
    if _extended_usage(certificate) not in ([], [_DOCUMENT_SIGNING]):  # 4.
        raise CertificateProfileError("extendedKeyUsage is not documentSigning", clause="RFC 9336 §3")
    return subject


def check_status_profile(certificate: DerCertificate) -> SealSubject:
    """The subject of ``certificate``, once it may sign status lists. Raises: ``CertificateProfileError``."""
    subject = _check_leaf(certificate)
    if _usage(certificate) != _STATUS_USAGE:
        raise CertificateProfileError("keyUsage is not digitalSignature alone", clause="RFC 5280 §4.2.1.3")
    if _extended_usage(certificate) != [STATUS_SIGNING]:
        raise CertificateProfileError("extendedKeyUsage is not oauthStatusSigning", clause="Token Status List §10.1")
    return subject


def check_register_profile(certificate: DerCertificate) -> SealSubject:
    """The subject of ``certificate``, once it may sign the register. Raises: ``CertificateProfileError``."""
    subject = _check_leaf(certificate)
    if _usage(certificate) != _STATUS_USAGE:
        raise CertificateProfileError("keyUsage is not digitalSignature alone", clause="RFC 5280 §4.2.1.3")
    if _extended_usage(certificate) != [REGISTER_SIGNING]:
        raise CertificateProfileError("extendedKeyUsage is not the signing of registers", clause="RFC 5280 §4.2.1.12")
    return subject


def check_seals_for(subject: SealSubject, iss: str) -> None:
    """Rule 5 at use: one exact string, no normalising. Raises: ``CertificateIssuerError``."""
    if subject.uri != iss:
        raise CertificateIssuerError("iss is not the URI of the certificate", clause="RFC 9901 §7.1(2.c)")


def _check_leaf(certificate: DerCertificate) -> SealSubject:
    if not isinstance(certificate.key.curve, ec.SECP256R1):  # 1.
        raise CertificateProfileError("the key is not on P-256", clause="RFC 7518 §3.4")
    constraints = certificate.extension(x509.BasicConstraints)
    if constraints is not None and constraints.ca:  # 2.
        raise CertificateProfileError("a CA certificate may not seal", clause="RFC 5280 §4.2.1.9")
    if certificate.subject == certificate.issuer:
        raise CertificateProfileError("a self-signed certificate may not seal", clause="RFC 5280 §3.2")
    return SealSubject(oin=_oin(certificate), name=_name(certificate), uri=_uri(certificate))  # 5. and 6.


def _usage(certificate: DerCertificate) -> set[str]:
    usage = certificate.extension(x509.KeyUsage)
    return set() if usage is None else {name for name in _USAGES if getattr(usage, name)}


def _extended_usage(certificate: DerCertificate) -> list[x509.ObjectIdentifier]:
    return list(certificate.extension(x509.ExtendedKeyUsage) or [])


def _uri(certificate: DerCertificate) -> str:
    names = certificate.extension(x509.SubjectAlternativeName)
    uris = [] if names is None else names.get_values_for_type(x509.UniformResourceIdentifier)
    if len(uris) != 1:
        raise CertificateProfileError("subjectAltName does not have exactly one URI", clause="RFC 5280 §4.2.1.6")
    return uris[0]


def _oin(certificate: DerCertificate) -> str:
    numbers = _texts(certificate, NameOID.SERIAL_NUMBER)
    if len(numbers) != 1 or not _OIN.fullmatch(numbers[0]):
        raise CertificateProfileError("the subject's serialNumber is not one OIN of 20 digits", clause="X.520 §6.2.9")
    return numbers[0]


def _name(certificate: DerCertificate) -> str:
    names = _texts(certificate, NameOID.ORGANIZATION_NAME) or _texts(certificate, NameOID.COMMON_NAME)
    name = names[0] if names else ""
    if len(name) > _MAX_NAME or not name.isprintable():
        raise CertificateProfileError("the organisation's name cannot be shown", clause="RFC 5280 §4.1.2.6")
    return name


def _texts(certificate: DerCertificate, kind: x509.ObjectIdentifier) -> list[str]:
    return [
        attribute.value
        for attribute in certificate.certificate.subject.get_attributes_for_oid(kind)
        if isinstance(attribute.value, str)
    ]
