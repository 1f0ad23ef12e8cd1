# SPDX-License-Identifier: EUPL-1.2
"""Seals a PDF: PAdES B-B, or B-T with a time-stamper (EN 319 142-1 §6), in one incremental update by pyHanko.

- the key and certificate are those of the sealed set inside: one organisation, one seal;
- ``/Contents`` holds the CMS of ``cms_template`` in lower-case hex, then zeros up to a fixed length;
- the field is invisible and out of the page, so that PDF/A-3a and PDF/UA-1 still hold (ISO 19005-3, ISO 14289-1).

pyHanko is imported where it is used: it costs most of a second, which verifying a file of another kind need not pay.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.paper.pdf_errors import PaperMissingError
from blauweknop.core.seal.signature import low_s
from blauweknop.errors import BlauweKnopError, ConfigurationError

if TYPE_CHECKING:
    from blauweknop.core.wire.keys import Signer

FIELD: Final = "blauweknop-zegel"
CONTENTS_BYTES: Final = 4096  # room for the seal certificate and two intermediates
TIME_STAMP_BYTES: Final = 14336  # and for a token with its own certificates

# Gives the RFC 3161 token (a CMS in DER) over a SHA-256 digest (32 bytes); it may ask a time-stamp authority.
TimeStamper = Callable[[bytes], bytes]


class PdfSealError(BlauweKnopError):
    """The PDF could not be sealed."""

    code = "pdf-niet-verzegeld"


def seal_pdf(
    pdf: bytes, *, signer: Signer, at: int, title: str = FIELD, time_stamper: TimeStamper | None = None
) -> bytes:
    """``pdf`` with the seal of ``signer`` (ES256, with certificates), claimed to be made ``at`` (seconds, UTC).

    ``title``: what a reader, also one that reads aloud, calls the seal. B-T with a ``time_stamper``, else B-B.
    Raises: ``PdfSealError`` for what is no PDF that can be sealed, ``ConfigurationError`` for a signer without
    certificates, ``PdfTimeStampError`` for what is no token, ``PaperMissingError`` without the extra ``paper``.
    """
    if not signer.certificates:
        raise ConfigurationError("the key that seals a PDF has no certificate")
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
        from pyhanko.sign.general import SigningError
        from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
        from pyhanko.sign.signers.pdf_byterange import SignatureObject
    except ImportError as error:
        raise PaperMissingError("pyhanko") from error
    field = SigFieldSpec(
        sig_field_name=FIELD,
        readable_field_name=title,
        invis_sig_settings=InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
    )
    placeholder = SignatureObject(
        timestamp=datetime.fromtimestamp(at, UTC),
        subfilter=SigSeedSubFilter.PADES,
        bytes_reserved=2 * (TIME_STAMP_BYTES if time_stamper else CONTENTS_BYTES),
    )
    try:
        # 1. The field and the signature dictionary. 2. The whole file but /Contents is written and hashed.
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        # pyHanko would rewrite the metadata, with its own clock and PDF/A identification in another form.
        vars(writer)["_update_meta"] = lambda: None
        steps = PdfCMSEmbedder(new_field_spec=field).write_cms(field_name=FIELD, writer=writer)
        next(steps)
        steps.send(SigObjSetup(sig_placeholder=placeholder))
        prepared, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    except (PdfError, SigningError, ValueError) as error:
        raise PdfSealError(type(error).__name__) from error
    # 3. Our own CMS goes into the reserved place, in lower-case hex: pyHanko's would be upper case.
    contents = _sign(prepared.document_digest, signer, time_stamper).hex().encode("ascii")
    room = prepared.reserved_region_end - prepared.reserved_region_start - 2
    if len(contents) > room:
        raise PdfSealError("certificates or time-stamp take more room than is reserved")
    sealed = bytearray(output.getvalue())
    start = prepared.reserved_region_start + 1
    sealed[start : start + room] = contents.ljust(room, b"0")
    return bytes(sealed)


def _sign(document_digest: bytes, signer: Signer, time_stamper: TimeStamper | None) -> bytes:
    from blauweknop.adapters.paper.cms_template import build_cms, signature_value, signed_attributes

    signature = low_s(signer.sign(signed_attributes(document_digest, signer.certificates[0])))
    # The time-stamp is over the signature value as it stands in the CMS (CAdES, EN 319 122-1 §5.3).
    token = b""
    if time_stamper:
        from blauweknop.adapters.paper.time_stamp import canonical_token

        token = canonical_token(time_stamper(hashlib.sha256(signature_value(signature)).digest()))
    try:
        return build_cms(document_digest, certificates=signer.certificates, signature=signature, token=token)
    except (ValueError, TypeError) as error:
        raise PdfSealError("a certificate is not DER") from error
