# SPDX-License-Identifier: EUPL-1.2
"""What one authorization server is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.store.grants.contract import GrantStore
    from blauweknop.core.oauth.nonce import Nonces
    from blauweknop.core.oauth.rar import Registration
    from blauweknop.core.wire.keys import Signer
    from blauweknop.endpoints.authorization.contract import Clients, Decider, TokenMint

NS = 1_000_000_000
SECRET_BYTES = 32
ID_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class AuthorizationParts:
    """``issuer``: exact, and the public address before every endpoint.

    ``registration``: what may be asked, as it stands now; ``signer``: the key for purpose ``token``; ``keys``: those to
    publish, by ``kid``, the next and the last one included; ``random``: that many unpredictable bytes;
    ``own_access_only``: an AS inside a source, whose tokens are for that source (``issuer``) alone.
    """

    issuer: str
    environment: Literal["test", "productie"]
    clients: Clients
    grants: GrantStore
    decider: Decider
    mint: TokenMint
    registration: Callable[[], Awaitable[Registration]]
    signer: Signer
    keys: Callable[[], Mapping[str, ec.EllipticCurvePublicKey]]
    nonces: Nonces
    clock: Clock
    random: Callable[[int], bytes]
    own_access_only: bool = False

    def now(self) -> int:
        """Seconds since 1970, UTC."""
        return self.clock.now_ns() // NS
