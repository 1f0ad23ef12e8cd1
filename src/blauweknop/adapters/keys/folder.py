# SPDX-License-Identifier: EUPL-1.2
"""The keys of one source in one folder: the contract (``contract.py``) over files.

::

    <folder>/                0700
      seal.key.pem           0600, PKCS #8, P-256      seal.crt.pem    own certificate first, then the intermediates
      status.key.pem         0600, PKCS #8, P-256      status.crt.pem  the same
      log.secret             0600, "log <base64url of 32 bytes>"
      session.secret         0600, "session <base64url of 32 bytes>"
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from blauweknop.adapters.keys.contract import SECRET_BYTES, Purpose, SecretPurpose
from blauweknop.adapters.keys.errors import KeyUnusableError
from blauweknop.adapters.keys.issuing import is_of_test_chain
from blauweknop.adapters.keys.private_file import (
    PRIVATE_FILE,
    check_private_folder,
    read_private,
    read_public,
    write_file,
)
from blauweknop.core.seal.der_certificate import DerCertificate, read_certificate
from blauweknop.core.seal.seal_profile import (
    SealSubject,
    check_register_profile,
    check_seal_profile,
    check_status_profile,
)
from blauweknop.core.seal.trust import thumbprint
from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.keys import P256Signer
from blauweknop.errors import BlauweKnopError, MalformedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PROFILES = {
    Purpose.SEAL.value: check_seal_profile,
    Purpose.STATUS.value: check_status_profile,
    "register": check_register_profile,  # of the register service alone
}


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """The keys of one source, as files in ``folder``."""

    folder: Path

    def signer(self, purpose: Purpose) -> P256Signer:
        """The signer for ``purpose``; ``kid`` is base64url(SHA-256(certificate DER)). Raises: ``KeyUnusableError``."""
        return load_signer(self.folder, purpose)

    def secret(self, purpose: SecretPurpose) -> bytes:
        """The secret for ``purpose``, 32 bytes. Raises: ``KeyUnusableError``."""
        return load_secret(self.folder, purpose)

    def check_fit(self, *, iss: str, oin: str, environment: str, at: int) -> None:
        """What a source checks when it starts: the keys are its own, count now (``at``), and are of this environment.

        Raises: ``KeyUnusableError`` that names the file and the rule.
        """
        for purpose in Purpose:
            path = certificate_path(self.folder, purpose)
            certificates, subject = _read_certificates(self.folder, purpose)
            if (subject.uri, subject.oin) != (iss, oin):
                raise KeyUnusableError(f"{path} is of another iss or OIN")
            if not all(one.not_before <= at <= one.not_after for one in certificates):
                raise KeyUnusableError(f"{path} is not valid now: what it seals would be refused")
            if environment != "test" and is_of_test_chain(certificates[0].certificate):
                raise KeyUnusableError(f"{path} is of the test chain, and omgeving says {environment}")


def key_path(folder: Path, purpose: str) -> Path:
    """Where the private key for ``purpose`` lies."""
    return folder / f"{purpose}.key.pem"


def certificate_path(folder: Path, purpose: str) -> Path:
    """Where the certificates for ``purpose`` lie."""
    return folder / f"{purpose}.crt.pem"


def load_signer(folder: Path, purpose: str) -> P256Signer:
    """The signer for ``purpose`` (``seal``, ``status``), checked with its certificate. Raises: ``KeyUnusableError``."""
    check_private_folder(folder)
    path = key_path(folder, purpose)
    try:
        key = load_pem_private_key(read_private(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusableError(f"{path} is not a private key in PEM (PKCS #8) without password") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyUnusableError(f"{path} is not a key on P-256")
    certificates = load_certificates(folder, purpose)
    if certificates[0].key != key.public_key():
        raise KeyUnusableError(f"{path} and {certificate_path(folder, purpose).name} are not of one key")
    return P256Signer(
        key,
        kid=b64url_encode(thumbprint(certificates[0].certificate)),
        certificates=tuple(one.certificate.public_bytes(Encoding.DER) for one in certificates),
    )


def load_certificates(folder: Path, purpose: str) -> tuple[DerCertificate, ...]:
    """The certificates for ``purpose``, own first, fit for that purpose. Raises: ``KeyUnusableError``."""
    return _read_certificates(folder, purpose)[0]


def load_subject(folder: Path, purpose: str) -> SealSubject:
    """Of whom the keys for ``purpose`` are. Raises: ``KeyUnusableError``."""
    return _read_certificates(folder, purpose)[1]


def _read_certificates(folder: Path, purpose: str) -> tuple[tuple[DerCertificate, ...], SealSubject]:
    path = certificate_path(folder, purpose)
    try:
        certificates = tuple(map(read_certificate, x509.load_pem_x509_certificates(read_public(path))))
        subject = _PROFILES[purpose](certificates[0])
    except (ValueError, KeyError) as error:
        raise KeyUnusableError(f"{path} holds no certificate in PEM, or {purpose} is no purpose") from error
    except KeyUnusableError:
        raise
    except BlauweKnopError as error:
        raise KeyUnusableError(f"{path}: {error}") from error
    return certificates, subject


def ensure_secrets(folder: Path, purposes: Iterable[str]) -> None:
    """Makes those secrets of ``purposes`` in ``folder`` that are not there yet; durable when it returns.

    Raises: ``KeyUnusableError`` for one that is there and cannot be used, ``InfrastructureError``.
    """
    for purpose in purposes:
        path = folder / f"{purpose}.secret"
        if path.exists():
            load_secret(folder, purpose)
        else:
            write_file(path, secret_file(purpose), PRIVATE_FILE)


def secret_file(purpose: str) -> bytes:
    """What stands in the file of a fresh secret."""
    return f"{purpose} {b64url_encode(secrets.token_bytes(SECRET_BYTES))}\n".encode("ascii")


def load_secret(folder: Path, purpose: str) -> bytes:
    """The secret for ``purpose`` (``log``, ``session``), 32 bytes. Raises: ``KeyUnusableError``."""
    check_private_folder(folder)
    path = folder / f"{purpose}.secret"
    word, _, spelling = read_private(path).strip().partition(b" ")
    if word != purpose.encode():
        raise KeyUnusableError(f"{path} is not a secret for {purpose}")
    try:
        secret = b64url_decode(spelling)
    except MalformedError as error:
        raise KeyUnusableError(f"{path} is not spelt in base64url") from error
    if len(secret) != SECRET_BYTES:
        raise KeyUnusableError(f"{path} is not {SECRET_BYTES} bytes long")
    return secret
