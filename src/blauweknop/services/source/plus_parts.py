# SPDX-License-Identifier: EUPL-1.2
"""What a source needs beyond Basis: the register, the stand of consents, a key to read whom a token is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.adapters.scheme.contract import RegisterReader
    from blauweknop.adapters.status.contract import ConsentStatuses
    from blauweknop.adapters.store.proofs.contract import ProofStore
    from blauweknop.core.oauth.nonce import Nonces


@dataclass(frozen=True, kw_only=True)
class PlusParts:
    """``consent_service``: its ``iss``; ``oin``: of this source; ``encryption_key``: of purpose ``encryption``.

    ``own_access_per_hour``: deliveries of own access that one app may have in an hour.
    """

    oin: str
    consent_service: str
    register: RegisterReader
    statuses: ConsentStatuses
    proofs: ProofStore
    nonces: Nonces
    encryption_key: ec.EllipticCurvePrivateKey
    own_access_per_hour: int
    closing: tuple[Callable[[], Awaitable[None]], ...] = ()
