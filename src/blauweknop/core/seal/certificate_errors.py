# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with the certificate of a seal; leaves of the one error tree."""

from __future__ import annotations

from blauweknop.errors import DocumentError


class CertificateError(DocumentError):
    """The certificate of the seal is not acceptable."""

    code = "certificaat-ongeldig"


class CertificateMalformedError(CertificateError):
    """A certificate of the seal does not have the form it must have."""

    code = "certificaat-vorm"


class CertificateProfileError(CertificateError):
    """The certificate is not one to seal with."""

    code = "certificaat-profiel"


class CertificatePathError(CertificateError):
    """The certificates of the seal do not vouch for each other as they claim."""

    code = "certificaat-pad"


class CertificateNotValidAtError(CertificateError):
    """A certificate of the seal was not valid when the seal was set."""

    code = "certificaat-niet-geldig"


class CertificateIssuerError(CertificateError):
    """The certificate belongs to another organisation or address than the set names."""

    code = "certificaat-ander"


class SealUnknownError(CertificateError):
    """The seal is by a certificate that is not known here, so that it cannot be checked."""

    code = "zegel-onbekend"
