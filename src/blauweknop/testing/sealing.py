# SPDX-License-Identifier: EUPL-1.2
"""Keys, certificates and salts that are the same every time: for vectors, tests and benchmarks, never for real data.

Everything is derived from labels, signatures are deterministic (RFC 6979), so that whatever is made with these can be
made again byte for byte.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from blauweknop.adapters.keys.issuing import key_usage
from blauweknop.core.dataset.definition import DataSetDefinition, Element, Text
from blauweknop.core.seal.trust import KnownSeal, Trust
from blauweknop.core.wire.base64url import b64url_encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from blauweknop.core.dataset.definition import Kind, Shape

ISS: Final = "https://bron.voorbeeld.example"
OIN: Final = "00000001999999999000"
NAME: Final = "Voorbeeldbron"
SCHEME_URL: Final = "https://stelsel.voorbeeld.example"
_WORDS: Final = Text("nl", "en")
_FROM = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_UNTIL = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def fixed_key(label: str) -> ec.EllipticCurvePrivateKey:
    """The P-256 key that belongs to ``label``."""
    scalar = int.from_bytes(hashlib.sha256(label.encode()).digest(), "big") % (_ORDER - 1) + 1
    return ec.derive_private_key(scalar, ec.SECP256R1())


def fixed_random(label: str) -> Callable[[int], bytes]:
    """A source of bytes that gives the same ones every time it is made for ``label``."""
    stream = hashlib.shake_256(label.encode())
    taken = 0

    def draw(count: int) -> bytes:
        nonlocal taken
        taken += count
        return stream.digest(taken)[-count:] if count else b""

    return draw


class FixedSigner:
    """A signer as ``P256Signer``, whose signatures are the same every time (RFC 6979)."""

    alg = "ES256"

    def __init__(self, key: ec.EllipticCurvePrivateKey, *, kid: str = "", certificates: tuple[bytes, ...] = ()) -> None:
        """``certificates``: DER, own first, without the anchor."""
        self._key = key
        self.kid = kid
        self.certificates = certificates

    def sign(self, data: bytes) -> bytes:
        """Raw ``R || S``, 64 bytes."""
        der = self._key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        return b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(der))


@dataclass(frozen=True)
class SealKit:
    """A source's seal under a CA of its own: ``trust`` knows it, ``anchored`` only its CA, ``stranger`` neither."""

    signer: FixedSigner
    root: x509.Certificate
    certificate: x509.Certificate
    holder: FixedSigner
    holder_key: ec.EllipticCurvePublicKey
    trust: Trust
    anchored: Trust
    stranger: Trust


def seal_kit(*, iss: str = ISS, environment: str = "test") -> SealKit:
    """The keys and certificates of the source ``iss``; the same ones every time."""
    root_key, key, holder_key = (fixed_key(f"{purpose} {iss}") for purpose in ("root", "seal", "holder"))
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Voorbeeld-CA")])
    root = _sign(_root(root_name, root_key), root_key)
    certificate = _sign(_leaf(root_name, key, iss), root_key)
    der = certificate.public_bytes(Encoding.DER)
    thumbprint = hashlib.sha256(der).digest()
    known = {thumbprint: KnownSeal(certificate=certificate, oin=OIN, name=NAME)}
    return SealKit(
        signer=FixedSigner(key, kid=b64url_encode(thumbprint), certificates=(der,)),
        root=root,
        certificate=certificate,
        holder=FixedSigner(holder_key),
        holder_key=holder_key.public_key(),
        trust=Trust(anchors=(root,), known=known, environment=environment),
        anchored=Trust(anchors=(root,), known={}, environment=environment),
        stranger=Trust(anchors=(), known={}, environment=environment),
    )


def small_element(name: str, kind: Kind, *parts: Element, on_paper: bool = False) -> Element:
    """An element of the concept of the same name, with texts that say nothing."""
    return Element(
        id=name, kind=kind, concept=f"{name}/1", title=_WORDS, explanation=_WORDS, on_paper=on_paper, parts=parts
    )


def small_definition(name: str, *elements: Element, shape: Shape = "enkel") -> DataSetDefinition:
    """The data set ``name/1``, with texts that say nothing."""
    return DataSetDefinition(
        id=name,
        version=1,
        shape=shape,
        title=_WORDS,
        explanation=_WORDS,
        source_kind=_WORDS,
        unknown_person="leeg",
        freshness="P1D",
        report_error=_WORDS,
        assurance="hoog",
        elements=elements,
    )


def _root(name: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    return (
        _builder(name, name, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_usage("key_cert_sign"), critical=True)
    )


def _leaf(issuer: x509.Name, key: ec.EllipticCurvePrivateKey, iss: str) -> x509.CertificateBuilder:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, NAME),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, OIN),
        ]
    )
    return (
        _builder(subject, issuer, key.public_key())
        .add_extension(key_usage("digital_signature", "content_commitment"), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(iss)]), critical=False)
    )


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(int.from_bytes(hashlib.sha256(subject.public_bytes()).digest()[:8], "big") + 1)
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
    )


def _sign(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    return builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True)
