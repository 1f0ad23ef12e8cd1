# SPDX-License-Identifier: EUPL-1.2
"""What an authorization server remembers: pushed requests, codes, refresh tokens, and names used once.

- Secrets (``request_uri``, code, refresh token) are 256 random bits made by the caller; the store keeps their SHA-256.
- Durable: when a method that changes something returns, it holds after a crash. Nobody retries inside.
- ``take_request``, ``redeem`` and ``first_use`` say yes once: of concurrent callers, in whatever process, exactly one
  gets True, and a crash before the answer leaves the name used.
- ``redeem`` marks a code as used and stores its refresh token in one step. The second time it gives False, and every
  refresh token that came of this code is gone (RFC 6749 §4.1.2). A code that is not there gives False as well.
- ``load_…`` gives None for what is unknown or was pruned. What has expired may still be given, with its ``expires_at``:
  the caller's table says what that means. A used code is given until its ``kept_until``, so that its second use shows.
- ``use_refresh`` moves the idle end of a refresh token; ``expires_at`` never moves.
- Expired rows go with later writes, a few at a time. Times are seconds UTC since 1970.

Trust: whoever steals this store learns which client asked and was granted what, of whom it does not know; nothing in it
can be redeemed. Whoever changes it can end grants' tokens, or plant a code or refresh token of their own for a grant
that exists: that still takes the client's private keys, and the grant itself stands elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from blauweknop.core.oauth.model import CodeContent, PushedRequest, RefreshContent


@dataclass(frozen=True, kw_only=True)
class NewCode:
    """``expires_at``: at most 60 seconds on; ``kept_until``: until when a second use is still noticed."""

    code: str
    content: CodeContent
    expires_at: int
    kept_until: int


@dataclass(frozen=True, kw_only=True)
class NewRefresh:
    """``idle_seconds``: it ends after so long without use; 0: only ``expires_at`` ends it."""

    token: str
    content: RefreshContent
    expires_at: int
    idle_seconds: int = 0


@dataclass(frozen=True, kw_only=True)
class StoredCode:
    """A code that was given out, used or not."""

    content: CodeContent
    expires_at: int
    used: bool = False


@dataclass(frozen=True, kw_only=True)
class StoredRefresh:
    """A refresh token; ``expires_at``: the earlier of its end and its idle end."""

    content: RefreshContent
    expires_at: int


class GrantStore(Protocol):
    """See the module. Every method raises ``StoreFailedError`` and its kinds."""

    async def push(self, request_uri: str, request: PushedRequest, *, expires_at: int, now: int) -> None:
        """Keeps a pushed request. Raises: ``StoreConflictError`` for a ``request_uri`` seen before."""
        ...

    async def load_request(self, request_uri: str) -> PushedRequest | None:
        """The request; it stays."""
        ...

    async def take_request(self, request_uri: str) -> bool:
        """Uses the request up: True, once."""
        ...

    async def add_code(self, code: NewCode, *, now: int) -> None:
        """Keeps a code that is about to be given out."""
        ...

    async def load_code(self, code: str) -> StoredCode | None:
        """The code, used or not; it stays."""
        ...

    async def redeem(self, code: str, refresh: NewRefresh, *, now: int) -> bool:
        """Burns the code and keeps its refresh token: True, once."""
        ...

    async def load_refresh(self, token: str) -> StoredRefresh | None:
        """The refresh token."""
        ...

    async def use_refresh(self, token: str, *, now: int) -> None:
        """It was used at ``now``; one that is not there is no error."""
        ...

    async def end_refresh(self, token: str) -> bool:
        """Ends one refresh token; whether there was one."""
        ...

    async def end_grant(self, grant_id: str) -> None:
        """Ends every code and refresh token of a grant."""
        ...

    async def first_use(self, kind: str, owner: str, name: str, *, until: int, now: int) -> bool:
        """Whether this name of ``owner`` is used for the first time; it is remembered until ``until``."""
        ...
