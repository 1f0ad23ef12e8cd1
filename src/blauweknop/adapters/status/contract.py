# SPDX-License-Identifier: EUPL-1.2
"""Whether a consent is alive, as known this second (system.md 3.5).

- ``fresh`` returns when the stand is at most half a second old, so that it still counts (one second) at the decision
  that follows; counted from when its poll was *sent* on this source's monotonic clock. It holds the list of ``ref``
  then: a consent may be the first of a list, younger than a stand that counts. It waits at most two seconds, then
  raises ``StatusUnknownError``. Polls are single-flight.
- inside ``delivering`` the stand is polled every half second, so that the second decision finds one that counts.
- ``status_of`` does no I/O and may be called from another thread: ``onbekend`` whenever the stand is older than a
  second, names another list than the one held, or says nothing of it.
- A stand with a ``volgnr`` lower than the highest stored when its poll was sent is refused and changes nothing; the
  highest is stored durably before a stand is used, so that a restart or a restored backup there is seen here.

Trust: whoever signs stands decides which consents are alive; whoever stands between can only make them ``onbekend``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from blauweknop.errors import InfrastructureError

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from blauweknop.core.delivery.situation import ConsentStatus
    from blauweknop.core.scheme.register import Nothing
    from blauweknop.core.seal.content import StatusRef
    from blauweknop.core.status.stand import VerifiedStand


class StatusUnknownError(InfrastructureError):
    """Whether the consent still stands cannot be known now, so nothing is delivered."""

    code = "status-onbekend"
    retry = True


class StandMemory(Protocol):
    """The highest ``volgnr`` seen of a signer of stands; durable when ``raise_to`` returns; it never goes down."""

    async def highest(self, iss: str) -> int:
        """0 where nothing was seen."""
        ...

    async def raise_to(self, iss: str, serial: int) -> None:
        """Stores ``serial`` unless a higher one is stored."""
        ...


class ConsentStatuses(Protocol):
    """See the module."""

    async def fresh(self, ref: StatusRef | None) -> None:
        """Raises: ``StatusUnknownError``."""
        ...

    def delivering(self) -> AbstractAsyncContextManager[None]:
        """Keeps the stand fresh inside the block."""
        ...

    def status_of(self, ref: StatusRef) -> ConsentStatus:
        """The status now."""
        ...

    def stand(self) -> VerifiedStand | Nothing:
        """The newest stand that was believed."""
        ...
