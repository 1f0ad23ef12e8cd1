# SPDX-License-Identifier: EUPL-1.2
"""What the authorization server remembers between two requests, and what it asks of the grants it is the door of.

Times are seconds since 1970, UTC. Nothing here says who the citizen is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from blauweknop.core.consent.line import Line, LineType  # noqa: TC001 - msgspec reads them at run time

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

REQUEST_SECONDS: Final = 90
CODE_SECONDS: Final = 60
TOKEN_SECONDS: Final = 300
OWN_ACCESS_IDLE_SECONDS: Final = 15 * 60
OWN_ACCESS_SECONDS: Final = 60 * 60
REQUEST_URI: Final = "urn:ietf:params:oauth:request_uri:"


class PushedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request that was pushed and checked (RFC 9126). ``jkt``: the key it was pushed with, or empty."""

    client_id: str
    redirect_uri: str
    code_challenge: str
    lines: tuple[Line, ...]
    pushed_at: int
    state: str = ""
    jkt: str = ""


class CodeContent(msgspec.Struct, frozen=True, kw_only=True):
    """What a code stands for (RFC 6749 §4.1.2): whose, for which grant, bound to which challenge and key."""

    client_id: str
    redirect_uri: str
    code_challenge: str
    grant_id: str
    kind: LineType
    jkt: str = ""


class RefreshContent(msgspec.Struct, frozen=True, kw_only=True):
    """What a refresh token stands for. ``jkt``: the key that a public client is held to (RFC 9449 §5), or empty."""

    client_id: str
    grant_id: str
    kind: LineType
    jkt: str = ""


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """The citizen said yes to ``lines`` (each with its ``regel``), no more than was asked."""

    grant_id: str
    lines: tuple[Line, ...]


class Denied(msgspec.Struct, frozen=True, kw_only=True):
    """The citizen said no, or saved it for later: the client is not told which."""


class StatusRef(msgspec.Struct, frozen=True):
    """A place in a status list (Token Status List §6.1)."""

    uri: str
    idx: int


@dataclass(frozen=True, kw_only=True, repr=False)
class Standing:
    """How a grant stands now: ``ended`` for ever, or ``waiting`` (the reason, or empty).

    ``lines``: as granted, each with its ``regel``; ``until``: the first second after its end; ``sub``: the citizen,
    pairwise for the client; ``interval``: after how many seconds to ask again.
    """

    lines: tuple[Line, ...]
    until: int
    sub: str
    acr: str
    ended: str = ""
    waiting: str = ""
    interval: int = 60


@dataclass(frozen=True, kw_only=True, repr=False)
class Identity:
    """The citizen as one source may know them. Personal: never log it.

    ``person``: ``{"bsn": …}`` or ``{"koppeling": …}``, to be encrypted to ``key`` (named ``kid``), the source's current
    one for purpose ``encryption``; ``status``: the grant's place in that source's list, None without one; ``act``: the
    representative under a mandate (``sub``, ``mandaat``, ``status``), or None.
    """

    person: dict[str, str]
    key: ec.EllipticCurvePublicKey
    kid: str
    status: StatusRef | None = None
    act: dict[str, Any] | None = None
