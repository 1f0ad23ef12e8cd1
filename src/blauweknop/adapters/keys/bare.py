# SPDX-License-Identifier: EUPL-1.2
"""Keys without a certificate: their public half stands in the register (or, of an account, in its store).

One file a key, ``<purpose>.key.pem``, mode 0600, PKCS #8 on P-256; its first line says the purpose, so that a file that
was copied to another name is refused. ``kid`` is the RFC 7638 thumbprint. Nothing is ever overwritten.

**Trust sentence.** Who steals one of these can do what its purpose says in the name of its owner, until the register
marks the key as compromised; who changes one can at most stop the service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from blauweknop.adapters.keys.errors import KeyUnusableError
from blauweknop.adapters.keys.issuing import make_key
from blauweknop.adapters.keys.private_file import PRIVATE_FILE, PRIVATE_FOLDER, read_private, write_file
from blauweknop.core.wire.jwk import jwk_thumbprint
from blauweknop.core.wire.keys import P256Signer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FIRST_LINE: Final = b"Purpose: "


def bare_key_path(folder: Path, purpose: str) -> Path:
    """Where the key for ``purpose`` lies."""
    return folder / f"{purpose}.key.pem"


def bare_key_file(key: ec.EllipticCurvePrivateKey, purpose: str) -> bytes:
    """What stands in the file of ``key``."""
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return _FIRST_LINE + purpose.encode("ascii") + b"\n" + pem


def public_file(key: ec.EllipticCurvePublicKey) -> bytes:
    """``key`` as it is handed in to be registered: PEM (SubjectPublicKeyInfo)."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def make_bare_key(path: Path, purpose: str) -> ec.EllipticCurvePublicKey:
    """Makes a key at ``path``; durable when it returns. Raises: ``KeyExistsError``, ``InfrastructureError``."""
    key = make_key()
    write_file(path, bare_key_file(key, purpose), PRIVATE_FILE)
    return key.public_key()


def ensure_bare_keys(folder: Path, purposes: Iterable[str]) -> None:
    """Makes those keys of ``purposes`` in ``folder`` that are not there yet; durable when it returns.

    Raises: ``KeyUnusableError`` for one that is there and cannot be used, ``InfrastructureError``.
    """
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    for purpose in purposes:
        path = bare_key_path(folder, purpose)
        if path.exists():
            load_bare_key(path, purpose)
        else:
            make_bare_key(path, purpose)


def load_bare_key(path: Path, purpose: str) -> ec.EllipticCurvePrivateKey:
    """The key at ``path``, once it is one for ``purpose``. Raises: ``KeyUnusableError``."""
    first, _, pem = read_private(path).partition(b"\n")
    if first != _FIRST_LINE + purpose.encode("ascii"):
        raise KeyUnusableError(f"{path} is not a key for {purpose}")
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusableError(f"{path} is not a private key in PEM (PKCS #8) without password") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyUnusableError(f"{path} is not a key on P-256")
    return key


def load_bare_signer(path: Path, purpose: str) -> P256Signer:
    """The signer at ``path`` for ``purpose``. Raises: ``KeyUnusableError``."""
    key = load_bare_key(path, purpose)
    return P256Signer(key, kid=jwk_thumbprint(key.public_key()))
