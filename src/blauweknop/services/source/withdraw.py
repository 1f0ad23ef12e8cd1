# SPDX-License-Identifier: EUPL-1.2
"""Withdrawing what was sealed: the source says that a set it gave out must no longer be relied on.

All seals of the delivery become *ingetrokken* (1), those of its repeats too; that is final. The public list shows it as
soon as it is signed again. The reason stays inside the source and holds nothing about a person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blauweknop.adapters.store.seals.contract import WITHDRAWN
from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blauweknop.adapters.store.seals.contract import SealStanding, SealStatusStore

MAX_REASON = 200
# A BSN has eight or nine digits; they can be written with dots, dashes or spaces between.
_NUMBER_OF_A_PERSON = re.compile(r"\d(?:[ .\-]?\d){7,}")


class WithdrawReasonError(ConfigurationError):
    """The reason for withdrawing cannot be kept."""

    code = "intrekreden-ongeldig"


async def withdraw(seals: SealStatusStore, delivery: str, *, reason: str) -> Sequence[SealStanding]:
    """The seals of ``delivery`` as they stood; all are withdrawn when this returns. Empty where there were none.

    Raises: ``WithdrawReasonError``, ``InfrastructureError``.
    """
    check_reason(reason)
    standings = await seals.find(delivery)
    for standing in standings:
        # A crash here leaves the rest as they were: doing it again withdraws them too.
        if standing.status != WITHDRAWN:
            await seals.set_status(standing.seal, WITHDRAWN, reason=reason)
    return standings


def check_reason(reason: str) -> None:
    """Raises: ``WithdrawReasonError`` unless it is one line of text without a number that could be a person's."""
    if not reason.strip() or len(reason) > MAX_REASON or not reason.isprintable():
        raise WithdrawReasonError(f"write one line of at most {MAX_REASON} characters")
    if _NUMBER_OF_A_PERSON.search(reason):
        raise WithdrawReasonError("it holds a long number; leave out what could point to a person")
