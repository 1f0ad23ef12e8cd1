# SPDX-License-Identifier: EUPL-1.2
"""The keys of a register, and what its readers pin.

::

    <root>/
      ca-register/                root.key.pem root.crt.pem: the pinned root; in production it lies offline, elsewhere
      keys/register/              register.{key,crt}.pem status.{key,crt}.pem statement.key.pem
      vertrouwen/register/        iss: the register's address; wortels/*.pem: the roots that are pinned

``init_register`` makes a test register's; each folder appears whole or not at all, and none is ever overwritten.

**Trust sentence.** Who steals ``register.key.pem`` can admit whom it likes, until the next root is pinned; the change
log and the versions that others have seen show it. Who can write in ``vertrouwen/register`` decides which register is
believed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from blauweknop.adapters.keys.bare import bare_key_file, bare_key_path, load_bare_signer
from blauweknop.adapters.keys.contract import Purpose
from blauweknop.adapters.keys.errors import KeyExistsError, TrustUnusableError
from blauweknop.adapters.keys.folder import load_signer
from blauweknop.adapters.keys.issuing import issue_leaf, issue_register_leaf, issue_root, make_key
from blauweknop.adapters.keys.private_file import PRIVATE_FILE, PUBLIC_FILE, read_public, write_file, write_folder
from blauweknop.core.scheme.register import RegisterTrust
from blauweknop.errors import BlauweKnopError

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.seal.seal_profile import SealSubject
    from blauweknop.core.wire.keys import P256Signer

SLUG: Final = "register"
_STATEMENT: Final = "statement"
_MAX_ROOTS: Final = 4  # the current one and the next


def register_keys_folder(root: Path) -> Path:
    """The keys of the register under ``root``."""
    return root / "keys" / SLUG


def register_trust_folder(root: Path) -> Path:
    """What readers pin."""
    return root / "vertrouwen" / SLUG


def init_register(root: Path, subject: SealSubject, *, now: int) -> None:
    """Makes a test register's root, keys and pins; leaves what is there. ``subject``: the scheme manager.

    Raises: ``KeyExistsError`` for a half of it without the other, ``InfrastructureError``.
    """
    folder = register_keys_folder(root)
    if folder.exists() and any(folder.iterdir()):
        load_register_signers(folder)
        return
    if (root / "ca-register").exists():
        raise KeyExistsError(f"{root / 'ca-register'} is there, and the keys under it are not")
    top = issue_root("Blauwe Knop test register root", now=now)
    key_pem = top.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    certificate_pem = top.certificate.public_bytes(Encoding.PEM)
    own, status = make_key(), make_key()
    files = {
        **_pair("register", own, issue_register_leaf(subject, own.public_key(), top, now=now)),
        **_pair("status", status, issue_leaf(subject, Purpose.STATUS, status.public_key(), top, now=now)),
        f"{_STATEMENT}.key.pem": (bare_key_file(make_key(), _STATEMENT), PRIVATE_FILE),
    }
    # A crash between these lines leaves pins or a root without keys: the next call says so, and nothing is believed.
    write_file(register_trust_folder(root) / "iss", subject.uri.encode("ascii") + b"\n")
    write_file(register_trust_folder(root) / "wortels" / "root.pem", certificate_pem)
    write_folder(
        root / "ca-register",
        {"root.key.pem": (key_pem, PRIVATE_FILE), "root.crt.pem": (certificate_pem, PUBLIC_FILE)},
    )
    write_folder(folder, files)


def load_register_signers(folder: Path) -> tuple[P256Signer, P256Signer, P256Signer]:
    """The signers of register, status list and marks. Raises: ``KeyUnusableError``."""
    return (
        load_signer(folder, "register"),
        load_signer(folder, Purpose.STATUS),
        load_bare_signer(bare_key_path(folder, _STATEMENT), _STATEMENT),
    )


def load_register_trust(folder: Path, environment: str) -> RegisterTrust:
    """What a reader pins. Raises: ``TrustUnusableError``."""
    paths = sorted((folder / "wortels").glob("*.pem"))
    if not 1 <= len(paths) <= _MAX_ROOTS:
        raise TrustUnusableError(f"{folder / 'wortels'} does not hold 1 to {_MAX_ROOTS} roots")
    try:
        roots = tuple(x509.load_pem_x509_certificate(read_public(path)) for path in paths)
        iss = read_public(folder / "iss").decode("ascii").strip()
    except (ValueError, BlauweKnopError) as error:
        raise TrustUnusableError(f"{folder}: iss and wortels/*.pem cannot be read") from error
    return RegisterTrust(roots, iss, environment)


def _pair(name: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> dict[str, tuple[bytes, int]]:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {
        f"{name}.key.pem": (pem, PRIVATE_FILE),
        f"{name}.crt.pem": (certificate.public_bytes(Encoding.PEM), PUBLIC_FILE),
    }
