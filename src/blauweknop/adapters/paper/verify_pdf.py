# SPDX-License-Identifier: EUPL-1.2
"""Reads a certified PDF strictly: what it carries, and whether its seal is of the very organisation inside.

The PDF is a wrapping: what a reader sees is a picture, the attached set is what counts. So nothing of the PDF is
interpreted but its seal and its one attachment, and there is exactly one spelling of both:

1. one header, one revision and, when sealed, one more; the file ends with the last of them;
2. ``/ByteRange`` once, ``[0 a b c]``, covering every byte but the hex string ``/Contents``, which fills the gap;
3. ``/Contents``: lower-case hex, one DER, then zeros only;
4. one embedded file, plainly compressed, of the type of a sealed set;
5. the DER equals, byte for byte, the one that ``cms_template`` builds from the digest of the covered bytes, the
   certificates *of the attached set*, and the signature; and the signature is by that seal certificate.

So any byte changed, added or taken away is found: covered bytes by the signature, the rest by comparison. No PDF
library runs on what a stranger sends; inflating is bounded.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.paper.pdf_errors import PaperMissingError, PdfFormError, PdfSealInvalidError
from blauweknop.core.seal.signature import is_low_s
from blauweknop.core.wire.keys import verify_es256
from blauweknop.errors import SignatureInvalidError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

MAX_BYTES: Final = 10_000_000
MAX_ATTACHMENT: Final = 1_000_000
MAX_CONTENTS: Final = 65_536  # bytes of the seal with its zeros
_BYTE_RANGE = re.compile(rb"/ByteRange ?\[0 (\d{1,8}) (\d{1,8}) (\d{1,8}) *\]")
_EMBEDDED = re.compile(
    rb"<</Length (\d{1,8})/Type/EmbeddedFile/Filter/FlateDecode/Subtype/application#2Fdc\+sd-jwt"
    rb"/Params<</Size (\d{1,8})/ModDate\(D:\d{14}Z\)>>>>\nstream\n"
)
_LOWER_HEX = re.compile(rb"<([0-9a-f]+)>")
_CLAUSE = "ISO 32000-1 §12.8.1"


@dataclass(frozen=True, slots=True)
class UnverifiedPdf:
    """A PDF taken apart. ``attachment``: the sealed set as it lies inside, itself unverified.

    ``digest``: SHA-256 of the covered bytes; ``contents``: the seal in DER with its zeros; both empty when not sealed.
    """

    attachment: bytes
    digest: bytes = b""
    contents: bytes = b""

    @property
    def sealed(self) -> bool:
        """Whether the PDF itself has a seal; a copy made smaller has none."""
        return bool(self.contents)

    def check_seal(self, certificates: tuple[bytes, ...], key: ec.EllipticCurvePublicKey) -> tuple[bytes, bytes]:
        """That the seal is by ``key`` and holds ``certificates`` (DER, those of the attached set) and no more.

        Returns the signature (raw), and the time-stamp token in DER or ``b""``.
        Raises: ``PdfSealInvalidError``, ``MalformedError``; ``PaperMissingError`` without the extra ``paper``.
        """
        try:
            from blauweknop.adapters.paper.cms_template import build_cms, read_signature, signed_attributes
        except ImportError as error:
            raise PaperMissingError("asn1crypto") from error
        signature, token = read_signature(self.contents)
        if not is_low_s(signature):
            raise PdfSealInvalidError("s of the signature is in the upper half", clause="system.md 4")
        try:
            verify_es256(key, signature, signed_attributes(self.digest, certificates[0]))
        except SignatureInvalidError as error:
            raise PdfSealInvalidError(clause="RFC 5652 §5.6") from error
        expected = build_cms(self.digest, certificates=certificates, signature=signature, token=token)
        if self.contents[: len(expected)] != expected or any(self.contents[len(expected) :]):
            raise PdfSealInvalidError("not the one CMS that fits the document", clause="EN 319 142-1 §6.3")
        return signature, token


def parse_pdf(data: bytes) -> UnverifiedPdf:
    """Takes ``data`` apart by rules 1–4. Raises: ``PdfFormError``."""
    if len(data) > MAX_BYTES:
        raise PdfFormError(f"more than {MAX_BYTES} bytes")
    ranges = _BYTE_RANGE.findall(data)
    if len(ranges) > 1 or len(ranges) != data.count(b"/ByteRange"):
        raise PdfFormError("more than one seal, or one of another spelling", clause=_CLAUSE)
    _check_revisions(data, 1 + len(ranges))
    attachment = _attachment(data)
    if not ranges:
        return UnverifiedPdf(attachment=attachment)
    start, resume, rest = (int(number) for number in ranges[0])
    contents = _contents(data, start, resume, rest)
    digest = hashlib.sha256(data[:start] + data[resume:]).digest()
    return UnverifiedPdf(attachment=attachment, digest=digest, contents=contents)


def _check_revisions(data: bytes, revisions: int) -> None:
    # 1. Every revision ends in one startxref and one %%EOF (ISO 32000-1 §7.5.5); nothing follows the last.
    ends = (data.count(b"startxref\n"), data.count(b"%%EOF"))
    if not data.startswith(b"%PDF-1.7\n") or ends != (revisions, revisions):
        raise PdfFormError("not as many revisions as it should have", clause="ISO 32000-1 §7.5.5")
    if data.rstrip(b"\n")[-5:] != b"%%EOF" or data.endswith(b"\n\n"):
        raise PdfFormError("bytes follow the last revision", clause="ISO 32000-1 §7.5.5")


def _contents(data: bytes, start: int, resume: int, rest: int) -> bytes:
    # 2 and 3. The gap is the hex string and nothing else; the rest reaches to the end of the file.
    if not start < resume <= len(data) or resume + rest != len(data):
        raise PdfFormError("the seal does not cover the whole file", clause=_CLAUSE)
    gap = _LOWER_HEX.fullmatch(data, start, resume) if resume - start <= 2 * MAX_CONTENTS else None
    if not gap or len(gap[1]) % 2:
        raise PdfFormError("/Contents is not one lower-case hex string", clause=_CLAUSE)
    if not data[:start].rstrip(b" ").endswith(b"/Contents"):
        raise PdfFormError("the gap is not /Contents", clause=_CLAUSE)
    return bytes.fromhex(gap[1].decode("ascii"))


def _attachment(data: bytes) -> bytes:
    # 4. One embedded file, and its bytes within bounds.
    found = list(_EMBEDDED.finditer(data))
    if len(found) != 1 or data.count(b"/EmbeddedFile/") != 1:
        raise PdfFormError("not exactly one sealed set attached", clause="ISO 32000-1 §7.11.4")
    length, size = int(found[0][1]), int(found[0][2])
    compressed = data[found[0].end() : found[0].end() + length]
    if size > MAX_ATTACHMENT or data[found[0].end() + length :][:11] != b"\nendstream\n":
        raise PdfFormError("the attachment is too large or has no end", clause="ISO 32000-1 §7.3.8.2")
    inflate = zlib.decompressobj()
    try:
        content = inflate.decompress(compressed, MAX_ATTACHMENT)
    except zlib.error as error:
        raise PdfFormError("the attachment cannot be decompressed", clause="RFC 1950") from error
    if len(content) != size or not inflate.eof or inflate.unused_data:
        raise PdfFormError("the attachment is not as long as it says", clause="ISO 32000-1 §7.11.4")
    return content
