# SPDX-License-Identifier: EUPL-1.2
"""Sessions of citizens, and logins under way.

- Ids are 256 random bits, made here for sessions and by the caller for login attempts (its ``state``). The store keeps
  SHA-256 of an id, and the content encrypted under a key that needs the service's session secret *and* the id.
- Durable: when ``create``, ``renew``, ``update``, ``end``, ``save`` or ``take`` returns, it holds after a crash.
- ``renew`` gives the session a new id and ends the old one in one step (after a login: no fixation).
- ``take`` gives the content of a login attempt once; of concurrent callers exactly one gets it.
- What is unknown, ended, expired (``now`` ≥ ``expires_at``) or changed by somebody else gives None: the caller cannot
  tell which. Nobody retries inside. Times are seconds UTC since 1970.
- Expired rows go with later writes.

Trust: whoever steals this store learns how many sessions there are and when they end, nothing more without the cookies;
whoever changes it can end sessions, but neither read one nor make one.
"""

from __future__ import annotations

from typing import Protocol


class SessionStore(Protocol):
    """See the module. Every method raises ``StoreFailedError`` and its kinds."""

    async def create(self, content: bytes, *, expires_at: int, now: int) -> str:
        """Stores a new session; returns its id, base64url, for the cookie."""
        ...

    async def load(self, session: str, *, now: int) -> bytes | None:
        """The content."""
        ...

    async def renew(self, session: str, content: bytes, *, expires_at: int, now: int) -> str | None:
        """Ends ``session`` and stores ``content`` under a new id, which it returns; None where there was none."""
        ...

    async def update(self, session: str, content: bytes, *, expires_at: int, now: int) -> bool:
        """Replaces the content under the same id; False where there was none. The last of concurrent callers stays."""
        ...

    async def end(self, session: str) -> None:
        """Ends the session; one that is not there is no error."""
        ...


class LoginAttemptStore(Protocol):
    """See the module. Every method raises ``StoreFailedError`` and its kinds."""

    async def save(self, state: str, content: bytes, *, expires_at: int, now: int) -> None:
        """Keeps what the answer to this login will need. Raises: ``StoreConflictError`` for a ``state`` seen before."""
        ...

    async def take(self, state: str, *, now: int) -> bytes | None:
        """The content, once."""
        ...
