# SPDX-License-Identifier: EUPL-1.2
"""SQL in named files."""

from __future__ import annotations

import pytest

from blauweknop.adapters.store.engine.named_sql import load_named_sql, parse_named_sql
from blauweknop.errors import ConfigurationError

GOOD = "-- a comment\n\n-- name: first\nSELECT 1\n-- name: second\nSELECT 2 -- with a remark\n"


def test_each_statement_stands_under_its_name() -> None:
    assert parse_named_sql(GOOD) == {"first": "SELECT 1", "second": "SELECT 2 -- with a remark"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("second", "first"), "twice"),
        (GOOD.replace("SELECT 1", ""), "no statement"),
        (GOOD + "-- name: third\n", "no statement"),
    ],
)
def test_a_file_with_a_fault_is_refused(text: str, says: str) -> None:
    assert len(parse_named_sql(GOOD)) == 2
    with pytest.raises(ConfigurationError, match=says):
        parse_named_sql(text)


@pytest.mark.parametrize("room", ["log", "seals", "sessions"])
def test_every_named_statement_is_used(room: str) -> None:
    from importlib import resources

    package = f"blauweknop.adapters.store.{room}"
    code = resources.files(package).joinpath("sqlite.py").read_text(encoding="utf-8")
    names = load_named_sql(package, "queries.sql")
    assert names
    assert [name for name in names if f'"{name}"' not in code] == []
