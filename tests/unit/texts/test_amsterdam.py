# SPDX-License-Identifier: EUPL-1.2
"""The clock in the Netherlands, beside the time zone database."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from blauweknop.texts.amsterdam import amsterdam

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        ("2026-03-29T00:59:59", "01:59"),
        ("2026-03-29T01:00:00", "03:00"),
        ("2026-10-25T00:59:59", "02:59"),
        ("2026-10-25T01:00:00", "02:00"),
        ("2026-12-31T23:30:00", "00:30"),
    ],
)
def test_summer_time_begins_and_ends_on_its_sunday(utc: str, shown: str) -> None:
    assert f"{amsterdam(at(utc)):%H:%M}" == shown


def test_it_agrees_with_the_database_every_hour_around_every_change() -> None:
    for year in range(2000, 2050):
        for month in (3, 10):
            first = at(f"{year}-{month:02}-24T00:00:00")
            for moment in range(first, first + 9 * 86_400, 3600):
                expected = datetime.fromtimestamp(moment, AMSTERDAM)
                assert amsterdam(moment).replace(tzinfo=None) == expected.replace(tzinfo=None)
