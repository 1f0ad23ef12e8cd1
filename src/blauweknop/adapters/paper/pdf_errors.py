# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a certified PDF."""

from __future__ import annotations

from blauweknop.errors import ConfigurationError, MalformedError, SignatureInvalidError


class PdfFormError(MalformedError):
    """The PDF does not have the form of a certified document."""

    code = "pdf-vorm-ongeldig"


class PdfSealInvalidError(SignatureInvalidError):
    """The seal of the PDF does not fit its bytes."""

    code = "pdf-zegel-ongeldig"


class PaperMissingError(ConfigurationError):
    """Making or sealing a PDF needs packages that are not installed: install blauweknop[paper]."""

    code = "pakket-ontbreekt"
