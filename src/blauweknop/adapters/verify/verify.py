# SPDX-License-Identifier: EUPL-1.2
"""Verifies any form of a certified set: file, PDF, paper code or a picture of one (BK009).

One entrance for command line, page and tests: ``verify_bytes`` never raises for what is in the bytes, it reports.
Trust comes in as an argument and never from beside the document. Nothing is fetched here; who wants the status checked
passes a ``check_status``, which is asked only when everything else is in order and the organisation is established. A
paper code has no status to ask for: with ``check_status`` it is INDETERMINATE at best.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.adapters.paper.pdf_errors import PdfFormError, PdfSealInvalidError, PdfTimeStampUnknownError
from blauweknop.adapters.paper.verify_pdf import UnverifiedPdf, parse_pdf
from blauweknop.adapters.verify import report as r
from blauweknop.adapters.verify.errors import KindUnknownError, PaperCodeSpellingError
from blauweknop.adapters.verify.kind import detect
from blauweknop.adapters.verify.picture import read_picture
from blauweknop.adapters.verify.reasons import finding_of
from blauweknop.adapters.verify.values import list_paper_values, list_values
from blauweknop.core.seal.paper_code import parse_paper_code
from blauweknop.core.seal.sealed import UnverifiedSet, parse_sealed_set
from blauweknop.core.seal.trust import Standing, Trust
from blauweknop.core.wire.base64url import b64url_decode
from blauweknop.core.wire.strict_json import parse_object
from blauweknop.errors import BlauweKnopError, DocumentError, MalformedError

if TYPE_CHECKING:
    from blauweknop.adapters.verify.report import Finding, Kind, Report
    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.core.seal.verify import VerifiedSet

MAX_BYTES: Final = 10_000_000
Definitions = Mapping[str, "DataSetDefinition"]  # by id/version
CheckStatus = Callable[["VerifiedSet"], r.Status]


def verify_bytes(
    data: bytes, *, trust: Trust, at: int, definitions: Definitions, check_status: CheckStatus | None = None
) -> Report:
    """The report on ``data`` at time ``at`` (seconds, UTC).

    Raises: ``ConfigurationError`` only: for a picture without the extra ``scan``, for a PDF without ``paper``.
    """
    kind = detect(data)
    try:
        return _verify(data, kind, trust, at, definitions, check_status)
    except DocumentError as error:
        return failed(kind, error)


def failed(kind: Kind, error: BlauweKnopError) -> Report:
    """The report on something that ``error`` refuses."""
    detail = f"{error.detail} ({error.clause})".strip() if error.clause else error.detail
    return r.Report(kind=kind, finding=finding_of(error), code=error.code, detail=detail)


def _verify(  # noqa: PLR0917 - the whole context of one file, passed on
    data: bytes, kind: Kind, trust: Trust, at: int, definitions: Definitions, check_status: CheckStatus | None
) -> Report:
    if len(data) > MAX_BYTES:
        raise MalformedError(f"more than {MAX_BYTES} bytes")
    if kind == "onbekend":
        raise KindUnknownError
    if kind == "afbeelding":
        found = _paper_code(kind, read_picture(data), trust, at, definitions)
        return _without_status(found, asked=check_status is not None)
    if kind == "papiercode":
        found = _paper_code(kind, _paper_text(data), trust, at, definitions)
        return _without_status(found, asked=check_status is not None)
    if kind == "pdf":
        pdf = parse_pdf(data)
        unverified = _attached_set(pdf)
        verified = unverified.verify(trust, at=at)
        finding, time_stamp = _check_pdf(pdf, unverified, trust)
        found = _report(kind, verified, definitions, finding, check_status)
        return msgspec.structs.replace(found, time_stamp=time_stamp)
    verified = parse_sealed_set(data).verify(trust, at=at)
    return _report(kind, verified, definitions, r.OK, check_status)


def _attached_set(pdf: UnverifiedPdf) -> UnverifiedSet:
    # The attachment is the compact form: a JSON form would be a second spelling of the same document.
    if pdf.attachment.startswith(b"{"):
        raise PdfFormError("the attachment is not a compact SD-JWT", clause="system.md 4")
    return parse_sealed_set(pdf.attachment)


def _check_pdf(pdf: UnverifiedPdf, attached: UnverifiedSet, trust: Trust) -> tuple[Finding, int]:
    """What the PDF's own seal adds, and the time it was stamped (0: not).

    Only after ``attached`` was verified: its certificates are then of the right form, and are the ones to find.
    """
    if not pdf.sealed:
        return r.UNSEALED_PDF, 0
    certificates = _certificates(attached)
    key = x509.load_der_x509_certificate(certificates[0]).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise PdfSealInvalidError("the key is not on P-256")
    signature, token = pdf.check_seal(certificates, key)
    if not token:
        return r.OK, 0
    from blauweknop.adapters.paper.time_stamp import check_time_stamp

    try:
        return r.OK, check_time_stamp(token, signature, trust.time_authorities)
    except PdfTimeStampUnknownError:
        return r.TIME_STAMP_UNKNOWN, 0


def _certificates(attached: UnverifiedSet) -> tuple[bytes, ...]:
    header = parse_object(b64url_decode(attached.jwt.partition(b".")[0]))
    return tuple(base64.b64decode(certificate, validate=True) for certificate in header["x5c"])


def _paper_text(data: bytes) -> str:
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as error:
        raise PaperCodeSpellingError("not ASCII") from error
    if not text.startswith("BK1:") or text != text.strip() or "\n" in text:
        raise PaperCodeSpellingError("one line, without anything before or after it")
    return text


def _paper_code(kind: Kind, text: str, trust: Trust, at: int, definitions: Definitions) -> Report:
    code = parse_paper_code(text).verify(trust, at=at)
    return r.Report(
        kind=kind,
        finding=r.UNKNOWN_SEAL if code.standing is Standing.ONBEKEND else r.OK,
        origin=r.Origin(
            iss=code.iss,
            oin=code.oin,
            organisation=code.organisation,
            standing=code.standing.value,
            vct=code.vct,
            data_set=code.data_set,
            issued_at=code.issued_at,
        ),
        fingerprint=code.fingerprint,
        status=r.Status.NOT_ON_PAPER,
        values=list_paper_values(code.values, definitions.get(code.data_set)),
        hidden=code.more,
    )


def _without_status(report: Report, *, asked: bool) -> Report:
    """Who asks for the status of a paper code gets none: the set it was printed from may have been withdrawn since."""
    if not asked or report.finding is not r.OK:
        return report
    return msgspec.structs.replace(report, finding=r.NO_STATUS_ON_PAPER)


def _report(
    kind: Kind,
    verified: VerifiedSet,
    definitions: Definitions,
    finding: Finding,
    check_status: CheckStatus | None,
) -> Report:
    if verified.standing is Standing.ONBEKEND:
        finding = r.UNKNOWN_SEAL
    status = r.Status.NOT_CHECKED if verified.status else r.Status.NONE
    if check_status and verified.status and verified.standing is not Standing.ONBEKEND:
        status = check_status(verified)
    return r.Report(
        kind=kind,
        finding=_with_status(finding, status),
        origin=r.Origin(
            iss=verified.iss,
            oin=verified.oin,
            organisation=verified.organisation,
            standing=verified.standing.value,
            vct=verified.vct,
            data_set=verified.data_set,
            issued_at=verified.issued_at,
            environment=verified.environment,
            delivery=verified.delivery,
        ),
        fingerprint=verified.fingerprint,
        show_print=verified.show_print,
        status=status,
        values=list_values(verified.rows, definitions.get(verified.data_set)),
        missing=verified.missing,
        hidden=verified.hidden,
    )


def _with_status(finding: Finding, status: r.Status) -> Finding:
    if status is r.Status.WITHDRAWN:
        return r.WITHDRAWN
    if status is r.Status.UNKNOWN and finding is r.OK:
        return r.NO_STATUS
    return finding
