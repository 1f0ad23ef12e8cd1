# SPDX-License-Identifier: EUPL-1.2
"""Whose status list counts for a set: the list's own certificate, by the same organisation, up to a given anchor.

Rules: the certificate is one for status lists (``seal_profile``), for the same ``iss`` and OIN as the set; its path
ends at an anchor of ``trust``, at the time the list was asked. Unlike a seal, a list by somebody unknown is worth
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.core.seal.certificate_errors import CertificateIssuerError, CertificatePathError
from blauweknop.core.seal.certificate_path import check_path, check_path_shape, find_anchor
from blauweknop.core.seal.der_certificate import parse_der_certificate
from blauweknop.core.seal.seal_profile import check_seals_for, check_status_profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.seal.trust import Trust

_LONGEST = 10  # no more is parsed, whatever is sent


def resolve_status_key(x5c: Sequence[bytes], *, iss: str, oin: str, trust: Trust, at: int) -> ec.EllipticCurvePublicKey:
    """The key that may sign status lists about sets of ``iss``; ``x5c``: DER, own first, without the anchor.

    Raises: ``CertificateError`` and its subclasses for each rule broken.
    """
    if not x5c:
        raise CertificatePathError("x5c is empty", clause="RFC 7515 §4.1.6")
    path = [parse_der_certificate(der) for der in x5c[:_LONGEST]]
    subject = check_status_profile(path[0])
    check_seals_for(subject, iss)
    if subject.oin != oin:
        raise CertificateIssuerError("the list is by another organisation than the set")
    check_path_shape(path, trust.anchors)
    anchor = find_anchor(path[-1], trust.anchors)
    if anchor is None:
        raise CertificatePathError("no path to an anchor", clause="RFC 5280 §6.1")
    check_path([*path, anchor], at=at)
    return path[0].key
