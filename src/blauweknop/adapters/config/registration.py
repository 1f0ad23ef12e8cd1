# SPDX-License-Identifier: EUPL-1.2
"""A registration as an organisation hands it in: one TOML file, with its certificates and public keys beside it.

::

    oin = "…"  naam = "…"  iss = "https://…"  rollen = ["vrager"]  privaat = true
    waarmerk_sinds = 2026-11-01             # only who seals: from which day its seals count
    gegevenssets = ["inkomen/1"]            # only a source
    [[sleutels]]                            # one key, one purpose
    doel = "dpop"
    publiek = "dpop.pub.pem"                # or, with seal and status: certificaat = "seal.crt.pem"
    van = 2026-11-01                        # not with a certificate: it says itself from when until when
    tot = 2028-11-01
    [[toelatingen]]
    dienst = "hypotheek/1"
    sinds = 2026-11-01
    via = ["00000001…"]                     # OINs of whom the data pass through

A date is 00:00 UTC of that day. Private keys are never read. Other members are those of ``Registration``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any, Final

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_public_key

from blauweknop.adapters.config.read import SettingsError, read_settings
from blauweknop.core.scheme.registration import Registration
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jwk import jwk_thumbprint, make_jwk
from blauweknop.core.wire.x5c import encode_x5c

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blauweknop.core.wire.jwk import PublicKey

_MAX_PEM: Final = 65_536


def load_registration(path: Path, *, environ: Mapping[str, str]) -> Registration:
    """The registration in the file at ``path``. Raises: ``SettingsError`` with file and what to change."""
    tree = read_settings(path, dict[str, Any], environ=environ)
    members: dict[str, Any] = _as_seconds(tree)
    keys = tree.get("sleutels", [])
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        raise SettingsError("write each key as [[sleutels]]", file=path)
    members["sleutels"] = [_handed_in(_as_seconds(key), path) for key in keys]
    try:
        return msgspec.convert(members, Registration, strict=True)
    except msgspec.ValidationError as error:
        raise SettingsError(str(error), file=path) from error


def _handed_in(key: dict[str, Any], path: Path) -> dict[str, Any]:
    """The key with what its file says filled in."""
    match key:
        case {"certificaat": str(name), **rest} if not rest.keys() & {"publiek", "jwk", "kid", "van", "tot"}:
            return {**rest, **_from_certificate(_pem(path, name), path, name)}
        case {"publiek": str(name), **rest} if not rest.keys() & {"certificaat", "jwk", "kid"}:
            return {**rest, **_from_public_key(_pem(path, name), path, name)}
        case {"jwk": dict(), "kid": str()}:
            return key
    raise SettingsError("give with each key publiek or certificaat, the name of a PEM file", file=path)


def _from_certificate(pem: bytes, path: Path, name: str) -> dict[str, Any]:
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        key = _supported(certificate.public_key())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SettingsError(f"{name} is not a certificate in PEM", file=path) from error
    der = certificate.public_bytes(Encoding.DER)
    return {
        "jwk": make_jwk(key),
        "kid": b64url_encode(hashlib.sha256(der).digest()),
        "van": int(certificate.not_valid_before_utc.timestamp()),
        "tot": int(certificate.not_valid_after_utc.timestamp()),
        "x5c": encode_x5c([der]),
    }


def _from_public_key(pem: bytes, path: Path, name: str) -> dict[str, Any]:
    try:
        key = _supported(load_pem_public_key(pem))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SettingsError(f"{name} is not a public key in PEM", file=path) from error
    return {"jwk": make_jwk(key), "kid": jwk_thumbprint(key)}


def _supported(key: object) -> PublicKey:
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    if isinstance(key, ed25519.Ed25519PublicKey | rsa.RSAPublicKey):
        return key
    raise ValueError("a key of another kind")


def _pem(path: Path, name: str) -> bytes:
    file = path.parent / name
    try:
        with file.open("rb") as handle:
            return handle.read(_MAX_PEM)
    except OSError as error:
        raise SettingsError(f"{name} cannot be read ({error.strerror})", file=path) from error


def _as_seconds(value: Any) -> Any:
    """Dates of TOML as seconds since 1970, everywhere below ``value``."""
    match value:
        case dt.datetime():
            moment = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
            return int(moment.timestamp())
        case dt.date():
            return int(dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC).timestamp())
        case dict():
            return {name: _as_seconds(one) for name, one in value.items()}
        case list():
            return [_as_seconds(one) for one in value]
    return value
