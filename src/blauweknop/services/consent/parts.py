# SPDX-License-Identifier: EUPL-1.2
"""A consent service, assembled: what its endpoints and pages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.login.relying_party import RelyingParty
    from blauweknop.adapters.scheme.contract import RegisterReader
    from blauweknop.adapters.store.consents.contract import ConsentStore
    from blauweknop.adapters.store.grants.contract import GrantStore
    from blauweknop.adapters.store.sessions.contract import LoginAttemptStore, SessionStore
    from blauweknop.core.consent.capacity import CapacityAnswers
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.dataset.definition import Text
    from blauweknop.core.oauth.nonce import Nonces
    from blauweknop.core.status.token import VerifiedStatusList
    from blauweknop.core.wire.keys import P256Signer
    from blauweknop.endpoints.openapi.document import Contact

NS = 1_000_000_000


class CapacityQuestion(Protocol):
    """Asks RvIG and Rechtspraak whether somebody may decide; the answer is held in memory only."""

    async def ask(self, bsn: str) -> CapacityAnswers:
        """Both answers within five seconds; what did not come in time says so."""
        ...


@dataclass(frozen=True, kw_only=True)
class ConsentKeys:
    """One key per purpose; ``sub`` and ``link``: secrets of 32 bytes that are never rotated."""

    token: P256Signer
    status: P256Signer
    receipt: P256Signer
    sub: bytes
    link: bytes


@dataclass(frozen=True, kw_only=True)
class ConsentParts:
    """``iss``: public address without slash; ``register_page``: address of the register's public site.

    ``contact``: whom a developer asks.
    """

    name: Text
    oin: str
    iss: str
    environment: Literal["test", "productie"]
    contact: Contact
    catalogue: Catalogue
    register: RegisterReader
    register_page: str
    store: ConsentStore
    grants: GrantStore
    sessions: SessionStore
    attempts: LoginAttemptStore
    login: RelyingParty
    capacity: CapacityQuestion
    keys: ConsentKeys
    nonces: Nonces
    clock: Clock
    random: Callable[[int], bytes]
    closing: tuple[Callable[[], Awaitable[None]], ...] = ()

    async def participants(self) -> VerifiedStatusList:
        """The status list to decide on: the one that the stand of this service vouches for.

        Raises: as ``RegisterReader.newest``.
        """
        return (await self.register.newest()).listed

    def now(self) -> int:
        """Seconds since 1970, UTC."""
        return self.clock.now_ns() // NS
