# SPDX-License-Identifier: EUPL-1.2
"""From the settings of a service to its relying party: asked are all levels that are enough."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.config.secret import load_secret_value
from blauweknop.adapters.login.model import LoginSettings
from blauweknop.adapters.login.relying_party import RelyingParty
from blauweknop.core.delivery.situation import ASSURANCE_ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.config.settings import LoginSettings as Configured

_NS: Final = 1_000_000_000


def configured_relying_party(login: Configured, *, iss: str, environ: Mapping[str, str], clock: Clock) -> RelyingParty:
    """``iss``: the public address of the service, without slash; it takes the answer at ``/inloggen/terug``.

    Raises: ``SecretMissingError``, ``SecretExposedError``.
    """
    least = ASSURANCE_ORDER.index(login.assurance)
    settings = LoginSettings(
        issuer=login.issuer,
        client_id=login.client_id,
        client_secret=load_secret_value(login.client_secret, environ).reveal(),
        redirect_uri=f"{iss}/inloggen/terug",
        levels=login.acr,
        asked_levels=tuple(acr for acr, level in login.acr.items() if ASSURANCE_ORDER.index(level) >= least),
    )
    return RelyingParty(settings, now=lambda: clock.now_ns() / _NS, random=secrets.token_bytes)
