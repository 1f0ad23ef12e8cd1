# SPDX-License-Identifier: EUPL-1.2
"""Organisations of a test scheme: their keys where there are none yet, and the registration they hand in.

A source hands in its seal and status certificates and its encryption key; a consent service its status certificate and
its bare keys; a requester its bare keys. Keys lie under ``<home>/keys/<slug>``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cryptography import x509

from blauweknop.adapters.keys.bare import bare_key_path, ensure_bare_keys, load_bare_key
from blauweknop.adapters.keys.chain import ChainSource, init_test_chain, keys_folder
from blauweknop.adapters.keys.contract import Purpose
from blauweknop.adapters.keys.folder import load_signer
from blauweknop.core.scheme.detail import Admission
from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role
from blauweknop.services.register.administration import Administration, Unsigned
from blauweknop.testing.register_service import handed_in, handed_in_certificate, registration

if TYPE_CHECKING:
    from pathlib import Path

    from blauweknop.adapters.config.settings import Organisation
    from blauweknop.core.scheme.registration import HandedInKey, Registration
    from blauweknop.services.register.parts import RegisterParts

CONSENT_PURPOSES: Final = (KeyPurpose.TOKEN, KeyPurpose.RECEIPT, KeyPurpose.EVENT, KeyPurpose.DPOP)
REQUESTER_PURPOSES: Final = (KeyPurpose.CLIENT, KeyPurpose.DPOP, KeyPurpose.ENCRYPTION, KeyPurpose.STATEMENT)


def source_registration(
    home: Path, source: Organisation, data_sets: tuple[str, ...], *, now: int, **members: Any
) -> Registration:
    """A source that knows people by BSN."""
    folder = keys_folder(home, source.slug)
    ensure_bare_keys(folder, [KeyPurpose.ENCRYPTION])
    keys = (
        _certified(folder, Purpose.SEAL),
        _certified(folder, Purpose.STATUS),
        *_bare(folder, (KeyPurpose.ENCRYPTION,), now),
    )
    return registration(
        source.oin,
        source.name.nl,
        source.iss,
        Role.SOURCE,
        keys=keys,
        data_sets=data_sets,
        seals_since=now,
        endpoints={"leveringen": f"{source.iss}/v1/leveringen"},
        **{"subject": "bsn", "bsn_ground": "Wet algemene bepalingen burgerservicenummer art. 10", **members},
    )


def consent_registration(home: Path, consent: ChainSource, *, now: int) -> Registration:
    """A consent service."""
    init_test_chain(home, [consent], now=now)
    folder = keys_folder(home, consent.slug)
    ensure_bare_keys(folder, CONSENT_PURPOSES)
    keys = (_certified(folder, Purpose.STATUS), *_bare(folder, CONSENT_PURPOSES, now))
    return registration(consent.oin, consent.name, consent.iss, Role.CONSENT_SERVICE, keys=keys)


def requester_registration(
    home: Path, slug: str, *, oin: str, name: str, iss: str, services: tuple[str, ...], now: int, **members: Any
) -> Registration:
    """A requester that is admitted for ``services``."""
    folder = keys_folder(home, slug)
    ensure_bare_keys(folder, REQUESTER_PURPOSES)
    return registration(
        oin,
        name,
        iss,
        Role.REQUESTER,
        keys=_bare(folder, REQUESTER_PURPOSES, now),
        admissions=tuple(Admission(service=service, since=now) for service in services),
        **members,
    )


async def admit(register: RegisterParts, one: Registration) -> None:
    """Admits an organisation to a register that asks no second person."""
    await Administration(register).decide(Act.ADMIT, one.oin, one, Unsigned())


def _certified(folder: Path, purpose: Purpose) -> HandedInKey:
    der = load_signer(folder, purpose).certificates[0]
    return handed_in_certificate(KeyPurpose(purpose.value), x509.load_der_x509_certificate(der))


def _bare(folder: Path, purposes: tuple[KeyPurpose, ...], now: int) -> tuple[HandedInKey, ...]:
    return tuple(
        handed_in(purpose, load_bare_key(bare_key_path(folder, purpose), purpose).public_key(), now=now)
        for purpose in purposes
    )
