# SPDX-License-Identifier: EUPL-1.2
"""Other people's programs accept the certified document: poppler, qpdf, pdfua, pyHanko."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from blauweknop.adapters.paper.certify import make_certified_pdf
from blauweknop.texts import LANGUAGES, Language
from tests.unit.adapters.paper.printing import KIT, certified, printed


@pytest.fixture(params=LANGUAGES)
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    language: Language = request.param
    file = tmp_path / f"{language}.pdf"
    file.write_bytes(certified(language=language))
    return file


def test_pdfsig_calls_it_signed_as_a_whole(document: Path) -> None:
    said = subprocess.run(["pdfsig", str(document)], capture_output=True, check=False, text=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_qpdf_finds_no_error(document: Path) -> None:
    run = subprocess.run(["qpdf", "--check", str(document)], capture_output=True, check=False, text=True)
    assert (run.returncode, run.stderr) == (0, "")


def test_pdfua_finds_nothing(document: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "pdfua", "check", str(document)], capture_output=True, check=False, text=True
    ).stdout
    assert "result: PASS" in said


def test_pyhanko_trusts_it_and_finds_one_seal_over_all(document: Path) -> None:
    reader = PdfFileReader(io.BytesIO(document.read_bytes()))
    (signature,) = reader.embedded_signatures
    root = asn1_x509.Certificate.load(KIT.root.public_bytes(Encoding.DER))
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))
    assert status.bottom_line
    assert getattr(status.coverage, "name", "") == "ENTIRE_FILE"


def test_it_says_what_it_is(document: Path) -> None:
    with pikepdf.open(document) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode()
        (attached,) = pdf.Root.AF
        assert re.search(r"pdfaid:part>3<.*pdfaid:conformance>A<", metadata, re.DOTALL)
        assert "pdfuaid:part>1<" in metadata
        assert attached.AFRelationship == "/Data"
        assert str(pdf.Root.Lang) == document.stem
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261125094640Z"


def test_headers_of_tables_have_a_scope(document: Path) -> None:
    with pikepdf.open(document) as pdf:
        headers = [
            element for element in pdf.objects if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TH"
        ]
        assert len(headers) >= 5
        for header in headers:
            attributes = header.A if isinstance(header.A, pikepdf.Array) else [header.A]
            assert any(attribute.get("/Scope") == "/Column" for attribute in attributes)


def test_pictures_have_words(document: Path) -> None:
    with pikepdf.open(document) as pdf:
        figures = [
            element
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure"
        ]
        assert len(figures) == 1
        assert "-" in str(figures[0].Alt)


def test_the_seal_certificate_travels_without_its_root() -> None:
    reader = PdfFileReader(io.BytesIO(certified()))
    (signature,) = reader.embedded_signatures
    certificates = [choice.chosen.dump() for choice in signature.signed_data["certificates"]]
    assert certificates == list(KIT.signer.certificates)


def test_every_sealing_is_readable_under_a_new_signature() -> None:
    again = make_certified_pdf(printed(), language="nl", signer=KIT.signer)
    assert again.startswith(b"%PDF-1.7\n")
