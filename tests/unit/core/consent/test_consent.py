# SPDX-License-Identifier: EUPL-1.2
"""States of a consent: every row of the table, and everything that is no row."""

from __future__ import annotations

import itertools
from typing import Final

import msgspec
import pytest

from blauweknop.core.consent.consent import (
    FINAL,
    TRANSITIONS,
    Change,
    ChangeReason,
    Consent,
    Party,
    State,
    TransitionRefusedError,
    apply_change,
    state_at,
    status_bit,
)
from blauweknop.core.consent.line import Line

AT: Final = 1_793_534_400
LINE: Final = Line(
    type="gegevensset",
    locations=("https://belastingdienst.example",),
    datatypes=("inkomen/1",),
    actions=("ophalen",),
    elementen=("verzamelinkomen",),
    dienst="hypotheek/1",
    geldig_tot="2027-01-31",
    frequentie="maandelijks",
    bewaartermijn="P90D",
    regel="r1",
)
CONSENT: Final = Consent(
    id="g1",
    kind="gegevensset",
    citizen="00" * 16,
    client="https://vrager.example",
    client_oin="00000001888888888000",
    lines=(LINE, msgspec.structs.replace(LINE, locations=("https://rvig.example",), geldig_tot="2026-12-31")),
    acr="substantieel",
    given_at=AT,
    until=AT + 1000,
    since=AT,
)
ALLOWED: Final = [
    (before, after, party, reason)
    for (before, after), reasons in TRANSITIONS.items()
    for reason, party in reasons.items()
]


def in_state(state: State) -> Consent:
    return msgspec.structs.replace(CONSENT, state=state)


@pytest.mark.parametrize(("before", "after", "party", "reason"), ALLOWED)
def test_every_row_of_the_table_changes_the_consent(
    before: State, after: State, party: Party, reason: ChangeReason
) -> None:
    changed = apply_change(in_state(before), Change(to=after, by=party, reason=reason, at=AT + 5))
    assert (changed.state, changed.by, changed.reason, changed.since) == (after, party, reason, AT + 5)
    assert changed.version == CONSENT.version + 1


@pytest.mark.parametrize(("before", "after", "party", "reason"), ALLOWED)
def test_no_other_party_may_make_that_change(before: State, after: State, party: Party, reason: ChangeReason) -> None:
    for other in set(Party) - {party}:
        with pytest.raises(TransitionRefusedError):
            apply_change(in_state(before), Change(to=after, by=other, reason=reason, at=AT))


def test_what_is_no_row_is_refused_whoever_asks() -> None:
    pairs = set(itertools.product(State, State)) - set(TRANSITIONS)
    assert len(pairs) == 25 - len(TRANSITIONS)
    for before, after in pairs:
        for party, reason in itertools.product(Party, ChangeReason):
            with pytest.raises(TransitionRefusedError):
                apply_change(in_state(before), Change(to=after, by=party, reason=reason, at=AT))


def test_nothing_leaves_a_final_state() -> None:
    assert {before for before, _ in TRANSITIONS}.isdisjoint(FINAL)


def test_bk022_a_pause_never_extends_the_end() -> None:
    pause = Change(to=State.PAUSED, by=Party.CITIZEN, reason=ChangeReason.PAUSE, at=AT + 1)
    resume = Change(to=State.ACTIVE, by=Party.CITIZEN, reason=ChangeReason.RESUME, at=AT + 999)
    paused = apply_change(CONSENT, pause)
    assert apply_change(paused, resume).until == CONSENT.until
    with pytest.raises(TransitionRefusedError, match="never extends"):
        apply_change(paused, msgspec.structs.replace(resume, at=AT + 1000))


@pytest.mark.parametrize(
    ("state", "at", "shown"),
    [
        (State.ACTIVE, AT + 999, State.ACTIVE),
        (State.ACTIVE, AT + 1000, State.ENDED),
        (State.PAUSED, AT + 1000, State.ENDED),
        (State.WITHDRAWN, AT + 1000, State.WITHDRAWN),
    ],
)
def test_time_ends_it_also_before_it_is_written_down(state: State, at: int, shown: State) -> None:
    assert state_at(in_state(state), at)[0] is shown


def test_a_source_sees_two_bits() -> None:
    assert {state: status_bit(state) for state in State} == {
        State.ACTIVE: 0,
        State.PAUSED: 2,
        State.WITHDRAWN: 1,
        State.ENDED: 1,
        State.REVOKED: 1,
    }


def test_what_a_consent_is_about() -> None:
    assert CONSENT.sources == ("https://belastingdienst.example", "https://rvig.example")
    assert CONSENT.service == "hypotheek/1"
    assert CONSENT.last_day == "2027-01-31"
