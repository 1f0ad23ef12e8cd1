# SPDX-License-Identifier: EUPL-1.2
"""A client as the register has it: who it is, its profile, its keys, what it may ask (system.md 3).

``vrager``: a requester, FAPI 2.0 Security Profile: it proves who it is by ``private_key_jwt``, its DPoP key stands in
the register. ``app``: a collecting app on the citizen's device: a public client, DPoP from the pushed request on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.core.wire.jwk import PublicKey

Profile = Literal["vrager", "app"]
_LOOPBACK: Final = "127.0.0.1"
MAX_URI: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class Client:
    """``client_id``: the participant's ``iss``; ``refusal``: why it may do nothing now (a code), or empty.

    ``keys``: those for purpose ``client`` that count now, by ``kid``; ``dpop``: thumbprints (RFC 7638) of the keys for
    purpose ``dpop`` that count now; ``services``: admitted profiles (``id/version``); ``command_line``: an app whose
    redirect is on loopback, any port (environment ``test`` only).
    """

    client_id: str
    oin: str
    name: str
    profile: Profile
    redirect_uris: frozenset[str]
    keys: Mapping[str, PublicKey] = field(default_factory=dict)
    dpop: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    app_origins: frozenset[str] = frozenset()
    command_line: bool = False
    refusal: str = ""

    def accepts(self, redirect_uri: str, environment: str) -> bool:
        """Whether an answer may go to ``redirect_uri``: exactly one of its own (RFC 9700 §2.1, RFC 8252 §7.3)."""
        if redirect_uri in self.redirect_uris:
            return True
        return self.command_line and environment == "test" and _without_port(redirect_uri) in self.redirect_uris


def _without_port(uri: str) -> str:
    """A loopback address (``http://127.0.0.1:PORT/path``) without its port; any other as it is."""
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return uri
    if port is None or uri != f"http://{_LOOPBACK}:{port}{parts.path}":
        return uri
    return f"http://{_LOOPBACK}{parts.path}"
