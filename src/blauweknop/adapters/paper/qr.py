# SPDX-License-Identifier: EUPL-1.2
"""Draws a paper code as a QR code (ISO/IEC 18004), for a page and as a picture.

Level M, quiet zone of four modules. ``BK1:`` and base45 are within the alphanumeric mode, so the code stays small
enough to be read from a print of 150 dpi; a module is printed half a millimetre wide.
"""

from __future__ import annotations

import io
from typing import Any, Final

from blauweknop.adapters.paper.pdf_errors import PaperMissingError
from blauweknop.errors import MalformedError

QUIET_ZONE: Final = 4  # modules
MODULE_MM: Final = 0.5
_PIXELS = 6  # a module in the picture


def qr_png(paper_code: str) -> bytes:
    """The picture (PNG, black on white). Raises: ``MalformedError`` for a code that does not fit a QR code."""
    picture = io.BytesIO()
    _draw(paper_code).save(picture, kind="png", scale=_PIXELS, border=QUIET_ZONE)
    return picture.getvalue()


def qr_svg(paper_code: str) -> tuple[str, float]:
    """The drawing (SVG) and its width in millimetres, quiet zone included. Raises: as ``qr_png``."""
    drawing = io.BytesIO()
    code = _draw(paper_code)
    code.save(drawing, kind="svg", border=QUIET_ZONE, light="white", xmldecl=False, unit=None, omitsize=True)
    return drawing.getvalue().decode("utf-8"), code.symbol_size(border=QUIET_ZONE)[0] * MODULE_MM


def _draw(paper_code: str) -> Any:
    try:
        import segno
    except ImportError as error:
        raise PaperMissingError("segno") from error
    try:
        return segno.make_qr(paper_code, error="m", boost_error=False)
    except (segno.DataOverflowError, ValueError) as error:
        raise MalformedError("the paper code does not fit a QR code") from error
