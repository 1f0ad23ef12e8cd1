# SPDX-License-Identifier: EUPL-1.2
"""The folder with what a verifier trusts, and the stand-in of the register until it is there.

::

    <folder>/
      omgeving        "test" or "productie"
      ankers/*.pem    self-signed CA certificates to which a path may lead (buiten_stelsel)
      zegels/*.pem    seal certificates of participants (in_stelsel); OIN and name are read from the certificate
      tijdstempels/*.pem   time-stamp authorities, of any kind of key: own certificate, then its intermediates

**Trust sentence.** Who can write here decides which organisations are believed; files that everybody can write are
refused. Who can only read here learns nothing secret. A certificate that is taken away is not believed from the next
start; nothing else needs to change.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from cryptography import x509

from blauweknop.adapters.keys.errors import TrustUnusableError
from blauweknop.adapters.keys.issuing import is_of_test_chain
from blauweknop.core.seal.der_certificate import DerCertificate, read_certificate
from blauweknop.core.seal.seal_profile import check_seal_profile
from blauweknop.core.seal.trust import KnownSeal, Trust, thumbprint
from blauweknop.errors import BlauweKnopError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANCHORS = "ankers"
SEALS = "zegels"
ENVIRONMENT = "omgeving"
TIME_AUTHORITIES = "tijdstempels"
TEST = "test"
ENVIRONMENTS = (TEST, "productie")
_MAX_BYTES = 65_536
_MAX_FILES = 5_000


def load_trust(folder: Path) -> Trust:
    """What the files in ``folder`` say. Raises: ``TrustUnusableError`` that names the file and the rule."""
    if not folder.is_dir():
        raise TrustUnusableError(f"{folder} is not a folder")
    environment = _read(folder / ENVIRONMENT).decode("ascii", "replace").strip()
    if environment not in ENVIRONMENTS:
        raise TrustUnusableError(f"{folder / ENVIRONMENT} says neither test nor productie")
    anchors = []
    for path, certificate in _certificates(folder / ANCHORS):
        _check_anchor(path, certificate)
        _check_environment(path, certificate, environment)
        anchors.append(certificate.certificate)
    known = {}
    for path, certificate in _certificates(folder / SEALS):
        _check_environment(path, certificate, environment)
        known[thumbprint(certificate.certificate)] = _known_seal(path, certificate)
    authorities = tuple(_chain(path) for path in _files(folder / TIME_AUTHORITIES))
    return Trust(anchors=tuple(anchors), known=known, environment=environment, time_authorities=authorities)


def _known_seal(path: Path, certificate: DerCertificate) -> KnownSeal:
    try:
        subject = check_seal_profile(certificate)
    except BlauweKnopError as error:
        raise TrustUnusableError(f"{path}: {error}") from error
    return KnownSeal(certificate=certificate.certificate, oin=subject.oin, name=subject.name)


def _check_environment(path: Path, certificate: DerCertificate, environment: str) -> None:
    if environment != TEST and is_of_test_chain(certificate.certificate):
        raise TrustUnusableError(f"{path} is of the test chain, and omgeving says {environment}")


def _check_anchor(path: Path, certificate: DerCertificate) -> None:
    constraints = certificate.extension(x509.BasicConstraints)
    if constraints is None or not constraints.ca or not certificate.is_signed_by(certificate):
        raise TrustUnusableError(f"{path} is not a self-signed certificate of a CA")


def _chain(path: Path) -> tuple[x509.Certificate, ...]:
    """A time-stamp authority's own certificate, then its intermediates, of any kind of key."""
    try:
        return tuple(x509.load_pem_x509_certificates(_read(path)))
    except ValueError as error:
        raise TrustUnusableError(f"{path} holds no certificates in PEM") from error


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    paths = sorted(folder.glob("*.pem"))
    if len(paths) > _MAX_FILES:
        raise TrustUnusableError(f"{folder} holds more than {_MAX_FILES} files")
    return paths


def _certificates(folder: Path) -> Iterator[tuple[Path, DerCertificate]]:
    for path in _files(folder):
        try:
            yield path, read_certificate(x509.load_pem_x509_certificate(_read(path)))
        except ValueError as error:
            raise TrustUnusableError(f"{path} is not a certificate in PEM") from error
        except TrustUnusableError:
            raise
        except BlauweKnopError as error:
            raise TrustUnusableError(f"{path}: {error}") from error


def _read(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise TrustUnusableError(f"{path} is not a regular file")
        if found.st_mode & stat.S_IWOTH:
            raise TrustUnusableError(f"{path} can be changed by everybody")
        with path.open("rb") as file:
            contents = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise TrustUnusableError(f"{path}: {error.strerror}") from error
    if len(contents) > _MAX_BYTES:
        raise TrustUnusableError(f"{path} is larger than {_MAX_BYTES} bytes")
    return contents
