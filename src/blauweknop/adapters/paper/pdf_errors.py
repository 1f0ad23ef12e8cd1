# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a certified PDF."""

from __future__ import annotations

from blauweknop.errors import ConfigurationError, DocumentError, MalformedError, SignatureInvalidError


class PdfFormError(MalformedError):
    """The PDF does not have the form of a certified document."""

    code = "pdf-vorm-ongeldig"


class PdfSealInvalidError(SignatureInvalidError):
    """The seal of the PDF does not fit its bytes."""

    code = "pdf-zegel-ongeldig"


class PdfTimeStampError(DocumentError):
    """The time-stamp of the PDF is no token, or does not fit its seal."""

    code = "pdf-tijdstempel-ongeldig"


class PdfTimeStampUnknownError(DocumentError):
    """The time-stamp of the PDF is by an authority that is not trusted here."""

    code = "pdf-tijdstempel-onbekend"


class PaperMissingError(ConfigurationError):
    """Making or sealing a PDF needs packages that are not installed: install blauweknop[paper]."""

    code = "pakket-ontbreekt"
