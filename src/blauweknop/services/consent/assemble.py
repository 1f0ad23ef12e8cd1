# SPDX-License-Identifier: EUPL-1.2
"""From settings to a consent service: opens its store and carries out what the journal knows, before anything else."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.keys.bare import bare_key_path, load_bare_signer
from blauweknop.adapters.keys.folder import load_secret
from blauweknop.adapters.login.configured import configured_relying_party
from blauweknop.adapters.scheme.configured import configured_register
from blauweknop.adapters.store.consents.citizens import CitizenKeys
from blauweknop.adapters.store.consents.journal import Journal
from blauweknop.adapters.store.consents.sqlite import SqliteConsentStore
from blauweknop.adapters.store.engine.migrate import load_migrations
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.grants.sqlite import SqliteGrantStore
from blauweknop.adapters.store.sessions.sqlite import SqliteLoginAttemptStore, SqliteSessionStore
from blauweknop.core.oauth.nonce import Nonces
from blauweknop.endpoints.openapi.document import Contact
from blauweknop.services.consent.capacity import CapacityDesk
from blauweknop.services.consent.parts import ConsentKeys, ConsentParts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.config.consent import ConsentSettings

BARE_KEYS: Final = ("token", "status", "receipt", "dpop")
SECRETS: Final = ("session", "finder", "burger-1", "sub", "link")
_SEALING: Final = "burger-"


async def assemble_consent(settings: ConsentSettings, *, environ: Mapping[str, str], clock: Clock) -> ConsentParts:
    """The service; call each of ``closing`` when done.

    Raises: ``ConfigurationError`` and its kinds, ``StoreFailedError`` and its kinds.
    """
    service, folder = settings.service, Path(settings.service.keys.folder)
    token, status, receipt, dpop = (load_bare_signer(bare_key_path(folder, name), name) for name in BARE_KEYS)
    session_secret = load_secret(folder, "session")
    register = configured_register(settings.scheme, environment=service.environment, clock=clock)
    engine = SqliteEngine.open(Path(settings.store.file), migrations=load_migrations("consent"))
    store = SqliteConsentStore(
        engine,
        Journal(Path(settings.store.journal)),
        CitizenKeys(finder=load_secret(folder, "finder"), sealing=_sealing_keys(folder)),
        random=secrets.token_bytes,
        random_below=secrets.randbelow,
        address=service.iss,
    )
    await store.recover()
    login = configured_relying_party(settings.login, iss=service.iss, environ=environ, clock=clock)
    return ConsentParts(
        name=service.name,
        oin=service.oin,
        iss=service.iss,
        environment=service.environment,
        contact=Contact(name=service.contact.name, url=service.contact.url, email=service.contact.email),
        catalogue=load_catalogue(),
        register=register,
        register_page=settings.scheme.register,
        store=store,
        grants=SqliteGrantStore(engine),
        sessions=SqliteSessionStore(engine, secret=session_secret, random=secrets.token_bytes),
        attempts=SqliteLoginAttemptStore(engine, secret=session_secret, random=secrets.token_bytes),
        login=login,
        capacity=CapacityDesk(
            register,
            iss=service.iss,
            environment=service.environment,
            token=token,
            dpop=dpop,
            clock=clock,
            random=secrets.token_bytes,
            population=service.capacity.population,
            court=service.capacity.court,
        ),
        keys=ConsentKeys(
            token=token,
            status=status,
            receipt=receipt,
            sub=load_secret(folder, "sub"),
            link=load_secret(folder, "link"),
        ),
        nonces=Nonces(hmac.digest(session_secret, b"dpop-nonces", hashlib.sha256)),
        clock=clock,
        random=secrets.token_bytes,
        closing=(login.close, register.close, engine.close),
    )


def _sealing_keys(folder: Path) -> dict[int, bytes]:
    versions = [int(path.stem.removeprefix(_SEALING)) for path in folder.glob(f"{_SEALING}*.secret")]
    return {version: load_secret(folder, f"{_SEALING}{version}") for version in versions}
