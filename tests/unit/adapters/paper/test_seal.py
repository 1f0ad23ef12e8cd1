# SPDX-License-Identifier: EUPL-1.2
"""The seal of the PDF: one spelling, and any byte changed, added or taken away is found."""

import random
import re
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.adapters.paper.certify import make_certified_pdf
from blauweknop.adapters.paper.document import render_document
from blauweknop.adapters.paper.pades import CONTENTS_BYTES, PdfSealError, seal_pdf
from blauweknop.adapters.paper.pdf_errors import PdfFormError, PdfSealInvalidError
from blauweknop.adapters.paper.verify_pdf import MAX_BYTES, parse_pdf
from blauweknop.core.seal.signature import low_s
from blauweknop.errors import BlauweKnopError, ConfigurationError
from blauweknop.testing.sealing import FixedSigner, fixed_key, seal_kit
from tests.unit.adapters.paper.printing import AT, KIT, certified, printed

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PDF = certified()
START = PDF.index(b"/Contents <") + len(b"/Contents ")
END = PDF.index(b">", START) + 1


def public_key() -> ec.EllipticCurvePublicKey:
    key = KIT.certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return key


def accepted(data: bytes) -> bool:
    """Whether ``data`` is a sealed PDF of the kit's source with this very set inside."""
    try:
        pdf = parse_pdf(data)
        if not pdf.sealed or pdf.attachment != printed().sealed_set:
            return False
        pdf.check_seal(KIT.signer.certificates, public_key())
    except BlauweKnopError:
        return False
    return True


def test_what_was_sealed_is_accepted() -> None:
    assert accepted(PDF)
    assert parse_pdf(PDF).attachment == printed().sealed_set


def positions(every: bool) -> list[int]:
    """The places where a byte is changed: all, or the edges of the seal, a third of it, and a sample of the rest."""
    if every:
        return list(range(len(PDF)))
    seal = len(PDF[START:END].rstrip(b"0>"))
    edges = [*range(START - 30, START + 30), *range(START + seal - 20, START + seal + 20), *range(END - 10, END + 90)]
    sample = random.Random(1).sample(range(len(PDF)), 150)
    return sorted({*edges, *range(START, START + seal, 3), *range(len(PDF) - 60, len(PDF)), *sample})


@pytest.mark.long
def test_any_byte_changed_is_found(whole: bool) -> None:
    flips = random.Random(2)
    passed = []
    for at in positions(whole):
        changed = bytearray(PDF)
        changed[at] ^= flips.choice([0x01, 0x20, 0x80, 0xFF])
        if accepted(bytes(changed)):
            passed.append(at)
    assert passed == []


@pytest.mark.long
def test_any_byte_added_or_taken_away_is_found(whole: bool) -> None:
    passed = [
        at
        for at in positions(whole)[:: 1 if whole else 7]
        if accepted(PDF[:at] + PDF[at + 1 :])
        or accepted(PDF[:at] + b"0" + PDF[at:])
        or accepted(PDF[:at] + b"\n" + PDF[at:])
    ]
    assert passed == []


def with_contents(change: Callable[[bytes], bytes]) -> bytes:
    return PDF[: START + 1] + change(PDF[START + 1 : END - 1]) + PDF[END - 1 :]


def other_signature(contents: bytes) -> bytes:
    """The same seal with the other of the two signatures that fit (r, n − s)."""
    der = bytes.fromhex(contents.decode())
    match = list(re.finditer(rb"\x30[\x44-\x46]\x02([\x20\x21])", der))[-1]
    raw = der[match.start() :]
    r_length = raw[3]
    s_length = raw[5 + r_length]
    s = int.from_bytes(raw[6 + r_length : 6 + r_length + s_length], "big")
    other = (ORDER - s).to_bytes(33, "big")
    other = other if other[1] & 0x80 else other[1:]
    body = raw[2 : 4 + r_length] + bytes([2, len(other)]) + other
    rebuilt = der[: match.start()] + bytes([0x30, len(body)]) + body
    return rebuilt[: len(der)].ljust(len(der), b"\0").hex().encode()


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "upper case": bytes.upper,
    "one letter in upper case": lambda hexes: hexes[:40] + hexes[40:].replace(b"a", b"A", 1),
    "padding not zero": lambda hexes: hexes[:-2] + b"01",
    "a blank": lambda hexes: hexes[:-1] + b" ",
    "the other signature that fits": other_signature,
    "nothing but zeros": lambda hexes: b"0" * len(hexes),
    "indefinite length": lambda hexes: b"3080" + hexes[4:],
}


@pytest.mark.parametrize("name", CHANGES)
def test_another_spelling_of_the_seal_is_refused(name: str) -> None:
    assert with_contents(lambda hexes: hexes) == PDF
    changed = with_contents(CHANGES[name])
    assert changed != PDF
    assert len(changed) == len(PDF)
    assert not accepted(changed)


@pytest.mark.parametrize(
    "extra",
    [b"\n", b"%", b"\n%%EOF\n", b"%PDF-1.7\n", PDF, b"\0" * 20, b"1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"],
)
def test_nothing_may_follow_or_go_before(extra: bytes) -> None:
    assert not accepted(PDF + extra)
    assert not accepted(extra + PDF)


def test_a_second_seal_is_refused() -> None:
    with pytest.raises(PdfSealError):
        seal_pdf(PDF, signer=KIT.signer, at=AT)


def test_the_seal_of_another_organisation_on_the_same_page_is_refused() -> None:
    other = seal_kit(iss="https://ander.voorbeeld.example")
    forged = make_certified_pdf(printed(), language="nl", signer=other.signer)
    pdf = parse_pdf(forged)
    assert pdf.attachment == printed().sealed_set
    with pytest.raises(PdfSealInvalidError):
        pdf.check_seal(KIT.signer.certificates, public_key())


def test_a_wrong_key_under_the_right_certificate_is_refused() -> None:
    thief = FixedSigner(fixed_key("thief"), certificates=KIT.signer.certificates)
    with pytest.raises(PdfSealInvalidError):
        parse_pdf(make_certified_pdf(printed(), language="nl", signer=thief)).check_seal(
            KIT.signer.certificates, public_key()
        )


def test_a_certificate_too_many_is_refused() -> None:
    extra = seal_kit(iss="https://ander.voorbeeld.example").signer.certificates
    signer = FixedSigner(fixed_key("seal https://bron.voorbeeld.example"), certificates=KIT.signer.certificates + extra)
    pdf = parse_pdf(make_certified_pdf(printed(), language="nl", signer=signer))
    pdf.check_seal(signer.certificates, public_key())
    with pytest.raises(PdfSealInvalidError):
        pdf.check_seal(KIT.signer.certificates, public_key())


def test_a_page_without_seal_says_so() -> None:
    pdf = parse_pdf(render_document(printed(), language="nl"))
    assert not pdf.sealed
    assert pdf.attachment == printed().sealed_set


BAD: dict[str, bytes] = {
    "empty": b"",
    "header only": b"%PDF-1.7\n",
    "too large": b"%PDF-1.7\n" + b" " * MAX_BYTES,
    "no attachment": PDF.replace(b"/EmbeddedFile/", b"/EmbeddedFule/"),
    "attachment twice": PDF.replace(b"%%EOF\n", b"/Type/EmbeddedFile/\n%%EOF\n", 1),
    "attachment of another type": PDF.replace(b"dc+sd-jwt", b"dc+sd-jvt"),
    "attachment longer than it says": re.sub(rb"/Size \d+/ModDate", b"/Size 10/ModDate", PDF),
    "attachment said to be huge": re.sub(rb"/Size \d+/ModDate", b"/Size 99999999/ModDate", PDF),
    "range beyond the file": re.sub(rb"/ByteRange \[0 \d+", b"/ByteRange [0 99999999", PDF),
    "range from elsewhere": PDF.replace(b"/ByteRange [0 ", b"/ByteRange [1 "),
    "range twice": PDF.replace(b"/ByteRange", b"/ByteRange [0 1 2 3]/ByteRange", 1),
    "HTML": b"<!doctype html><title>PDF</title>",
    "half": PDF[: len(PDF) // 2],
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_certified_document_gets_a_clear_refusal(name: str) -> None:
    with pytest.raises(PdfFormError):
        parse_pdf(BAD[name])


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_not_sealed(data: bytes) -> None:
    with pytest.raises(PdfSealError):
        seal_pdf(data, signer=KIT.signer, at=AT)


def test_a_key_without_certificate_does_not_seal() -> None:
    with pytest.raises(ConfigurationError):
        seal_pdf(PDF, signer=FixedSigner(fixed_key("x")), at=AT)


def test_certificates_that_do_not_fit_are_said_to() -> None:
    signer = FixedSigner(fixed_key("x"), certificates=KIT.signer.certificates * (CONTENTS_BYTES // 300))
    with pytest.raises(PdfSealError, match="room"):
        seal_pdf(render_document(printed(), language="nl"), signer=signer, at=AT)


def test_the_other_signature_is_really_one_that_fits() -> None:
    signature = KIT.signer.sign(b"x")
    assert low_s(signature)[:32] == signature[:32]
