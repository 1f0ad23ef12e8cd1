# SPDX-License-Identifier: EUPL-1.2
"""Finds the paper code in a picture: a photo or scan of the printed page, or the picture of the code itself.

Only PNG and JPEG, at most ``MAX_PIXELS``; other QR codes in the picture are passed over, two paper codes are refused.
"""

from __future__ import annotations

import io
from typing import Final

from blauweknop.adapters.verify.errors import NoCodeInPictureError, PictureUnreadableError, ScanMissingError

MAX_PIXELS: Final = 50_000_000
_PREFIX = "BK1:"


def read_picture(data: bytes) -> str:
    """The text of the one paper code in the picture ``data``.

    Raises: ``NoCodeInPictureError``, ``PictureUnreadableError``, ``ScanMissingError`` when the extra is not installed.
    """
    try:
        import zxingcpp
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise ScanMissingError from error
    try:
        picture = Image.open(io.BytesIO(data), formats=["PNG", "JPEG"])
        if picture.width * picture.height > MAX_PIXELS:
            raise PictureUnreadableError(f"more than {MAX_PIXELS} pixels")
        grey = picture.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureUnreadableError from error
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    codes = {each.text for each in found if each.text.startswith(_PREFIX)}
    if len(codes) != 1:
        raise NoCodeInPictureError("none" if not codes else "more than one")
    return codes.pop()
