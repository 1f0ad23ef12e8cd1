# SPDX-License-Identifier: EUPL-1.2
"""A collecting app of the demo, as it runs on a citizen's device: a public client with a key that it made itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.core.wire.jwk import jwk_thumbprint
from blauweknop.core.wire.keys import P256Signer
from tests.journeys.lender import Lender


def new_key() -> P256Signer:
    """A key as a device makes one."""
    key = ec.generate_private_key(ec.SECP256R1())
    return P256Signer(key, kid=jwk_thumbprint(key.public_key()))


@dataclass
class CollectingApp(Lender):
    """``key``: what its tokens are bound to."""

    slug: str = "overzicht"
    key: P256Signer = field(default_factory=new_key)

    def _authentication(self) -> dict[str, str]:
        return {}

    def _signer(self, purpose: str) -> P256Signer:
        assert purpose == "dpop"
        return self.key


def own_line(source: str, **changes: Any) -> dict[str, Any]:
    """Three years of the citizen's own income from ``source``."""
    return {
        "type": "eigen_inzage",
        "locations": [source],
        "datatypes": ["inkomen/1"],
        "actions": ["ophalen"],
        "elementen": ["belastingjaar", "verzamelinkomen"],
        "periode": {"laatste": "P3Y"},
        **changes,
    }
