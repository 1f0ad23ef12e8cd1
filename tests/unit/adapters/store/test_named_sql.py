# SPDX-License-Identifier: EUPL-1.2
"""SQL in named files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import resources

import pytest

from blauweknop.adapters.store.engine.migrate import load_migrations, migrate
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


ROOMS = ["log", "seals", "sessions"]


class AnyValue(dict[str, int]):
    """Something for every parameter: the plan does not depend on it."""

    def __missing__(self, name: str) -> int:
        return 1


@pytest.mark.parametrize("room", ROOMS)
def test_rows_that_grow_without_end_are_found_by_index(room: str) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, load_migrations())
        for name, statement in load_named_sql(f"blauweknop.adapters.store.{room}", "queries.sql").items():
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", AnyValue()).fetchall()
            steps = [step for *_ids, step in plan if step.startswith("SCAN") and "seal_list" not in step]
            # Reading an index from its start to a limit is no search through the table.
            assert [step for step in steps if "COVERING INDEX" not in step] == [], name


def test_the_plan_of_a_search_without_an_index_is_seen() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, load_migrations())
        plan = connection.execute("EXPLAIN QUERY PLAN SELECT id FROM log_record WHERE repeat_of = 'x'").fetchall()
    assert plan[0][-1].startswith("SCAN log_record")


@pytest.mark.parametrize("room", ROOMS)
def test_every_named_statement_is_used(room: str) -> None:
    package = f"blauweknop.adapters.store.{room}"
    code = resources.files(package).joinpath("sqlite.py").read_text(encoding="utf-8")
    names = load_named_sql(package, "queries.sql")
    assert names
    assert [name for name in names if f'"{name}"' not in code] == []
