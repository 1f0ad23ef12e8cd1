# SPDX-License-Identifier: EUPL-1.2
"""From what a document says of its seal to a certificate that may be believed, and how far (system.md 4).

- ``in_stelsel``: the scheme knows this very certificate for this OIN;
- ``buiten_stelsel``: a path (RFC 5280 §6) leads to an anchor that was given;
- ``onbekend``: it is well-formed and fits the profile, but nothing vouches for it.

What is malformed, does not fit the profile, is of another ``iss`` or was not valid at the time is refused in all three.
The time is when the seal was set (``iat``): a certificate that has expired since stays good for what it sealed before
(docs/adr/0011-time-of-the-certificate-path.md). The caller has checked that this time is not in the future.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from blauweknop.core.seal.certificate_errors import (
    CertificateIssuerError,
    CertificatePathError,
    SealUnknownError,
)
from blauweknop.core.seal.certificate_path import (
    check_links,
    check_path,
    check_path_shape,
    check_valid_at,
    find_anchor,
)
from blauweknop.core.seal.der_certificate import DerCertificate, parse_der_certificate, read_certificate
from blauweknop.core.seal.seal_profile import SealSubject, check_seal_profile, check_seals_for
from blauweknop.core.seal.trust import SealCertificate, Standing, Trust, thumbprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography import x509


def resolve_seal_certificate(x5c: Sequence[bytes], iss: str, trust: Trust, *, at: int) -> SealCertificate:
    """The seal certificate of a document by ``iss`` that carries ``x5c``, and its standing.

    ``x5c``: DER, the seal certificate first, then its intermediates in order, no anchor (RFC 7515 §4.1.6);
    ``at``: when the seal was set, seconds since 1970.
    Raises: ``CertificateError`` and its subclasses for each rule broken.
    """
    path, subject, anchored = _read_path(tuple(x5c[:_LONGEST]), trust.anchors)
    check_seals_for(subject, iss)
    check_valid_at(path, at=at)
    return _with_standing(path[0], subject, trust, anchored=anchored)


@functools.lru_cache(maxsize=256)
def _read_path(
    x5c: tuple[bytes, ...], anchors: tuple[x509.Certificate, ...]
) -> tuple[tuple[DerCertificate, ...], SealSubject, bool]:
    """All of ``resolve_seal_certificate`` that hangs on neither time, ``iss`` nor known seals, remembered.

    Gives the path, with its anchor where there is one, the subject, and whether there is an anchor. One source seals
    many sets by one certificate: its path is worked out once for each set of anchors, by the bytes of them all.
    """
    if not x5c:
        raise CertificatePathError("x5c is empty", clause="RFC 7515 §4.1.6")
    path = tuple(map(parse_der_certificate, x5c))
    subject = check_seal_profile(path[0])
    check_path_shape(path, anchors)
    anchor = find_anchor(path[-1], anchors)
    whole = path if anchor is None else (*path, anchor)
    check_links(whole)
    return whole, subject, anchor is not None


def resolve_by_thumbprint(kid: bytes, iss: str, trust: Trust, *, at: int) -> SealCertificate:
    """The known seal certificate with SHA-256 ``kid`` (32 bytes), for what has no room to carry certificates.

    Raises: ``SealUnknownError`` when it is not known; ``CertificateError`` as above.
    """
    known = trust.known.get(kid)
    if known is None:
        raise SealUnknownError
    certificate = read_certificate(known.certificate)
    subject = check_seal_profile(certificate)
    check_seals_for(subject, iss)
    check_path([certificate], at=at)
    return _with_standing(certificate, subject, trust, anchored=False)


def _with_standing(
    certificate: DerCertificate, subject: SealSubject, trust: Trust, *, anchored: bool
) -> SealCertificate:
    known = trust.known.get(thumbprint(certificate.certificate))
    if known is not None and known.oin != subject.oin:
        raise CertificateIssuerError("known here for another OIN", clause="RFC 9901 §7.1(2.c)")
    standing = Standing.BUITEN_STELSEL if anchored else Standing.ONBEKEND
    return SealCertificate(
        certificate=certificate.certificate,
        oin=subject.oin,
        name=known.name if known else subject.name,
        uri=subject.uri,
        standing=Standing.IN_STELSEL if known else standing,
    )


_LONGEST = 10  # no more is parsed, whatever is sent; check_path_shape says what is too long
