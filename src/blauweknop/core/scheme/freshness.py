# SPDX-License-Identifier: EUPL-1.2
"""May something be decided on this status list of participants (system.md 3.5 and 4)?

The list is signed by the register, lives 24 hours, and is relayed unchanged beside the consent service's stand, which
says in ``register_gezien`` how new the newest list is that the consent service knows. Rules, in this order:

1. a list with a lower ``volgnr`` than one seen by any path is refused: any path that shows a newer one wins;
2. from 24 hours after its ``iat`` on it counts for nothing;
3. within its ``ttl`` (30 s) it counts by itself;
4. past it, it counts only beside a stand of at most one second whose ``register_gezien`` is no newer than the list.

So a suspension acts within ttl plus one poll, everything goes on for 24 hours while the register is away, and a relay
that holds a suspension back is one that both keeps the list and signs a false ``register_gezien``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blauweknop.core.scheme.errors import RegisterStaleError, StatusNotKnownError, StatusRolledBackError
from blauweknop.core.status.stand import VerifiedStand

if TYPE_CHECKING:
    from blauweknop.core.scheme.register import Nothing
    from blauweknop.core.status.token import VerifiedStatusList

TTL: Final = 30
LIFETIME: Final = 24 * 3600
_CLOCK_SKEW: Final = 10


def check_status_list(
    listed: VerifiedStatusList,
    *,
    highest: int,
    at: int,
    stand: VerifiedStand | Nothing,
    now_ns: int,
) -> None:
    """Raises unless ``listed`` may be decided on at ``at`` (seconds UTC) and ``now_ns`` (the stand's clock).

    ``highest``: the highest ``volgnr`` seen by any path.
    Raises: ``StatusRolledBackError``, ``RegisterStaleError``, ``StatusNotKnownError`` (fetch again, then retry).
    """
    # 1. and 2.
    check_still_newest(listed, highest=highest, at=at)
    # 3.
    age = at - listed.times.issued_at
    if -_CLOCK_SKEW <= age <= min(listed.times.ttl, TTL):
        return
    # 4.
    seen = _seen_by(stand, now_ns)
    if seen > listed.serial:
        raise StatusNotKnownError("a newer list exists", clause="rule 4")


def check_still_newest(listed: VerifiedStatusList, *, highest: int, at: int) -> None:
    """Raises unless ``listed`` may be relayed: rules 1 and 2.

    A consent service decides on it too: the stand that rule 4 asks for is its own, and says that it knows no newer one.
    Raises: ``StatusRolledBackError``, ``RegisterStaleError``.
    """
    # 1.
    if listed.serial < highest:
        raise StatusRolledBackError(f"volgnr {listed.serial}, seen {highest}", clause="rule 1")
    # 2.
    if at - listed.times.issued_at >= LIFETIME:
        raise RegisterStaleError("the status of participants is more than 24 hours old", clause="rule 2")


def _seen_by(stand: VerifiedStand | Nothing, now_ns: int) -> int:
    """The ``volgnr`` that a fresh stand vouches for. Raises: ``StatusNotKnownError``."""
    if not isinstance(stand, VerifiedStand) or not stand.is_fresh(now_ns=now_ns):
        raise StatusNotKnownError("past its ttl and no stand of this second beside it", clause="rule 4")
    if stand.stand.register_seen is None:
        raise StatusNotKnownError("the stand does not say what it saw of the register", clause="rule 4")
    return stand.stand.register_seen.serial
