# SPDX-License-Identifier: EUPL-1.2
"""How the test CAs fill in a certificate (RFC 5280 §4; the profiles of ``core/seal/seal_profile.py``).

The CAs live ten years, what they issue two; all begin an hour before ``now``, for clocks that run behind. A path of
these satisfies validators of PAdES too: critical basicConstraints and keyUsage, key identifiers, nonRepudiation.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from blauweknop.adapters.keys.contract import Purpose
from blauweknop.core.seal.seal_profile import REGISTER_SIGNING, STATUS_SIGNING, SealSubject

TEST_ORGANISATION = "Blauwe Knop test"  # what our own CAs are called, and nothing in production may be
CA_YEARS = 10
LEAF_YEARS = 2
_CLOCK_SKEW = dt.timedelta(hours=1)
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True, slots=True)
class Authority:
    """A CA: its private key and its own certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


def make_key() -> ec.EllipticCurvePrivateKey:
    """A fresh key on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def issue_root(name: str, *, now: int) -> Authority:
    """A self-signed CA that allows one CA below it. ``now``: seconds since 1970."""
    key = make_key()
    subject = _name(name)
    builder = _start(subject, subject, key.public_key(), now, CA_YEARS)
    return Authority(key, _as_ca(builder, 1).sign(key, hashes.SHA256()))


def issue_authority(name: str, root: Authority, *, now: int) -> Authority:
    """A CA under ``root`` that allows no CA below it."""
    key = make_key()
    builder = _start(_name(name), root.certificate.subject, key.public_key(), now, CA_YEARS)
    builder = _with_issuer_key(_as_ca(builder, 0), root)
    return Authority(key, builder.sign(root.key, hashes.SHA256()))


def issue_leaf(
    subject: SealSubject, purpose: Purpose, key: ec.EllipticCurvePublicKey, authority: Authority, *, now: int
) -> x509.Certificate:
    """The certificate of ``subject`` for one ``purpose``."""
    usages = ("digital_signature", "content_commitment") if purpose is Purpose.SEAL else ("digital_signature",)
    builder = _start(
        _name(f"{subject.name} ({purpose}, test)", subject), authority.certificate.subject, key, now, LEAF_YEARS
    )
    builder = (
        _with_issuer_key(builder, authority)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(subject.uri)]), critical=False)
        .add_extension(key_usage(*usages), critical=True)
    )
    if purpose is Purpose.STATUS:
        builder = builder.add_extension(x509.ExtendedKeyUsage([STATUS_SIGNING]), critical=False)
    return builder.sign(authority.key, hashes.SHA256())


def is_of_test_chain(certificate: x509.Certificate) -> bool:
    """Whether ``certificate`` was issued by a test CA of ours, or is one."""
    return any(
        attribute.value == TEST_ORGANISATION
        for attribute in certificate.issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    )


def issue_register_leaf(
    subject: SealSubject, key: ec.EllipticCurvePublicKey, root: Authority, *, now: int
) -> x509.Certificate:
    """The certificate of the register itself: it signs the register and nothing else."""
    builder = _start(_name(f"{subject.name} (register, test)", subject), root.certificate.subject, key, now, LEAF_YEARS)
    return (
        _with_issuer_key(builder, root)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(subject.uri)]), critical=False)
        .add_extension(key_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([REGISTER_SIGNING]), critical=False)
        .sign(root.key, hashes.SHA256())
    )


def _start(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: int, years: int
) -> x509.CertificateBuilder:
    moment = dt.datetime.fromtimestamp(now, dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - _CLOCK_SKEW)
        .not_valid_after(moment + dt.timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _as_ca(builder: x509.CertificateBuilder, path_length: int) -> x509.CertificateBuilder:
    return builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True).add_extension(
        key_usage("key_cert_sign", "crl_sign"), critical=True
    )


def _with_issuer_key(builder: x509.CertificateBuilder, issuer: Authority) -> x509.CertificateBuilder:
    return builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
    )


def _name(common_name: str, subject: SealSubject | None = None) -> x509.Name:
    organisation = subject.name if subject else TEST_ORGANISATION
    attributes = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "NL"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
    ]
    if subject:
        attributes.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, subject.oin))
    return x509.Name(attributes)


def key_usage(*allowed: str) -> x509.KeyUsage:
    """The extension that allows these and nothing else; named as the attributes of ``x509.KeyUsage``.

    Raises: ``TypeError`` for another name.
    """
    return x509.KeyUsage(**dict.fromkeys(_USAGES, False) | dict.fromkeys(allowed, True))
