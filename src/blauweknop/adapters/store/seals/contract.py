# SPDX-License-Identifier: EUPL-1.2
"""The status of this source's seals: one index per sealed set, in the source's own status lists.

- ``reserve`` gives indexes that were never given before, random within a list that is at most half full; durable when
  it returns. An index that is reserved and never used (a crash, a refusal) stays unused for ever.
- ``LogStore.append`` ties an index to a record; an index is used once.
- ``set_status``: 0 geldig → 1 ingetrokken or 3 vervangen, 3 → 1, nothing else; durable when it returns. Setting what
  already stands changes nothing. Concurrent callers see one order.
- ``find`` gives the seals of a delivery, its repeats included, oldest first; unknown gives an empty list.
- ``load_list`` gives a whole list with a version that grows with every change of it; an unknown number is an error.

Trust: whoever steals this store learns how many seals were given out and which were withdrawn, with the reason's own
words; whoever changes it can have a withdrawn seal published as valid, or the other way round, until the next audit
against the log: the list itself is signed with another key than the seals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from blauweknop.adapters.store.engine.errors import StoreConflictError
from blauweknop.adapters.store.log.contract import SealIndex  # noqa: TC001 - msgspec reads it at run time

if TYPE_CHECKING:
    from collections.abc import Sequence

SealStatus = Literal[0, 1, 3]
VALID: SealStatus = 0
WITHDRAWN: SealStatus = 1
REPLACED: SealStatus = 3
# What may become what; the first is what stands now.
TRANSITIONS = frozenset({(VALID, WITHDRAWN), (VALID, REPLACED), (REPLACED, WITHDRAWN)})


class SealIndexUnknownError(StoreConflictError):
    """There is no such seal, or no such list of seals."""

    code = "zegelplaats-onbekend"


class SealStatusFixedError(StoreConflictError):
    """A seal that was withdrawn stays withdrawn."""

    code = "zegelstatus-definitief"


class SealStanding(msgspec.Struct, frozen=True):
    """A seal that went out, and how it stands; ``record`` the id of its log record."""

    seal: SealIndex
    record: str
    status: SealStatus
    reason: str


class SealList(msgspec.Struct, frozen=True):
    """A whole list: 2 bits a seal, lowest bits first (draft-ietf-oauth-status-list §4.1)."""

    number: int
    version: int
    statuses: bytes


class SealStatusStore(Protocol):
    """See the module for what callers can rely on. Every method raises ``StoreFailedError`` and its kinds."""

    async def reserve(self, count: int) -> Sequence[SealIndex]:
        """``count`` indexes for seals to come."""
        ...

    async def set_status(self, seal: SealIndex, value: SealStatus, *, reason: str) -> None:
        """Raises: ``SealIndexUnknownError``, ``SealStatusFixedError``. ``reason``: no personal data."""
        ...

    async def find(self, delivery: str) -> Sequence[SealStanding]:
        """The seals of the delivery with this id."""
        ...

    async def load_list(self, number: int) -> SealList:
        """Raises: ``SealIndexUnknownError``."""
        ...

    async def list_numbers(self) -> Sequence[int]:
        """The numbers of all lists, in order."""
        ...
