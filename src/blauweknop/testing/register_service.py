# SPDX-License-Identifier: EUPL-1.2
"""A real register in a folder, for the demo and for tests: keys, store, and organisations to register."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.serialization import Encoding

from blauweknop.adapters.config.contact import DeveloperContact
from blauweknop.adapters.config.register import (
    FileSettings,
    FolderSettings,
    RegisterService,
    RegisterSettings,
)
from blauweknop.adapters.keys.bare import bare_key_path, load_bare_key
from blauweknop.adapters.keys.folder import load_certificates
from blauweknop.adapters.keys.register_folder import init_register, register_keys_folder
from blauweknop.core.dataset.definition import Text
from blauweknop.core.scheme.registration import HandedInKey, Registration
from blauweknop.core.scheme.vocabulary import KeyPurpose
from blauweknop.core.seal.seal_profile import SealSubject
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jwk import jwk_thumbprint, make_jwk
from blauweknop.core.wire.x5c import encode_x5c

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.scheme.vocabulary import Role

MANAGER_OIN: Final = "00000001000000000000"
MANAGER_NAME: Final = Text(nl="Stelselbeheer Voorbeeld", en="Example Scheme Management")
_YEAR: Final = 365 * 86_400


def register_settings(
    home: Path,
    *,
    iss: str,
    oin: str = MANAGER_OIN,
    name: Text = MANAGER_NAME,
    two_persons: bool = False,
    now: int | None = None,
) -> RegisterSettings:
    """The settings of a test register in ``home``; makes its keys where there are none."""
    init_register(home, SealSubject(oin=oin, name=name.nl, uri=iss), now=int(time.time()) if now is None else now)
    (home / "opslag").mkdir(exist_ok=True, mode=0o700)
    return RegisterSettings(
        register=RegisterService(
            name=name,
            oin=oin,
            iss=iss,
            environment="test",
            contact=DeveloperContact(
                name=name.nl, url="https://stelsel.voorbeeld.example", email="stelsel@voorbeeld.example"
            ),
            keys=FolderSettings(folder=str(register_keys_folder(home))),
            store=FileSettings(file=str(home / "opslag" / "register.sqlite")),
            asks_two_persons=two_persons,
        )
    )


def handed_in(purpose: KeyPurpose, key: ec.EllipticCurvePublicKey, *, now: int) -> HandedInKey:
    """A bare key as an organisation hands it in, valid for a year around ``now``."""
    return HandedInKey(
        purpose=purpose,
        jwk=dict(make_jwk(key)),
        valid_from=now - _YEAR,
        valid_until=now + _YEAR,
        kid=jwk_thumbprint(key),
    )


def handed_in_certificate(purpose: KeyPurpose, certificate: x509.Certificate) -> HandedInKey:
    """A seal or status key with its certificate, valid as long as that is."""
    der = certificate.public_bytes(Encoding.DER)
    key: Any = certificate.public_key()
    return HandedInKey(
        purpose=purpose,
        jwk=dict(make_jwk(key)),
        valid_from=int(certificate.not_valid_before_utc.timestamp()),
        valid_until=int(certificate.not_valid_after_utc.timestamp()),
        kid=b64url_encode(hashlib.sha256(der).digest()),
        x5c=tuple(encode_x5c([der])),
    )


def keys_of_folder(folder: Path, *, now: int) -> tuple[HandedInKey, ...]:
    """Every key in ``folder`` as it is handed in: with a certificate where there is one, else bare.

    Raises: ``KeyUnusableError``.
    """
    found = []
    for purpose in KeyPurpose:
        if (folder / f"{purpose}.crt.pem").exists():
            certificate = load_certificates(folder, purpose)[0].certificate
            found.append(handed_in_certificate(purpose, certificate))
        elif bare_key_path(folder, purpose).exists():
            public = load_bare_key(bare_key_path(folder, purpose), purpose).public_key()
            found.append(handed_in(purpose, public, now=now))
    return tuple(found)


def registration(oin: str, name: str, iss: str, role: Role, **members: Any) -> Registration:
    """A registration with one role; ``members`` as in ``Registration``."""
    return Registration(oin=oin, name=name, iss=iss, roles=(role,), **{"private": False, **members})
