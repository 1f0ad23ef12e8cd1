# SPDX-License-Identifier: EUPL-1.2
"""The log of a source: every delivery of a citizen's data, refused ones too, in an order nobody can change unseen.

- Durable: when ``append`` returns, the record survives kill -9 and power loss (one sync may serve several calls).
- ``decide`` runs inside the write transaction, on the state that the record joins: when it refuses, the refusal is
  written instead of the delivery, and returned. Its monotonic instant (nanoseconds, same clock as ``Clock``) is stored
  in the row: "a delivery starts" is that instant.
- Per citizen key the records are numbered 1, 2, 3 … without gaps, each with the leaf of the one before
  (32 zero bytes before the first); concurrent callers see one order.
- The same ``idempotency_key`` from the same door for the same citizen within 10 minutes is a repeat: it gets a record
  of its own, ``repeat_of`` the first delivery, whose id the answer re-uses. Because that id stands inside the sealed
  set, callers ask ``find_repeat`` *before* sealing and put what it gives in ``entry.levering`` and
  ``entry.herhaling_van``; ``append`` looks again inside the transaction and raises ``RepeatError`` when they do not
  fit any more (another request with this key came between): seal again under ``error.delivery`` and append that.
  A look or a refused attempt takes no key. An empty key is never a repeat.
- Deliveries and looks are ``uncertain`` until they were sent; a refused attempt hands out nothing and never is.
- The id of a record is its ``entry.levering`` (time-ordered ids keep the index of a growing log cheap), of a repeat
  ``{levering}~{nummer}``; an id stands once.
- ``seal`` must be reserved and free (``SealStatusStore.reserve``); a refusal leaves it unused.
- ``quota`` is used up by the record, in its transaction; ``decide`` is told whether it was used before. A repeat of a
  delivery uses nothing more; a refusal uses nothing. A ``HourQuota`` is used up once ``most`` records took of it.
- ``mark_sent`` clears ``uncertain``; it is batched and may be lost in a crash: then the record stays uncertain.
- A missing key gives an empty list. Nobody retries inside: a failed write raises ``InfrastructureError`` and nothing
  of it is stored. After a crash a record that was not acknowledged is either whole or absent.

Trust: whoever steals this store learns which data sets went out when to which door, under keyed hashes of citizens,
and entries in clear until their term; whoever changes it is found by the chain once a leaf has been handed out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from blauweknop.adapters.store.engine.errors import StoreConflictError
from blauweknop.core.delivery.model import Permission, Refusal  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.ledger.entry import LogEntry  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class SealIndex(msgspec.Struct, frozen=True):
    """A place in one of the source's own seal status lists: ``number`` of the list, ``index`` in it."""

    number: int
    index: int


class Quota(msgspec.Struct, frozen=True):
    """A calendar period of a granted line that the delivery uses up (system.md 3.3)."""

    grant_id: str
    rule: str
    period: str


class HourQuota(msgspec.Struct, frozen=True):
    """A client's share of one hour (hours since 1970, UTC): ``most`` deliveries."""

    client: str
    hour: int
    most: int


class LogView(msgspec.Struct, frozen=True):
    """What ``decide`` may know of the state that the record joins."""

    quota_used: bool = False


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A record to write.

    ``citizen``: keyed hash of BSN or account, 32 bytes; ``entry``: its ``nummer`` and ``vorige`` are filled in by the
    store; ``salt``: 32 random bytes; ``now_ns``: UTC, ns since 1970; ``marks``: element id to an 8-byte keyed hash of
    its values: when an earlier delivery of the same data set to this citizen has another mark for one of them, the
    seal of that delivery becomes *vervangen* (3) in the same transaction. A mark covers one thing that can change:
    where deliveries choose a period, the key names it too. Empty: nothing is compared.
    """

    citizen: bytes
    entry: LogEntry
    salt: bytes
    now_ns: int
    idempotency_key: str
    marks: dict[str, bytes] = {}
    seal: SealIndex | None = None
    quota: Quota | HourQuota | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A record as stored; ``entry_json``: the canonical bytes under the leaf, empty (as ``salt``) once erased."""

    id: str
    number: int
    entry_json: bytes
    salt: bytes
    leaf: bytes
    previous: bytes
    started_ns: int
    uncertain: bool
    repeat_of: str


class RepeatError(StoreConflictError):
    """The idempotency key was used meanwhile, or its first use is forgotten: seal again under the id given."""

    code = "herhaling-past-niet"
    retry = True

    def __init__(self, delivery: str) -> None:
        """``delivery``: the first delivery id under this key; empty when there is none (any more)."""
        super().__init__()
        self.delivery = delivery


class LogStore(Protocol):
    """See the module for what callers can rely on."""

    async def append(self, draft: Draft, *, decide: Callable[[LogView], Permission | Refusal]) -> Record | Refusal:
        """Writes the record durably, or the refusal that ``decide`` gave.

        Raises: ``RepeatError``, ``StoreConflictError`` (id or seal used before), other ``InfrastructureError``.
        """
        ...

    async def find_repeat(self, citizen: bytes, door: str, idempotency_key: str, now_ns: int) -> str | None:
        """The first delivery id under this key in the last 10 minutes, if any. Raises: ``InfrastructureError``."""
        ...

    async def is_used(self, quota: Quota | HourQuota) -> bool:
        """Whether deliveries used this period up; ``append`` looks again. Raises: ``InfrastructureError``."""
        ...

    async def mark_sent(self, ids: Sequence[str]) -> None:
        """The last byte of these answers was handed to the socket."""
        ...

    async def of_citizen(self, citizen: bytes, *, after: int = 0, limit: int = 100) -> Sequence[Record]:
        """The records of one citizen with a number above ``after``, in order."""
        ...
