# SPDX-License-Identifier: EUPL-1.2
"""The log of a source: every delivery of a citizen's data, refused ones too, in an order nobody can change unseen.

- Durable: when ``append`` returns, the record survives kill -9 and power loss (one sync may serve several calls).
- ``decide`` runs inside the write transaction, on the state that the record joins: when it refuses, the refusal is
  written instead of the delivery, and returned. Its monotonic instant (nanoseconds, same clock as ``Clock``) is stored
  in the row: "a delivery starts" is that instant.
- Per citizen key the records are numbered 1, 2, 3 … without gaps, each with the leaf of the one before
  (32 zero bytes before the first); concurrent callers see one order.
- The same ``idempotency_key`` from the same door within 10 minutes is a repeat: it gets a record of its own, marked
  ``repeat`` with the first delivery id, which the answer re-uses.
- ``mark_sent`` clears ``uncertain``; it is batched and may be lost in a crash: then the record stays uncertain.
- A missing key gives an empty list. Nobody retries inside: a failed write raises ``InfrastructureError`` and nothing
  of it is stored.

Trust: whoever steals this store learns which data sets went out when to which door, under keyed hashes of citizens,
and entries in clear until their term; whoever changes it is found by the chain once a leaf has been handed out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from blauweknop.core.delivery.model import Permission, Refusal  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.ledger.entry import LogEntry  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class SealIndex(msgspec.Struct, frozen=True):
    """A place in one of the source's own seal status lists: ``number`` of the list, ``index`` in it."""

    number: int
    index: int


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A record to write.

    ``citizen``: keyed hash of BSN or account, 32 bytes; ``entry``: its ``nummer`` and ``vorige`` are filled in by the
    store; ``salt``: 32 random bytes; ``now_ns``: UTC, ns since 1970; ``marks``: element id to an 8-byte keyed hash of
    its values: when an earlier delivery of the same data set to this citizen has another mark for one of them, the
    seal of that delivery becomes *vervangen* (3) in the same transaction.
    """

    citizen: bytes
    entry: LogEntry
    salt: bytes
    now_ns: int
    idempotency_key: str
    marks: dict[str, bytes] = {}
    seal: SealIndex | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A record as stored; ``entry_json``: the canonical bytes under the leaf."""

    id: str
    number: int
    entry_json: bytes
    salt: bytes
    leaf: bytes
    previous: bytes
    started_ns: int
    uncertain: bool
    repeat_of: str


class LogStore(Protocol):
    """See the module for what callers can rely on."""

    async def append(self, draft: Draft, *, decide: Callable[[], Permission | Refusal]) -> Record | Refusal:
        """Writes the record durably, or the refusal that ``decide`` gave. Raises: ``InfrastructureError``."""
        ...

    async def mark_sent(self, ids: Sequence[str]) -> None:
        """The last byte of these answers was handed to the socket."""
        ...

    async def of_citizen(self, citizen: bytes, *, after: int = 0, limit: int = 100) -> Sequence[Record]:
        """The records of one citizen with a number above ``after``, in order."""
        ...
