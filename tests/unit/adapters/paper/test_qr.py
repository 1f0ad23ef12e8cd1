# SPDX-License-Identifier: EUPL-1.2
"""The paper code as a picture and on the page, read back by another program's eyes."""

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from blauweknop.adapters.paper.qr import QUIET_ZONE, qr_png, qr_svg
from blauweknop.adapters.verify import picture
from blauweknop.adapters.verify.errors import NoCodeInPictureError, PictureUnreadableError
from blauweknop.adapters.verify.picture import read_picture
from blauweknop.core.seal.paper_code import MAX_CHARACTERS
from blauweknop.errors import MalformedError
from tests.unit.adapters.paper.printing import certified, paper_code


def png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, format="PNG")
    return written.getvalue()


def side_by_side(*codes: str) -> bytes:
    images = [Image.open(io.BytesIO(qr_png(code))).convert("L") for code in codes]
    together = Image.new("L", (sum(image.width for image in images), max(image.height for image in images)), 255)
    left = 0
    for image in images:
        together.paste(image, (left, 0))
        left += image.width
    return png(together)


@pytest.mark.parametrize("code", [paper_code(), "BK1:" + "A%" * ((MAX_CHARACTERS - 4) // 2)])
def test_the_picture_is_read_back_also_at_the_largest_size(code: str) -> None:
    assert read_picture(qr_png(code)) == code


def test_bk009_the_code_is_read_from_a_page_printed_at_150_dpi(tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(certified())
    command = ["pdftoppm", "-r", "150", "-l", "1", "-png", "-gray", str(file), str(tmp_path / "print")]
    subprocess.run(command, check=True)
    (scan,) = tmp_path.glob("print*.png")
    assert read_picture(scan.read_bytes()) == paper_code()
    worse = Image.open(scan).convert("L").rotate(2, fillcolor=255).filter(ImageFilter.GaussianBlur(0.7))
    assert read_picture(png(worse)) == paper_code()


def test_a_jpeg_is_read_too() -> None:
    written = io.BytesIO()
    Image.open(io.BytesIO(qr_png(paper_code()))).convert("L").save(written, format="JPEG", quality=60)
    assert read_picture(written.getvalue()) == paper_code()


def test_the_quiet_zone_is_white() -> None:
    image = Image.open(io.BytesIO(qr_png(paper_code()))).convert("L")
    edge = QUIET_ZONE * 6
    assert image.crop((0, 0, image.width, edge)).getextrema() == (255, 255)
    assert image.crop((0, 0, edge, image.height)).getextrema() == (255, 255)


def test_the_drawing_says_how_wide_it_is() -> None:
    drawing, width = qr_svg(paper_code())
    assert "<script" not in drawing
    assert 30 < width < 65


def test_another_qr_code_beside_it_is_passed_over() -> None:
    assert read_picture(side_by_side("https://example.nl", paper_code())) == paper_code()


def test_two_paper_codes_are_refused() -> None:
    with pytest.raises(NoCodeInPictureError, match="more than one"):
        read_picture(side_by_side(paper_code(), paper_code("persoonsgegevens/1")))


def test_a_picture_without_a_code_is_refused() -> None:
    with pytest.raises(NoCodeInPictureError, match="none"):
        read_picture(png(Image.new("L", (300, 300), 255)))


def test_a_picture_with_very_many_pixels_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    code = qr_png(paper_code())
    assert read_picture(code)
    monkeypatch.setattr(picture, "MAX_PIXELS", 1000)
    with pytest.raises(PictureUnreadableError, match="pixels"):
        read_picture(code)


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"%PDF-1.7", qr_png("BK1:A")[:200], b"\x89PNG\r\n\x1a\n" + b"\0" * 50]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureUnreadableError):
        read_picture(data)


def test_what_does_not_fit_a_code_is_refused() -> None:
    with pytest.raises(MalformedError):
        qr_png("A" * 5000)
