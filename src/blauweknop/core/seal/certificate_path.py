# SPDX-License-Identifier: EUPL-1.2
"""Certification path validation (RFC 5280 §6.1) to an anchor that was given beforehand, in plain code.

A path runs from the seal certificate over at most ``MAX_INTERMEDIATES`` CA certificates to an anchor. Rules:

1. no certificate twice, none self-issued: a root that travels with a document vouches for nothing;
2. each is signed by the next, and the names chain (§6.1.3 (a)(1), (a)(4));
3. each was valid at the time asked (§6.1.3 (a)(2)); which time that is, stands in docs/adr/0011;
4. each but the first is a CA: basicConstraints cA (§6.1.4 (k)), keyUsage keyCertSign (§6.1.4 (n));
5. pathLenConstraint of each CA counts the CA certificates below it (§6.1.4 (l), (m));
6. a critical extension that we do not process refuses the path (§6.1.4 (o), §6.1.5 (f)); nameConstraints and the policy
   extensions that can narrow a path are refused even when not critical (§4.2.1.10: process or reject).

Anchors are held to rules 3, 4 and 5 too (RFC 5937). Policies are not asked for (initial set: any-policy). Revocation of
CA certificates is not read: an anchor that may no longer vouch is taken out of the trust folder.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from cryptography import x509

from blauweknop.core.seal.certificate_errors import CertificateNotValidAtError, CertificatePathError
from blauweknop.core.seal.der_certificate import DerCertificate, read_certificate

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_INTERMEDIATES = 3
# What the code below and seal_profile process; a critical extension of another type is refused.
_PROCESSED = (x509.BasicConstraints, x509.KeyUsage, x509.SubjectAlternativeName)
_PROCESSED_IN_SEAL = (*_PROCESSED, x509.ExtendedKeyUsage)
_REFUSED = (x509.NameConstraints, x509.PolicyConstraints, x509.InhibitAnyPolicy)


def check_path_shape(path: Sequence[DerCertificate], anchors: Sequence[x509.Certificate]) -> None:
    """Rule 1 and the limit on length. ``path``: the seal certificate first. Raises: ``CertificatePathError``."""
    if len(path) > 1 + MAX_INTERMEDIATES:
        raise CertificatePathError(f"more than {MAX_INTERMEDIATES} intermediates", clause="RFC 5280 §6.1")
    certificates = [link.certificate for link in path]
    if len(set(certificates)) != len(certificates):
        raise CertificatePathError("a certificate stands twice in the path", clause="RFC 5280 §6.1")
    for link in path:
        if link.certificate in anchors or link.subject == link.issuer:
            raise CertificatePathError(
                "an anchor, or one self-issued, came with the document", clause="RFC 7515 §4.1.6"
            )


def check_path(path: Sequence[DerCertificate], *, at: int) -> None:
    """Rules 2–6 over ``path``: the seal certificate first, and each signed by the one after it.

    ``at``: seconds since 1970. Raises: ``CertificatePathError``, ``CertificateNotValidAtError``.
    """
    check_valid_at(path, at=at)
    check_links(path)


def check_valid_at(path: Sequence[DerCertificate], *, at: int) -> None:
    """Rule 3. Raises: ``CertificateNotValidAtError``."""
    for link in path:
        if not link.not_before <= at <= link.not_after:
            raise CertificateNotValidAtError(clause="RFC 5280 §6.1.3 (a)(2)")


def check_links(path: Sequence[DerCertificate]) -> None:
    """Rules 2 and 4–6: what is so at any time. Raises: ``CertificatePathError``."""
    for place, link in enumerate(path):
        _check_extensions(link, _PROCESSED if place else _PROCESSED_IN_SEAL)
    for below, (signed, issuer) in enumerate(itertools.pairwise(path)):
        if not signed.is_signed_by(issuer):
            raise CertificatePathError("not signed by the next certificate", clause="RFC 5280 §6.1.3 (a)")
        _check_ca(issuer, below)


def find_anchor(last: DerCertificate, anchors: Sequence[x509.Certificate]) -> DerCertificate | None:
    """The anchor that signed ``last``, or None: several anchors may bear one name (a CA that changed its key)."""
    return next((anchor for anchor in map(read_certificate, anchors) if last.is_signed_by(anchor)), None)


def _check_extensions(link: DerCertificate, processed: tuple[type[x509.ExtensionType], ...]) -> None:
    for extension in link.extensions:
        if isinstance(extension.value, _REFUSED):
            raise CertificatePathError("constraints on names or policies are not accepted", clause="RFC 5280 §4.2.1.10")
        if extension.critical and not isinstance(extension.value, processed):
            raise CertificatePathError("a critical extension is not understood", clause="RFC 5280 §6.1.4 (o)")


def _check_ca(issuer: DerCertificate, below: int) -> None:
    """``below``: the number of CA certificates between ``issuer`` and the seal certificate."""
    constraints = issuer.extension(x509.BasicConstraints)
    if constraints is None or not constraints.ca:
        raise CertificatePathError("an issuer is not a CA", clause="RFC 5280 §6.1.4 (k)")
    if constraints.path_length is not None and below > constraints.path_length:
        raise CertificatePathError("longer than a CA allows", clause="RFC 5280 §6.1.4 (m)")
    usage = issuer.extension(x509.KeyUsage)
    if usage is None or not usage.key_cert_sign:
        raise CertificatePathError("an issuer may not sign certificates", clause="RFC 5280 §6.1.4 (n)")
