# SPDX-License-Identifier: EUPL-1.2
"""Which sub-indication of EN 319 102-1 and which plain words an error of verifying gets: a table, first fit counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blauweknop.adapters.paper.pdf_errors import PdfSealInvalidError, PdfTimeStampError
from blauweknop.adapters.verify.errors import (
    KindUnknownError,
    NoCodeInPictureError,
    PaperCodeSpellingError,
    PictureUnreadableError,
)
from blauweknop.adapters.verify.report import Finding, Outcome
from blauweknop.core.seal import errors as seal
from blauweknop.core.seal.certificate_errors import CertificateError, CertificateNotValidAtError, SealUnknownError
from blauweknop.errors import BlauweKnopError, MalformedError, SignatureInvalidError

if TYPE_CHECKING:
    from blauweknop.errors import BlauweKnopError as _Error


def _failed(sub: str, why: str) -> Finding:
    return Finding(outcome=Outcome.FAILED, sub=sub, why=why)


# EN 319 102-1 table 5 (sub-indications); ours are the words.
_TABLE: Final[tuple[tuple[type[_Error], Finding], ...]] = (
    (
        SealUnknownError,
        Finding(outcome=Outcome.INDETERMINATE, sub="NO_SIGNING_CERTIFICATE_FOUND", why="zegel-onbekend"),
    ),
    (KindUnknownError, _failed("FORMAT_FAILURE", "soort-onbekend")),
    (NoCodeInPictureError, _failed("FORMAT_FAILURE", "geen-code-in-beeld")),
    (PictureUnreadableError, _failed("FORMAT_FAILURE", "beeld-onleesbaar")),
    (PaperCodeSpellingError, _failed("FORMAT_FAILURE", "papiercode-spelling")),
    (PdfSealInvalidError, _failed("HASH_FAILURE", "veranderd")),
    (PdfTimeStampError, _failed("HASH_FAILURE", "tijdstempel")),
    (SignatureInvalidError, _failed("SIG_CRYPTO_FAILURE", "veranderd")),
    (seal.DisclosureUnreferencedError, _failed("HASH_FAILURE", "veranderd")),
    (seal.ExpiredError, _failed("EXPIRED", "verlopen")),
    (seal.NotYetValidError, _failed("NOT_YET_VALID", "toekomst")),
    (seal.OtherEnvironmentError, _failed("SIG_CONSTRAINTS_FAILURE", "andere-omgeving")),
    (seal.HolderProofMissingError, _failed("SIG_CONSTRAINTS_FAILURE", "houder")),
    (seal.HolderProofUnexpectedError, _failed("SIG_CONSTRAINTS_FAILURE", "houder")),
    (CertificateNotValidAtError, _failed("OUT_OF_BOUNDS_NO_POE", "certificaat")),
    (CertificateError, _failed("CHAIN_CONSTRAINTS_FAILURE", "certificaat")),
    (MalformedError, _failed("FORMAT_FAILURE", "vorm")),
    (BlauweKnopError, _failed("SIG_CONSTRAINTS_FAILURE", "regels")),
)


def finding_of(error: BlauweKnopError) -> Finding:
    """What ``error`` means for who asked."""
    return next(finding for kind, finding in _TABLE if isinstance(error, kind))
