# SPDX-License-Identifier: EUPL-1.2
"""Who asks, as known at the moment of a decision.

The pipeline decides twice, and the second time is the one that counts: so a claimant does not hold facts but gives
those of now. ``facts`` may be called from the store's writer thread and does no I/O.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from blauweknop.core.delivery.situation import Authority, Caller


class Claimant(Protocol):
    """See the module."""

    def facts(self, *, quota_used: bool) -> tuple[Caller | None, Authority | None]:
        """The caller and the token with the status of its consent, now."""
        ...


class SessionDoor:
    """The citizen themselves, at this source's own page: no caller, no token."""

    def facts(self, *, quota_used: bool) -> tuple[None, None]:  # noqa: ARG002 - nothing is counted here
        """Nothing: the decision skips what needs it."""
        return None, None


SESSION: Final = SessionDoor()
