# SPDX-License-Identifier: EUPL-1.2
"""Chains of certificates from a plan, so that a bad one differs from the good one in exactly the thing named."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from blauweknop.adapters.keys.issuing import key_usage
from blauweknop.core.seal.trust import KnownSeal, Trust, thumbprint
from blauweknop.testing.sealing import fixed_key

ISS = "https://bron.example"
OIN = "00000001999999999000"
AT = 1_790_000_000
SEAL_USAGE = frozenset(["digital_signature", "content_commitment"])
CA_USAGE = frozenset(["key_cert_sign", "crl_sign"])

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def name(common: str, *numbers: str, organisation: str = "Bron") -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            *(x509.NameAttribute(NameOID.SERIAL_NUMBER, number) for number in numbers),
        ]
    )


@dataclasses.dataclass(frozen=True)
class Plan:
    """One certificate. ``issuer`` and ``signer``: where they differ from the certificate above."""

    subject: x509.Name
    key: PrivateKey
    ca: bool | None = None  # None: no basicConstraints
    path_length: int | None = None
    usage: frozenset[str] | None = SEAL_USAGE
    uris: tuple[str, ...] = ()
    extra: tuple[tuple[x509.ExtensionType, bool], ...] = ()
    start: int = AT - 86_400
    end: int = AT + 86_400
    issuer: x509.Name | None = None
    signer: PrivateKey | None = None


ROOT = Plan(name("Root"), fixed_key("root"), ca=True, path_length=1, usage=CA_USAGE)
ISSUING = Plan(name("Issuing"), fixed_key("issuing"), ca=True, path_length=0, usage=CA_USAGE)
SEAL = Plan(name("Bron", OIN), fixed_key("seal"), ca=False, uris=(ISS,))
GOOD = (SEAL, ISSUING, ROOT)


def changed(place: int, **changes: Any) -> tuple[Plan, ...]:
    """The good chain with changes in one certificate: 0 the seal, 1 the issuing CA, 2 the root."""
    return tuple(dataclasses.replace(plan, **changes) if place == at else plan for at, plan in enumerate(GOOD))


def issue(plans: Sequence[Plan]) -> list[x509.Certificate]:
    """The certificates, the seal's first; the last is self-signed."""
    return [_issue(plan, above) for plan, above in zip(plans, [*plans[1:], plans[-1]], strict=True)]


def x5c(certificates: Sequence[x509.Certificate]) -> tuple[bytes, ...]:
    """DER of all but the anchor."""
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in certificates[:-1])


def trust(*, anchor: x509.Certificate | None = None, known: x509.Certificate | None = None, oin: str = OIN) -> Trust:
    return Trust(
        anchors=(anchor,) if anchor else (),
        known={thumbprint(known): KnownSeal(known, oin, "De Bron")} if known else {},
    )


def _issue(plan: Plan, above: Plan) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(plan.subject)
        .issuer_name(plan.issuer or above.subject)
        .public_key(plan.key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime.fromtimestamp(plan.start, dt.UTC))
        .not_valid_after(dt.datetime.fromtimestamp(plan.end, dt.UTC))
    )
    for extension, critical in _extensions(plan):
        builder = builder.add_extension(extension, critical=critical)
    signer = plan.signer or above.key
    return builder.sign(signer, None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def _extensions(plan: Plan) -> list[tuple[x509.ExtensionType, bool]]:
    made: list[tuple[x509.ExtensionType, bool]] = list(plan.extra)
    if plan.ca is not None:
        made.append((x509.BasicConstraints(ca=plan.ca, path_length=plan.path_length if plan.ca else None), True))
    if plan.usage is not None:
        made.append((key_usage(*plan.usage), True))
    if plan.uris:
        made.append((x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri) for uri in plan.uris]), False))
    return made
