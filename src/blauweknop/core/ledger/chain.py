# SPDX-License-Identifier: EUPL-1.2
"""Checks the chain of one citizen's records: omission, change and reordering show.

For the records 1, 2, 3 … of one citizen, in order, each link (``vectors/ledger-chain.json`` has every rule once):

1. the entry is the canonical compact JSON of a ``LogEntry``;
2. its ``nummer`` is one more than the one before;
3. its ``vorige`` is the leaf of the one before, 32 zero bytes before the first;
4. its leaf is SHA-256(0x00 ‖ salt ‖ entry), the salt 32 bytes.

An erased record (no entry, no salt) keeps its leaf: the chain goes through it, its content is no longer checked.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

import msgspec

from blauweknop.core.ledger.entry import NO_PREVIOUS, SALT_BYTES, LogEntry, encode_entry, leaf_of
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAF_BYTES = 32


class ChainBrokenError(DocumentError):
    """A log record is missing, changed or out of order."""

    code = "logketen-verbroken"

    def __init__(self, detail: str, *, number: int) -> None:
        """``number``: the place in the chain of the first record that does not fit."""
        super().__init__(f"record {number}: {detail}")
        self.number = number


class ChainLink(msgspec.Struct, frozen=True, kw_only=True):
    """A record as the chain sees it; ``entry_json`` and ``salt`` are empty once erased."""

    entry_json: bytes
    salt: bytes
    leaf: bytes


class ChainHead(msgspec.Struct, frozen=True):
    """How far a chain was checked: the last ``number``, 0 for none, and its ``leaf``."""

    number: int = 0
    leaf: bytes = NO_PREVIOUS


def verify_chain(links: Iterable[ChainLink], *, after: ChainHead | None = None) -> ChainHead:
    """The head of the chain that ``links`` continue from ``after`` (its start when left out).

    Raises: ``ChainBrokenError`` at the first link that does not fit.
    """
    head = after or ChainHead()
    for link in links:
        _check_link(link, head)
        head = ChainHead(head.number + 1, link.leaf)
    return head


def _check_link(link: ChainLink, head: ChainHead) -> None:
    number = head.number + 1
    if len(link.leaf) != _LEAF_BYTES:
        raise ChainBrokenError("a leaf is 32 bytes", number=number)
    if not link.entry_json and not link.salt:
        return
    # 1.
    entry = _parse_entry(link.entry_json, number)
    # 2.
    if entry.nummer != number:
        raise ChainBrokenError("nummer is not the next number", number=number)
    # 3.
    if entry.vorige != b64url_encode(head.leaf):
        raise ChainBrokenError("vorige is not the leaf before", number=number)
    # 4.
    if len(link.salt) != SALT_BYTES:
        raise ChainBrokenError("a salt is 32 bytes", number=number)
    if not hmac.compare_digest(leaf_of(link.entry_json, link.salt), link.leaf):
        raise ChainBrokenError("the leaf does not fit the entry", number=number)


def _parse_entry(entry_json: bytes, number: int) -> LogEntry:
    try:
        entry = msgspec.json.decode(entry_json, type=LogEntry)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ChainBrokenError("not a log entry", number=number) from error
    if encode_entry(entry) != entry_json:
        raise ChainBrokenError("the entry is not in canonical form", number=number)
    return entry
