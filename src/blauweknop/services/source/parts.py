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
    from blauweknop.adapters.store.engine.sqlite import Engine
    from blauweknop.adapters.store.log.contract import LogStore
    from blauweknop.adapters.store.seals.contract import SealStatusStore
    from blauweknop.adapters.store.sessions.contract import SessionStore
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.delivery.decide import OfferedSet
    from blauweknop.core.wire.keys import P256Signer


@dataclass(frozen=True, kw_only=True)
class Parts:
    """One source. ``integrity``: of the type metadata, by ``id/version``; ``connectors``: by ``id/version``."""

    settings: SourceSettings
    iss: str
    environment: str
    scheme_url: str
    catalogue: Catalogue
    offered: dict[str, OfferedSet]
    integrity: Mapping[str, str]
    connectors: Mapping[str, Connector]
    log: LogStore
    seals: SealStatusStore
    sessions: SessionStore
    engine: Engine
    seal_signer: P256Signer
    status_signer: P256Signer
    log_secret: bytes
    clock: Clock

    async def close(self) -> None:
        """Ends connections and the store; what was acknowledged is durable already."""
        for connector in self.connectors.values():
            await connector.close()
        await self.engine.close()
