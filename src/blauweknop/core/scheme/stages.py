# SPDX-License-Identifier: EUPL-1.2
"""The stages of a participant and the acts that lead from one to the next (BK061). What is not in the table is refused.

No act deletes: ``beeindigd`` is the last stage and stays in the register. Admission and suspension take two persons
where the register says so; whom data pass through, and with what keys, is part of what is admitted.
"""

from __future__ import annotations

import enum
from typing import Final

from blauweknop.core.scheme.errors import StageRefusedError
from blauweknop.core.scheme.vocabulary import Stage


class Act(enum.StrEnum):
    """What the scheme manager does."""

    APPLY = "aanmelden"
    ADMIT = "toelaten"
    CERTIFY = "certificeren"
    SUSPEND = "schorsen"
    END = "beeindigen"
    COMPROMISE = "sleutel-gecompromitteerd"
    RETIRE = "versie-beeindigen"  # of a service or data set, not of a participant


TWO_PERSONS: Final = frozenset([Act.ADMIT, Act.SUSPEND])

_NEXT: Final[dict[tuple[Act, Stage], Stage]] = {
    (Act.ADMIT, Stage.APPLIED): Stage.ADMITTED,
    (Act.ADMIT, Stage.SUSPENDED): Stage.ADMITTED,
    # Admitting again what takes part already: its keys, roles or services change.
    (Act.ADMIT, Stage.ADMITTED): Stage.ADMITTED,
    (Act.ADMIT, Stage.CERTIFIED): Stage.CERTIFIED,
    (Act.CERTIFY, Stage.ADMITTED): Stage.CERTIFIED,
    (Act.CERTIFY, Stage.CERTIFIED): Stage.CERTIFIED,
    (Act.SUSPEND, Stage.ADMITTED): Stage.SUSPENDED,
    (Act.SUSPEND, Stage.CERTIFIED): Stage.SUSPENDED,
    (Act.END, Stage.APPLIED): Stage.ENDED,
    (Act.END, Stage.ADMITTED): Stage.ENDED,
    (Act.END, Stage.CERTIFIED): Stage.ENDED,
    (Act.END, Stage.SUSPENDED): Stage.ENDED,
}


def next_stage(act: Act, stage: Stage) -> Stage:
    """The stage after ``act``. Raises: ``StageRefusedError``."""
    if act is Act.COMPROMISE:
        return stage
    found = _NEXT.get((act, stage))
    if found is None:
        raise StageRefusedError(f"{act} while {stage}", clause="BK061")
    return found
