# SPDX-License-Identifier: EUPL-1.2
"""From an assembled source to its door for requesters and apps: register, stand of consents, keys."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.adapters.http.client import HttpCaller
from blauweknop.adapters.keys.bare import bare_key_path, load_bare_key
from blauweknop.adapters.scheme.configured import configured_register
from blauweknop.adapters.status.client import StandClient
from blauweknop.adapters.store.proofs.sqlite import SqliteProofStore
from blauweknop.adapters.store.stands.sqlite import SqliteStandMemory
from blauweknop.core.oauth.nonce import Nonces
from blauweknop.core.scheme.errors import KeyUnknownError
from blauweknop.core.scheme.vocabulary import KeyPurpose
from blauweknop.services.source.plus_parts import PlusParts

if TYPE_CHECKING:
    from blauweknop.adapters.config.settings import PlusSettings
    from blauweknop.adapters.scheme.contract import RegisterReader
    from blauweknop.services.source.parts import Parts

_NS = 1_000_000_000


@dataclass(frozen=True)
class KeyOfConsentService:
    """Finds the status key of the consent service in the register."""

    register: RegisterReader
    iss: str
    parts: Parts

    async def __call__(self, kid: str) -> ec.EllipticCurvePublicKey:
        """The key ``kid``. Raises: errors of the register."""
        register = await self.register.register()
        register = await self.register.with_details(register.by_iss(self.iss).oin)
        now = self.parts.clock.now_ns() // _NS
        key = register.key(self.iss, KeyPurpose.STATUS, kid, at=now).public_key
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise KeyUnknownError(clause="system.md 4: status keys are on P-256")
        return key


def plus_parts(parts: Parts, settings: PlusSettings) -> PlusParts:
    """The parts; call each of ``closing`` when done. Raises: ``ConfigurationError`` and its kinds."""
    register = configured_register(settings, environment=parts.environment, clock=parts.clock)
    find_key = KeyOfConsentService(register, settings.consent_service, parts)
    statuses = StandClient(
        HttpCaller(settings.consent_service),
        iss=settings.consent_service,
        oin=parts.settings.source.oin,
        find_key=find_key,
        register=register,
        memory=SqliteStandMemory(parts.engine),
        clock=parts.clock,
    )
    folder = Path(parts.settings.source.keys.folder)
    return PlusParts(
        oin=parts.settings.source.oin,
        consent_service=settings.consent_service,
        register=register,
        statuses=statuses,
        proofs=SqliteProofStore(parts.engine),
        nonces=Nonces(hmac.digest(parts.session_secret, b"dpop-nonces", hashlib.sha256)),
        encryption_key=load_bare_key(bare_key_path(folder, "encryption"), "encryption"),
        own_access_per_hour=settings.own_access_per_hour,
        closing=(statuses.close, register.close),
    )
