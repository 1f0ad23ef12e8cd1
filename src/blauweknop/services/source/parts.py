# SPDX-License-Identifier: EUPL-1.2
"""A source, assembled: everything its pages and its pipeline need, made once from one configuration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.config.settings import SourceSettings
    from blauweknop.adapters.connectors.contract import Connector
    from blauweknop.adapters.store.engine.sqlite import SqliteEngine
    from blauweknop.adapters.store.log.sqlite import SqliteLogStore
    from blauweknop.adapters.store.seals.contract import SealStatusStore
    from blauweknop.adapters.store.sessions.contract import LoginAttemptStore, SessionStore
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.delivery.decide import OfferedSet
    from blauweknop.core.wire.keys import P256Signer


@dataclass(frozen=True, kw_only=True)
class Parts:
    """One source; mappings are by data set, ``id/version``. Secrets are 32 bytes."""

    settings: SourceSettings
    iss: str
    environment: str
    scheme_url: str
    catalogue: Catalogue
    offered: Mapping[str, OfferedSet]
    type_metadata: Mapping[str, bytes]
    integrity: Mapping[str, str]
    connectors: Mapping[str, Connector]
    log: SqliteLogStore
    seals: SealStatusStore
    sessions: SessionStore
    logins: LoginAttemptStore
    engine: SqliteEngine
    seal_signer: P256Signer
    status_signer: P256Signer
    log_secret: bytes
    session_secret: bytes
    clock: Clock

    async def close(self) -> None:
        """Ends connections and the store; what was acknowledged is durable already."""
        for connector in self.connectors.values():
            await connector.close()
        await self.log.close()
        await self.engine.close()
