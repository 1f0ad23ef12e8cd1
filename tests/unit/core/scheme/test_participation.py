# SPDX-License-Identifier: EUPL-1.2
"""Who takes part now: the stricter of register and status list counts."""

import msgspec
import pytest

from blauweknop.core.scheme.detail import verify_detail
from blauweknop.core.scheme.document import Index, Participant
from blauweknop.core.scheme.errors import (
    KeyCompromisedError,
    ParticipantEndedError,
    ParticipantNotAdmittedError,
    ParticipantSuspendedError,
    RoleMissingError,
)
from blauweknop.core.scheme.participation import check_admitted_for, check_key_runs, check_takes_part, running_keys
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role, Stage
from blauweknop.core.status.status_list import StatusIndexError, StatusList
from blauweknop.core.status.token import StatusListTimes, VerifiedStatusList
from blauweknop.errors import BlauweKnopError
from blauweknop.testing.registering import REQUESTER_OIN, make_signer, register_kit

KIT = register_kit()
PARTICIPANT = msgspec.convert(KIT.payload, Index).participants[2]
DETAIL = verify_detail(KIT.detail_bytes(REQUESTER_OIN), PARTICIPANT.detail)
DPOP = DETAIL.key(KeyPurpose.DPOP, make_signer("requester dpop").kid)


def listed(index: int = 0, value: int = 0) -> VerifiedStatusList:
    statuses = StatusList(16)
    statuses.set(index, value)
    return VerifiedStatusList("https://r.example/s", StatusListTimes(1, 2, 30), statuses, 1)


def at_stage(stage: Stage) -> Participant:
    return msgspec.structs.replace(PARTICIPANT, stage=stage)


@pytest.mark.parametrize("stage", [Stage.ADMITTED, Stage.CERTIFIED])
def test_bk061_an_admitted_participant_takes_part(stage: Stage) -> None:
    check_takes_part(at_stage(stage), Role.REQUESTER, listed())


@pytest.mark.parametrize(
    ("stage", "status", "error"),
    [
        (Stage.APPLIED, 0, ParticipantNotAdmittedError),
        (Stage.SUSPENDED, 0, ParticipantSuspendedError),
        (Stage.ENDED, 0, ParticipantEndedError),
        (Stage.CERTIFIED, 1, ParticipantEndedError),
        (Stage.CERTIFIED, 2, ParticipantSuspendedError),
        (Stage.CERTIFIED, 3, ParticipantNotAdmittedError),
        (Stage.SUSPENDED, 1, ParticipantEndedError),
    ],
)
def test_bk061_suspended_ended_or_not_admitted_is_refused(
    stage: Stage, status: int, error: type[BlauweKnopError]
) -> None:
    check_takes_part(PARTICIPANT, Role.REQUESTER, listed())
    with pytest.raises(error):
        check_takes_part(at_stage(stage), Role.REQUESTER, listed(PARTICIPANT.status, status))


def test_another_role_is_refused() -> None:
    with pytest.raises(RoleMissingError):
        check_takes_part(PARTICIPANT, Role.SOURCE, listed())


def test_a_place_outside_the_list_is_not_taken_for_good() -> None:
    far = msgspec.structs.replace(PARTICIPANT, status=16)
    with pytest.raises(StatusIndexError):
        check_takes_part(far, Role.REQUESTER, listed())


def test_bk061_a_key_runs_until_the_list_stops_it() -> None:
    check_key_runs(DPOP, listed())
    with pytest.raises(KeyCompromisedError):
        check_key_runs(DPOP, listed(DPOP.status, 1))


@pytest.mark.parametrize(
    ("change", "status", "at"),
    [
        ({}, 1, DPOP.valid_from),
        ({"compromised_at": DPOP.valid_from}, 0, DPOP.valid_from),
        ({"compromised_at": DPOP.valid_until}, 0, DPOP.valid_from),
        ({}, 0, DPOP.valid_from - 1),
        ({}, 0, DPOP.valid_until),
        ({"purpose": KeyPurpose.CLIENT}, 0, DPOP.valid_from),
    ],
)
def test_bk061_a_key_counts_in_its_window_without_mark_or_stop(change: dict[str, object], status: int, at: int) -> None:
    good = msgspec.structs.replace(DETAIL, keys=(DPOP,))
    assert running_keys(good, KeyPurpose.DPOP, listed(), at=DPOP.valid_from) == (DPOP,)
    assert running_keys(good, KeyPurpose.DPOP, listed(), at=DPOP.valid_until - 1) == (DPOP,)
    bad = msgspec.structs.replace(DETAIL, keys=(msgspec.structs.replace(DPOP, **change),))
    assert running_keys(bad, KeyPurpose.DPOP, listed(DPOP.status, status), at=at) == ()


def test_a_service_takes_an_admission() -> None:
    assert check_admitted_for(DETAIL, "hypotheek/1").service == "hypotheek/1"
    with pytest.raises(RoleMissingError):
        check_admitted_for(DETAIL, "hypotheek/2")
