# SPDX-License-Identifier: EUPL-1.2
"""What the pipeline asks of a connector: the values of one person for some elements, from one back-end.

- ``fetch`` asks the back-end for no more than the elements asked (data minimisation starts here);
- it answers within ``Query.timeout`` seconds or raises ``SourceFailedError``; it never returns part of an answer as if
  it were whole: elements that a back-end of the source could not give stand in ``missing``;
- the answer names the person it is about (``subject`` as the back-end wrote it): the pipeline compares;
- an unknown person is an answer (``known = False``), not an error;
- nothing is cached or written; concurrent calls are independent; a caller may cancel.

Trust: whoever controls a back-end decides what this source says of its citizens, and can say nothing of others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from blauweknop.core.dataset.definition import DataSetDefinition  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.dataset.missing import MissingElement  # noqa: TC001
from blauweknop.core.dataset.value import Period, Row  # noqa: TC001
from blauweknop.errors import OtherPartyError

if TYPE_CHECKING:
    from collections.abc import Sequence


class SourceFailedError(OtherPartyError):
    """The organisation's own system gave no usable answer.

    ``detail`` is one of ``REASONS``, alone or followed by a colon and safe words; ``reason`` is that word.
    """

    code = "bron-antwoordt-niet"

    REASONS = ("onbereikbaar", "te-laat", "geweigerd", "onleesbaar", "te-groot", "doorverwijzing", "onverwacht")

    @property
    def reason(self) -> str:
        """One of ``REASONS``."""
        word = self.detail.partition(":")[0]
        return word if word in self.REASONS else "onverwacht"

    @property
    def shown_code(self) -> str:
        """What a page shows of it: "niet gelukt" with the reason."""
        return self.reason


class WrongPersonError(OtherPartyError):
    """The organisation's own system answered about another person."""

    code = "andere-persoon"
    retry = False


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """``subject``: BSN (nine digits) or account id; ``elements``: top-level element ids; ``period``: rows within it."""

    definition: DataSetDefinition
    subject: str
    elements: tuple[str, ...]
    today: str  # JJJJ-MM-DD, for ages and reference dates
    period: Period | None = None
    timeout: float = 5.0  # seconds


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """``rows``: one per record (exactly one for an ``enkel`` set), element id to value; empty when not known."""

    known: bool
    subject: str
    rows: tuple[Row, ...] = ()
    missing: tuple[MissingElement, ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the dry run: where the value of an element came from and what came of it (never logged)."""

    element: str
    origin: str  # column, JSON path or field, as configured
    shown: str  # the value as text, or why there is none
    advice: str = ""


class Connector(Protocol):
    """One back-end of a source."""

    async def fetch(self, query: Query) -> Answer:
        """The values. Raises: ``SourceFailedError``, ``WrongPersonError``."""
        ...

    async def check(self, query: Query) -> Sequence[Finding]:
        """The dry run for one test person: one finding per element. Raises as ``fetch``."""
        ...

    async def close(self) -> None:
        """Gives back connections and files; safe to call twice."""
        ...
