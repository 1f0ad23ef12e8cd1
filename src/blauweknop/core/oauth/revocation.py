# SPDX-License-Identifier: EUPL-1.2
"""Revocation of a refresh token (RFC 7009): the client gives its grant up ("opgezegd door vrager").

An access token lives 300 seconds at most and is not kept here; revoking one is answered as done (RFC 7009 §2.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blauweknop.core.oauth.errors import UnauthorizedClientError

if TYPE_CHECKING:
    from blauweknop.core.oauth.client import Client
    from blauweknop.core.oauth.model import RefreshContent


@dataclass(frozen=True, kw_only=True)
class RevocationSituation:
    """What the rows look at."""

    client: Client
    refresh: RefreshContent


def check_own_token(s: RevocationSituation) -> None:
    """A client ends its own tokens only."""
    if s.refresh.client_id != s.client.client_id:
        raise UnauthorizedClientError("the token was given to another client", clause="RFC 7009 §2.1")
