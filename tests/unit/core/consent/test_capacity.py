# SPDX-License-Identifier: EUPL-1.2
"""Who may decide: each rule alone, and none for whom no measure stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from blauweknop.core.consent.capacity import (
    RULES,
    CapacityAnswers,
    CapacityReason,
    CourtAnswer,
    NoAnswer,
    PopulationAnswer,
    decide_capacity,
)

if TYPE_CHECKING:
    from blauweknop.core.dataset.profile import Touches

ADULT: Final = PopulationAnswer(minor=False, guardianship=False)
FREE: Final = CourtAnswer(guardianship=False, administration=False, mentorship=False)


def court(**measure: bool) -> CourtAnswer:
    return CourtAnswer(**{"guardianship": False, "administration": False, "mentorship": False, **measure})


@pytest.mark.parametrize("touches", ["geld", "zorg", "geen"])
@pytest.mark.parametrize("answer", [FREE, NoAnswer.UNKNOWN])
def test_an_adult_without_a_measure_may(touches: Touches, answer: CourtAnswer | NoAnswer) -> None:
    assert decide_capacity(CapacityAnswers(population=ADULT, court=answer), touches) is None


@pytest.mark.parametrize(
    ("population", "answer", "blocked", "reason"),
    [
        (PopulationAnswer(minor=True, guardianship=False), FREE, "geld zorg geen", CapacityReason.MINOR),
        (PopulationAnswer(minor=False, guardianship=True), FREE, "geld zorg geen", CapacityReason.GUARDIANSHIP),
        (ADULT, court(guardianship=True), "geld zorg geen", CapacityReason.GUARDIANSHIP),
        (ADULT, court(administration=True), "geld", CapacityReason.ADMINISTRATION),
        (ADULT, court(mentorship=True), "zorg", CapacityReason.MENTORSHIP),
        (NoAnswer.UNKNOWN, FREE, "geld zorg geen", CapacityReason.NOT_KNOWN),
        (NoAnswer.SILENT, FREE, "geld zorg geen", CapacityReason.NOT_KNOWN),
        (ADULT, NoAnswer.SILENT, "geld zorg geen", CapacityReason.NOT_KNOWN),
    ],
)
def test_each_rule_blocks_what_it_must_and_nothing_else(
    population: PopulationAnswer | NoAnswer, answer: CourtAnswer | NoAnswer, blocked: str, reason: CapacityReason
) -> None:
    answers = CapacityAnswers(population=population, court=answer)
    kinds: tuple[Touches, ...] = ("geld", "zorg", "geen")
    for touches in kinds:
        assert decide_capacity(answers, touches) is (reason if touches in blocked.split() else None)


def test_each_reason_but_one_has_a_rule() -> None:
    assert {reason for reason, _ in RULES} == set(CapacityReason) - {CapacityReason.NOT_KNOWN}


def test_answers_say_nothing_when_printed() -> None:
    answers = CapacityAnswers(population=PopulationAnswer(minor=True, guardianship=True), court=FREE)
    assert "True" not in f"{answers!r}{answers.population!r}{answers.court!r}"
