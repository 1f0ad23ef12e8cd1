# SPDX-License-Identifier: EUPL-1.2
"""What a requester's developer gets into hand: a request, what was granted, and what was delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from blauweknop.core.consent.line import Line  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.seal.verify import VerifiedSet  # noqa: TC001

if TYPE_CHECKING:
    from blauweknop.core.dataset.missing import MissingElement
    from blauweknop.core.dataset.value import Row


class Request(msgspec.Struct, frozen=True):
    """``url``: where the citizen goes; ``state``: for the session of this one browser, and back into ``finish``."""

    url: str
    state: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A request that is open, as it is kept. ``verifier``: RFC 7636; ``back_to``: the redirect URI."""

    verifier: str
    back_to: str
    lines: tuple[Line, ...]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A consent as it is kept. ``unmatched``: the customer must be compared first, and was not yet; ``tries``: how
    often another customer was named; ``ended``: the reason, once it has ended.
    """

    grant_id: str
    refresh_token: str
    asked: tuple[Line, ...]
    granted: tuple[Line, ...]
    unmatched: bool
    tries: int = 0
    ended: str | None = None


class Answer(msgspec.Struct, frozen=True):
    """What a source answered: the set as it came (SD-JWT VC), and its proof that the delivery is in its log."""

    levering: str
    set: str
    logbewijs: dict[str, Any]


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """A set that was verified. ``received_at``: seconds since 1970; ``answer``: the originals, for evidence."""

    line: Line
    received_at: int
    answer: Answer
    verified: VerifiedSet


class NotDelivered(msgspec.Struct, frozen=True):
    """``reason``: of the source's closed list (docs/redenen.md), or the code of what went wrong on the way."""

    source: str
    data_set: str
    reason: str


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """``sets``: verified, as granted; ``refused``: by the source; ``failed``: not reached, or not believed."""

    grant_id: str
    sets: tuple[Received, ...]
    refused: tuple[NotDelivered, ...]
    failed: tuple[NotDelivered, ...]

    @property
    def values(self) -> dict[str, tuple[Row, ...]]:
        """The rows of each data set, of all its sources; ``sets`` says which came from whom."""
        found: dict[str, tuple[Row, ...]] = {}
        for one in self.sets:
            found[one.line.data_set] = found.get(one.line.data_set, ()) + one.verified.rows
        return found

    @property
    def missing(self) -> dict[str, tuple[MissingElement, ...]]:
        """What each data set says is missing, and why: a value to handle, not an error."""
        found: dict[str, tuple[MissingElement, ...]] = {}
        for one in self.sets:
            found[one.line.data_set] = found.get(one.line.data_set, ()) + one.verified.missing
        return {data_set: missing for data_set, missing in found.items() if missing}
