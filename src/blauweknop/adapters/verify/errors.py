# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a file before there is a seal to look at."""

from __future__ import annotations

from blauweknop.errors import ConfigurationError, DocumentError


class KindUnknownError(DocumentError):
    """The file is not a certified set, PDF or paper code."""

    code = "soort-onbekend"


class NoCodeInPictureError(DocumentError):
    """There is no paper code in the picture, or more than one."""

    code = "geen-code-in-beeld"


class PictureUnreadableError(DocumentError):
    """The picture cannot be read."""

    code = "beeld-onleesbaar"


class PaperCodeSpellingError(DocumentError):
    """The text of a paper code was changed on its way: it has other letters, blanks or line ends."""

    code = "papiercode-spelling"


class ScanMissingError(ConfigurationError):
    """Reading a picture needs packages that are not installed: install blauweknop[scan]."""

    code = "scan-ontbreekt"
