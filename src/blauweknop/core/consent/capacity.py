# SPDX-License-Identifier: EUPL-1.2
"""Who may decide (bekwaamheid): from the answers of two registers to may, or why not (system.md 3.6).

The rules, in this order; nothing but the reason code is ever kept:

1. no answer from RvIG or Rechtspraak in time, or unknown at RvIG: nothing is recorded, the draft is saved;
2. a minor may not consent; the parents decide (minority blocks all);
3. under curatele: the curator decides (blocks all), whichever of the two registers says so;
4. under bewind: the administrator decides on services that touch ``geld``;
5. under mentorschap: the mentor decides on services that touch ``zorg``;
6. unknown at Rechtspraak means that there is no measure.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from blauweknop.core.dataset.profile import Touches

CAPACITY_SET: Final = "bekwaamheid/1"
ANSWER_SECONDS: Final = 5.0


class NoAnswer(enum.Enum):
    """Why there are no values: the person is not known there, or nothing usable came in time."""

    UNKNOWN = "onbekend"
    SILENT = "geen-antwoord"


class PopulationAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What RvIG says. Personal: held in memory only."""

    minor: bool
    guardianship: bool

    def __repr__(self) -> str:
        return "PopulationAnswer()"


class CourtAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What Rechtspraak says. Personal: held in memory only."""

    guardianship: bool
    administration: bool
    mentorship: bool

    def __repr__(self) -> str:
        return "CourtAnswer()"


class CapacityAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """Both answers, or why there is none."""

    population: PopulationAnswer | NoAnswer
    court: CourtAnswer | NoAnswer

    def __repr__(self) -> str:
        return "CapacityAnswers()"


class CapacityReason(enum.StrEnum):
    """Why someone may not consent; the closed list (docs/redenen.md)."""

    NOT_KNOWN = "bekwaamheid-onbekend"
    MINOR = "minderjarig"
    GUARDIANSHIP = "onder-curatele"
    ADMINISTRATION = "onder-bewind"
    MENTORSHIP = "onder-mentorschap"


_NO_MEASURE: Final = CourtAnswer(guardianship=False, administration=False, mentorship=False)
_Rule = tuple[CapacityReason, "Callable[[PopulationAnswer, CourtAnswer, Touches], bool]"]
RULES: Final[tuple[_Rule, ...]] = (
    (CapacityReason.MINOR, lambda population, _court, _touches: population.minor),
    (
        CapacityReason.GUARDIANSHIP,
        lambda population, court, _touches: population.guardianship or court.guardianship,
    ),
    (CapacityReason.ADMINISTRATION, lambda _population, court, touches: court.administration and touches == "geld"),
    (CapacityReason.MENTORSHIP, lambda _population, court, touches: court.mentorship and touches == "zorg"),
)


def decide_capacity(answers: CapacityAnswers, touches: Touches) -> CapacityReason | None:
    """Why this citizen may not consent to a service that touches ``touches``, or None: they may."""
    population, court = answers.population, answers.court
    # 1. and 6.
    if isinstance(population, NoAnswer) or court is NoAnswer.SILENT:
        return CapacityReason.NOT_KNOWN
    measures = court if isinstance(court, CourtAnswer) else _NO_MEASURE
    # 2. to 5.
    return next((reason for reason, applies in RULES if applies(population, measures, touches)), None)
