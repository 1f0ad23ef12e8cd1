# SPDX-License-Identifier: EUPL-1.2
"""From one configuration to one working source. Whatever is missing or contradicts is refused here, at the start."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from blauweknop.adapters.connectors.open import open_connector
from blauweknop.adapters.keys.contract import Purpose, SecretPurpose
from blauweknop.adapters.keys.folder import KeyFolder
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.log.sqlite import SqliteLogStore
from blauweknop.adapters.store.seals.sqlite import SqliteSealStatusStore
from blauweknop.adapters.store.sessions.sqlite import SqliteLoginAttemptStore, SqliteSessionStore
from blauweknop.core.delivery.decide import OfferedSet
from blauweknop.core.seal.type_metadata import integrity, type_metadata
from blauweknop.errors import ConfigurationError
from blauweknop.services.source.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.config.settings import DataSetSettings, SourceSettings
    from blauweknop.core.dataset.catalogue import Catalogue


def assemble(settings: SourceSettings, *, environ: Mapping[str, str], clock: Clock, catalogue: Catalogue) -> Parts:
    """The source of ``settings``; ``await parts.close()`` when done. Blocks while it opens the store.

    Raises: ``ConfigurationError`` and its kinds (also for keys of another source), ``InfrastructureError``.
    """
    source = settings.source
    keys = KeyFolder(Path(source.keys.folder))
    keys.check_fit(iss=source.iss, oin=source.oin, environment=source.environment, at=clock.now_ns() // 1_000_000_000)
    offered = {one.id: _offered(one, catalogue) for one in settings.data_sets}
    connectors = {one.id: open_connector(one.link, environ=environ) for one in settings.data_sets}
    session_secret = keys.secret(SecretPurpose.SESSION)
    seal_signer, status_signer = keys.signer(Purpose.SEAL), keys.signer(Purpose.STATUS)
    log_secret = keys.secret(SecretPurpose.LOG)
    metadata = {
        ref: type_metadata(catalogue.definitions[ref], catalogue.concepts, source.scheme_url) for ref in offered
    }
    engine = SqliteEngine.open(Path(settings.store.file))
    return Parts(
        settings=settings,
        iss=source.iss,
        environment=source.environment,
        scheme_url=source.scheme_url,
        catalogue=catalogue,
        offered=offered,
        type_metadata=metadata,
        integrity={ref: integrity(document) for ref, document in metadata.items()},
        connectors=connectors,
        log=SqliteLogStore(engine, monotonic_ns=clock.monotonic_ns),
        seals=SqliteSealStatusStore(engine, random_below=secrets.randbelow),
        sessions=SqliteSessionStore(engine, secret=session_secret, random=secrets.token_bytes),
        logins=SqliteLoginAttemptStore(engine, secret=session_secret, random=secrets.token_bytes),
        engine=engine,
        seal_signer=seal_signer,
        status_signer=status_signer,
        log_secret=log_secret,
        session_secret=session_secret,
        clock=clock,
    )


def _offered(settings: DataSetSettings, catalogue: Catalogue) -> OfferedSet:
    definition = catalogue.definitions.get(settings.id)
    if definition is None:
        raise ConfigurationError(f"gegevensset {settings.id} does not exist in the scheme")
    for name, mapping in settings.link.elements.items():
        element = definition.element(name)
        if element is None:
            raise ConfigurationError(f"gegevensset {settings.id} has no element {name}")
        for part in mapping.parts:
            if part not in {one.id for one in element.parts}:
                raise ConfigurationError(f"gegevensset {settings.id}: {name} has no part {part}")
    return OfferedSet(on=settings.on, elements=frozenset(settings.link.elements))
