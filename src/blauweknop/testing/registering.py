# SPDX-License-Identifier: EUPL-1.2
"""A small register that is the same every time: for vectors, tests and benchmarks, never for real trust.

``register_kit`` holds the keys and a good payload; a case takes that payload, changes one thing, and signs it.
"""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from blauweknop.adapters.keys.issuing import key_usage
from blauweknop.core.scheme.document import TYP, detail_hash
from blauweknop.core.scheme.register import RegisterTrust
from blauweknop.core.seal.seal_profile import REGISTER_SIGNING, STATUS_SIGNING
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jwk import jwk_thumbprint, make_jwk
from blauweknop.core.wire.jws import sign_compact
from blauweknop.core.wire.strict_json import encode
from blauweknop.core.wire.x5c import encode_x5c
from blauweknop.testing.sealing import FixedSigner, fixed_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

REGISTER_ISS: Final = "https://register.voorbeeld.example"
SOURCE_ISS: Final = "https://bron.voorbeeld.example"
REQUESTER_ISS: Final = "https://vrager.voorbeeld.example"
MANAGER_OIN: Final = "00000001000000000000"
SOURCE_OIN: Final = "00000001999999999000"
REQUESTER_OIN: Final = "00000001888888888000"
AT: Final = 1_793_534_400  # 2026-11-01T12:00:00Z
YEAR: Final = 365 * 86_400
_FROM = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_UNTIL = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)


def named_key(label: str) -> ec.EllipticCurvePrivateKey:
    """The key that belongs to ``label`` in this register."""
    return fixed_key(f"register {label}")


def make_root(label: str = "root") -> x509.Certificate:
    """The self-signed root of ``label``."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Voorbeeld register {label}")])
    key = named_key(label)
    return (
        _builder(name, name, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_usage("key_cert_sign"), critical=True)
        .sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    )


def make_certificate(
    label: str,
    *,
    uri: str = REGISTER_ISS,
    oin: str = MANAGER_OIN,
    purpose: str = "register",
    root: str = "root",
) -> x509.Certificate:
    """The certificate of key ``label`` for ``purpose`` (``register``, ``seal``, ``status``) under ``root``."""
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Voorbeeld"), x509.NameAttribute(NameOID.SERIAL_NUMBER, oin)]
    )
    usages = ["digital_signature", "content_commitment"] if purpose == "seal" else ["digital_signature"]
    builder = (
        _builder(subject, make_root(root).subject, named_key(label).public_key())
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri)]), critical=False)
        .add_extension(key_usage(*usages), critical=True)
    )
    extended = {"register": REGISTER_SIGNING, "status": STATUS_SIGNING}.get(purpose)
    if extended is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([extended]), critical=False)
    return builder.sign(named_key(root), hashes.SHA256(), ecdsa_deterministic=True)


def make_signer(label: str, certificate: x509.Certificate | None = None) -> FixedSigner:
    """A signer with key ``label``; its ``kid`` as the register has it."""
    key = named_key(label)
    if certificate is None:
        return FixedSigner(key, kid=jwk_thumbprint(key.public_key()))
    der = certificate.public_bytes(Encoding.DER)
    return FixedSigner(key, kid=b64url_encode(hashlib.sha256(der).digest()), certificates=(der,))


def key_entry(label: str, purpose: str, status: int, certificate: x509.Certificate | None = None) -> dict[str, Any]:
    """A key as it stands in a detail; valid for a year around ``AT``."""
    entry = {
        "kid": make_signer(label, certificate).kid,
        "doel": purpose,
        "jwk": make_jwk(named_key(label).public_key()),
        "van": AT - YEAR,
        "tot": AT + YEAR,
        "status": status,
    }
    if certificate is not None:
        entry["x5c"] = encode_x5c([certificate.public_bytes(Encoding.DER)])
    return entry


@dataclass(frozen=True)
class RegisterKit:
    """A good register: ``payload`` and ``details`` (by OIN) to copy and change; ``trust`` that believes it."""

    payload: dict[str, Any]
    details: dict[str, dict[str, Any]]
    signer: FixedSigner
    trust: RegisterTrust

    def copy(self) -> RegisterKit:
        """The same, to change."""
        return RegisterKit(copy.deepcopy(self.payload), copy.deepcopy(self.details), self.signer, self.trust)

    def sign(self, **header: Any) -> bytes:
        """The register of ``payload``; ``header`` members are added or replace those of a good header."""
        full = {"typ": TYP, "x5c": encode_x5c(self.signer.certificates), **header}
        return sign_compact(full, encode(self.payload), self.signer)

    def detail_bytes(self, oin: str) -> bytes:
        """The detail of ``oin``."""
        return encode(self.details[oin])

    def link_details(self) -> None:
        """Makes the index name the details as they are now."""
        for participant in self.payload["deelnemers"]:
            detail = self.details[participant["oin"]]
            participant["detail"] = detail_hash(encode(detail))
            prints: dict[str, list[str]] = {}
            for key in detail["sleutels"]:
                prints.setdefault(key["doel"], []).append(_print_of(key["jwk"]))
            participant["sleutels"] = prints


def register_kit() -> RegisterKit:
    """Three participants: the scheme manager, a source that seals, a requester."""
    details = {
        MANAGER_OIN: _detail(
            MANAGER_OIN,
            REGISTER_ISS,
            [
                key_entry("manager status", "status", 3, make_certificate("manager status", purpose="status")),
                key_entry("manager statement", "statement", 4),
            ],
        ),
        SOURCE_OIN: _detail(
            SOURCE_OIN,
            SOURCE_ISS,
            [
                key_entry("source seal", "seal", 5, _own("source seal", "seal")),
                key_entry("source status", "status", 6, _own("source status", "status")),
                key_entry("source encryption", "encryption", 7),
            ],
            gegevenssets=["inkomen/1"],
        ),
        REQUESTER_OIN: _detail(
            REQUESTER_OIN,
            REQUESTER_ISS,
            [key_entry("requester client", "client", 8), key_entry("requester dpop", "dpop", 9)],
            privaat=True,
            toelatingen=[{"dienst": "hypotheek/1", "sinds": AT - 86_400}],
        ),
    }
    payload = {
        "iss": REGISTER_ISS,
        "omgeving": "test",
        "version": 7,
        "iat": AT,
        "exp": AT + 86_400,
        "statuslijst": f"{REGISTER_ISS}/status/deelnemers",
        "deelnemers": [
            _participant(MANAGER_OIN, "Stelselbeheer Voorbeeld", REGISTER_ISS, "stelselbeheerder", 0),
            {**_participant(SOURCE_OIN, "Bron Voorbeeld", SOURCE_ISS, "bron", 1), "waarmerk_sinds": AT - YEAR},
            _participant(REQUESTER_OIN, "Café ’t Voorbeeld B.V.", REQUESTER_ISS, "vrager", 2),
        ],
        "gepubliceerd": {
            "gegevenssets": {"inkomen/1": detail_hash(b"inkomen")},
            "diensten": {"hypotheek/1": detail_hash(b"hypotheek")},
            "begrippen": {"verzamelinkomen/1": detail_hash(b"verzamelinkomen")},
        },
    }
    signer = make_signer("register", make_certificate("register"))
    kit = RegisterKit(payload, details, signer, RegisterTrust((make_root(),), REGISTER_ISS, "test"))
    kit.link_details()
    return kit


def _own(label: str, purpose: str) -> x509.Certificate:
    return make_certificate(label, uri=SOURCE_ISS, oin=SOURCE_OIN, purpose=purpose)


def _print_of(jwk: dict[str, Any]) -> str:
    return b64url_encode(hashlib.sha256(encode(jwk)).digest())


def _detail(oin: str, iss: str, keys: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"oin": oin, "iss": iss, "privaat": False, "sleutels": keys, **more}


def _participant(oin: str, name: str, iss: str, role: str, status: int) -> dict[str, Any]:
    return {
        "oin": oin,
        "naam": name,
        "iss": iss,
        "rollen": [role],
        "fase": "gecertificeerd",
        "sinds": AT - 86_400,
        "sleutels": {},
        "detail": "",
        "status": status,
    }


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    serial = hashlib.sha256(subject.public_bytes() + key.public_numbers().x.to_bytes(32, "big")).digest()[:8]
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(int.from_bytes(serial, "big") + 1)
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
    )
