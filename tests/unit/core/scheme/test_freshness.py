# SPDX-License-Identifier: EUPL-1.2
"""When a status list of participants may be decided on: clocks are arguments."""

from typing import Any

import pytest

from blauweknop.core.scheme.errors import RegisterStaleError, StatusNotKnownError, StatusRolledBackError
from blauweknop.core.scheme.freshness import check_status_list, check_still_newest
from blauweknop.core.scheme.register import NOTHING_SEEN
from blauweknop.core.status.stand import RegisterSeen, Stand, VerifiedStand
from blauweknop.core.status.status_list import StatusList
from blauweknop.core.status.token import StatusListTimes, VerifiedStatusList
from blauweknop.errors import BlauweKnopError

IAT = 1_793_534_400
HOUR = 3600
SECOND = 1_000_000_000


def listed(serial: int = 5) -> VerifiedStatusList:
    times = StatusListTimes(IAT, IAT + 24 * HOUR, 30)
    return VerifiedStatusList("https://register.example/status/deelnemers", times, StatusList(8), serial)


def stand(seen: int | None = 5, sent_ns: int = 10 * SECOND) -> VerifiedStand:
    gezien = None if seen is None else RegisterSeen(seen, IAT)
    said = Stand(iss="https://t.example", sub="1" * 20, iat=IAT, exp=IAT + 60, serial=1, lists={}, register_seen=gezien)
    return VerifiedStand(said, sent_ns)


GOOD: dict[str, Any] = {"highest": 5, "at": IAT + 23 * HOUR, "stand": stand(), "now_ns": 11 * SECOND}


def check(**changed: Any) -> None:
    given = {"listed": listed(), **GOOD, **changed}
    check_status_list(given.pop("listed"), **given)


def test_bk061_past_its_ttl_a_list_counts_for_23_hours_beside_a_fresh_stand() -> None:
    check()


@pytest.mark.parametrize("age", [-10, 0, 30])
def test_within_its_ttl_it_counts_by_itself(age: int) -> None:
    check(at=IAT + age, stand=NOTHING_SEEN)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"highest": 6}, StatusRolledBackError),
        ({"at": IAT + 24 * HOUR}, RegisterStaleError),
        ({"at": IAT + 25 * HOUR}, RegisterStaleError),
        ({"stand": NOTHING_SEEN}, StatusNotKnownError),
        ({"at": IAT + 31, "stand": NOTHING_SEEN}, StatusNotKnownError),
        ({"at": IAT - 11, "stand": NOTHING_SEEN}, StatusNotKnownError),
        ({"now_ns": 11 * SECOND + 1}, StatusNotKnownError),
        ({"now_ns": 10 * SECOND - 1}, StatusNotKnownError),
        ({"stand": stand(seen=None)}, StatusNotKnownError),
        ({"stand": stand(seen=6)}, StatusNotKnownError),
    ],
)
def test_bk061_one_change_and_nothing_is_decided(changed: dict[str, Any], error: type[BlauweKnopError]) -> None:
    check()
    with pytest.raises(error):
        check(**changed)


def test_past_its_ttl_the_newest_list_may_be_relayed_for_a_day() -> None:
    check_still_newest(listed(), highest=5, at=IAT + 24 * HOUR - 1)
    with pytest.raises(StatusRolledBackError):
        check_still_newest(listed(), highest=6, at=IAT)
    with pytest.raises(RegisterStaleError):
        check_still_newest(listed(), highest=5, at=IAT + 24 * HOUR)


def test_a_longer_ttl_than_thirty_seconds_does_not_help() -> None:
    long = VerifiedStatusList("https://r.example", StatusListTimes(IAT, IAT + HOUR, 3000), StatusList(8), 5)
    with pytest.raises(StatusNotKnownError):
        check(listed=long, at=IAT + 31, stand=NOTHING_SEEN)
