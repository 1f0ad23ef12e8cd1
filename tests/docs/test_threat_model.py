# SPDX-License-Identifier: EUPL-1.2
"""Promises and threats: what they name exists."""

import re

import pytest

from tests.docs.tree import DOCS, ROOT, TEST_NAME, all_tests, rows

PROMISES = rows(DOCS / "promises.md")
THREATS = rows(DOCS / "threat-model.md")


def test_there_are_ten_promises() -> None:
    assert [cells[0] for cells in PROMISES] == [str(no) for no in range(1, 11)]


@pytest.mark.parametrize("cells", PROMISES, ids=lambda cells: f"promise-{cells[0]}")
def test_a_promise_has_a_command_or_is_open(cells: list[str]) -> None:
    where, (check, state) = f"docs/promises.md, promise {cells[0]}", cells[2:4]
    assert state in ("open", "part", "kept"), f"{where}: state must be open, part or kept"
    assert (state == "open") == (check == "open"), f"{where}: a promise has a command, or is open"
    assert state == "open" or "`./bk " in check, f"{where}: name the command, `./bk …`"
    unknown = set(re.findall(r"test_[a-z0-9_]+", check)) - all_tests()
    stems = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    assert not unknown - stems, f"{where}: no such test: {sorted(unknown)}"


@pytest.mark.parametrize("cells", THREATS, ids=lambda cells: cells[0][:40])
def test_a_threat_names_tests_and_places_that_exist(cells: list[str]) -> None:
    where, (place, tests) = f"docs/threat-model.md, '{cells[0]}'", cells[2:4]
    names = TEST_NAME.findall(tests)
    assert names or tests == "open", f"{where}: name tests in backticks, or write open"
    unknown = set(names) - all_tests()
    assert not unknown, f"{where}: no such test: {sorted(unknown)}"
    if tests != "open":
        for path in re.findall(r"`([^`]+)`", place):
            assert (ROOT / path).exists() or (ROOT / "src" / "blauweknop" / path).exists(), f"{where}: no {path}"
