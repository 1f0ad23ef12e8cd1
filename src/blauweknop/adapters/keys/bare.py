# SPDX-License-Identifier: EUPL-1.2
"""Keys without a certificate: those whose public half stands in the register under its RFC 7638 thumbprint.

One file a purpose, ``<purpose>.key.pem`` (0600): a line ``doel: <purpose>``, then PKCS #8. A key that was copied to
another name is refused, as the line says what it is for. Made once, never overwritten.

**Trust sentence.** Who steals one can do what its purpose says until the register marks it: mint tokens (``token``),
forge receipts (``receipt``), ask as this organisation (``client`` together with ``dpop``), read who a token is about
(``encryption``).
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from blauweknop.adapters.keys.errors import KeyUnusableError
from blauweknop.adapters.keys.issuing import make_key
from blauweknop.adapters.keys.private_file import PRIVATE_FILE, PRIVATE_FOLDER, read_private, write_file
from blauweknop.core.wire.jwk import jwk_thumbprint
from blauweknop.core.wire.keys import P256Signer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class BarePurpose(enum.StrEnum):
    """What a key without certificate is for; values as in the register."""

    TOKEN = "token"  # noqa: S105 - the name of a purpose
    RECEIPT = "receipt"
    EVENT = "event"
    CHECKPOINT = "checkpoint"
    DPOP = "dpop"
    CLIENT = "client"
    REQUEST = "request"
    ENCRYPTION = "encryption"
    STATEMENT = "statement"


def bare_path(folder: Path, purpose: BarePurpose) -> Path:
    """Where the key for ``purpose`` lies."""
    return folder / f"{purpose}.key.pem"


def init_bare_keys(folder: Path, purposes: Iterable[BarePurpose]) -> None:
    """Makes those of ``purposes`` that are not there yet, each whole or not at all; durable when it returns.

    Raises: ``KeyUnusableError`` for one that is there and cannot be used, ``InfrastructureError``.
    """
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    for purpose in purposes:
        if bare_path(folder, purpose).exists():
            load_bare_key(folder, purpose)
            continue
        pem = make_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_file(bare_path(folder, purpose), _heading(purpose) + pem, PRIVATE_FILE)


def load_bare_key(folder: Path, purpose: BarePurpose) -> ec.EllipticCurvePrivateKey:
    """The private key for ``purpose``. Raises: ``KeyUnusableError``."""
    path = bare_path(folder, purpose)
    contents = read_private(path)
    if not contents.startswith(_heading(purpose)):
        raise KeyUnusableError(f"{path} is not a key for {purpose}")
    try:
        key = load_pem_private_key(contents, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusableError(f"{path} is not a private key in PEM (PKCS #8) without password") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyUnusableError(f"{path} is not a key on P-256")
    return key


def load_bare_signer(folder: Path, purpose: BarePurpose) -> P256Signer:
    """A signer for ``purpose``; ``kid`` is the RFC 7638 thumbprint. Raises: ``KeyUnusableError``."""
    key = load_bare_key(folder, purpose)
    return P256Signer(key, kid=jwk_thumbprint(key.public_key()))


def _heading(purpose: BarePurpose) -> bytes:
    return f"doel: {purpose}\n".encode("ascii")
