# SPDX-License-Identifier: EUPL-1.2
"""The test chain: a root and an issuing CA of ourselves, and the keys of sources under it. Environment ``test`` only.

::

    <root>/                       e.g. .bk/demo
      ca/                         root.key.pem root.crt.pem issuing.key.pem issuing.crt.pem
      keys/<slug>/                the keys of one source (folder.py)
      vertrouwen/                 what a verifier of these seals trusts (trust_folder.py)

Each folder of keys appears whole or not at all, and none is ever overwritten.

**Trust sentence.** Who steals ``ca/`` can make seals of any name that pass as ``buiten_stelsel`` wherever this root is
an anchor: it is for tests, never an anchor in production.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from blauweknop.adapters.keys.contract import Purpose, SecretPurpose
from blauweknop.adapters.keys.errors import KeyExistsError, KeyUnusableError
from blauweknop.adapters.keys.folder import (
    KeyFolder,
    load_certificates,
    load_secret,
    load_signer,
    secret_file,
)
from blauweknop.adapters.keys.issuing import Authority, issue_authority, issue_leaf, issue_root, make_key
from blauweknop.adapters.keys.private_file import (
    PRIVATE_FILE,
    PUBLIC_FILE,
    check_private_folder,
    is_filled,
    read_private,
    read_public,
    write_file,
    write_folder,
)
from blauweknop.adapters.keys.trust_folder import ANCHORS, ENVIRONMENT, SEALS
from blauweknop.core.seal.seal_profile import SealSubject

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_OIN = re.compile(r"[0-9]{20}", re.ASCII)
_ISS = re.compile(
    r"http://(?:localhost|127\.0\.0\.1)(?::\d{1,5})?|https://[a-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~-]+)*", re.ASCII
)
_MAX_NAME = 40  # with the purpose in the common name at most 64: ub-common-name, RFC 5280 appendix A.1


@dataclass(frozen=True, slots=True)
class ChainSource:
    """A source to make keys for. ``slug``: its folder; ``name``: ≤ 40 characters; ``iss``: URL, no trailing slash."""

    slug: str
    name: str
    oin: str
    iss: str

    def __post_init__(self) -> None:
        if not _SLUG.fullmatch(self.slug):
            raise KeyUnusableError("the short name of a source has lower-case letters, digits and hyphens only")
        if not 1 <= len(self.name) <= _MAX_NAME or not self.name.isprintable():
            raise KeyUnusableError(f"the name of a source has 1 to {_MAX_NAME} printable characters")
        if not _OIN.fullmatch(self.oin):
            raise KeyUnusableError("an OIN has 20 digits")
        if not _ISS.fullmatch(self.iss):
            raise KeyUnusableError("iss is an https URL (http for localhost only), lower case, without trailing slash")


def keys_folder(root: Path, slug: str) -> Path:
    """The keys of source ``slug`` under ``root``."""
    return root / "keys" / slug


def trust_folder(root: Path) -> Path:
    """What a verifier of this chain trusts."""
    return root / "vertrouwen"


def init_source(root: Path, source: ChainSource, *, now: int) -> Path:
    """Makes the keys of ``source``, and the CAs where there are none yet; enters the seal certificate into trust.

    Returns the source's folder. ``now``: seconds since 1970.
    Raises: ``KeyExistsError`` when it has keys (nothing is changed), ``KeyUnusableError``, ``InfrastructureError``.
    """
    folder = keys_folder(root, source.slug)
    if is_filled(folder):
        raise KeyExistsError(f"{folder} has keys")
    _ensure_authorities(root, now)
    _enter_anchor(root)
    write_folder(folder, _source_files(_load_authority(root, "issuing"), source, now))
    # A crash on this line leaves keys that are not in trust yet: init_test_chain enters them.
    _enter_seal(root, source.slug)
    return folder


def init_test_chain(root: Path, sources: Sequence[ChainSource], *, now: int) -> None:
    """Makes what is missing of the chain and of the keys of ``sources``; leaves what is there, after checking it.

    Raises: ``KeyUnusableError`` when what is there cannot be used or is of another OIN or ``iss``.
    """
    for source in sources:
        if is_filled(keys_folder(root, source.slug)):
            _check_source(keys_folder(root, source.slug), source, now)
            _enter_anchor(root)
            _enter_seal(root, source.slug)
        else:
            init_source(root, source, now=now)


def _check_source(folder: Path, source: ChainSource, now: int) -> None:
    KeyFolder(folder).check_fit(iss=source.iss, oin=source.oin, environment="test", at=now)
    for purpose in Purpose:
        load_signer(folder, purpose)
    for secret in SecretPurpose:
        load_secret(folder, secret)


def _ensure_authorities(root: Path, now: int) -> None:
    if is_filled(root / "ca"):
        return
    top = issue_root("Blauwe Knop test root CA", now=now)
    files = _authority_files("root", top)
    files |= _authority_files("issuing", issue_authority("Blauwe Knop test issuing CA", top, now=now))
    write_folder(root / "ca", files)


def _authority_files(name: str, authority: Authority) -> dict[str, tuple[bytes, int]]:
    return {
        f"{name}.key.pem": (_key_pem(authority.key), PRIVATE_FILE),
        f"{name}.crt.pem": (authority.certificate.public_bytes(Encoding.PEM), PUBLIC_FILE),
    }


def _load_authority(root: Path, name: str) -> Authority:
    check_private_folder(root / "ca")
    path = root / "ca" / f"{name}.key.pem"
    try:
        key = load_pem_private_key(read_private(path), password=None)
        certificate = x509.load_pem_x509_certificate(read_public(root / "ca" / f"{name}.crt.pem"))
    except (ValueError, TypeError) as error:
        raise KeyUnusableError(f"{path} and its certificate are not in PEM") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise KeyUnusableError(f"{path} is not the key of its certificate")
    return Authority(key, certificate)


def _source_files(authority: Authority, source: ChainSource, now: int) -> dict[str, tuple[bytes, int]]:
    subject = SealSubject(oin=source.oin, name=source.name, uri=source.iss)
    files: dict[str, tuple[bytes, int]] = {}
    for purpose in Purpose:
        key = make_key()
        own = issue_leaf(subject, purpose, key.public_key(), authority, now=now)
        chain = own.public_bytes(Encoding.PEM) + authority.certificate.public_bytes(Encoding.PEM)
        files[f"{purpose}.key.pem"] = (_key_pem(key), PRIVATE_FILE)
        files[f"{purpose}.crt.pem"] = (chain, PUBLIC_FILE)
    for secret in SecretPurpose:
        files[f"{secret}.secret"] = (secret_file(secret), PRIVATE_FILE)
    return files


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _enter_anchor(root: Path) -> None:
    _enter(trust_folder(root) / ENVIRONMENT, b"test\n")
    _enter(trust_folder(root) / ANCHORS / "test-root.pem", read_public(root / "ca" / "root.crt.pem"))


def _enter_seal(root: Path, slug: str) -> None:
    own = load_certificates(keys_folder(root, slug), Purpose.SEAL)[0].certificate
    _enter(trust_folder(root) / SEALS / f"{slug}.pem", own.public_bytes(Encoding.PEM))


def _enter(path: Path, contents: bytes) -> None:
    if not path.exists():
        write_file(path, contents)
    elif path.read_bytes() != contents:
        raise KeyExistsError(f"{path} says otherwise; move it away to go on")
