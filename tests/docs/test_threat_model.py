# SPDX-License-Identifier: EUPL-1.2
"""Threats: the tests and places that they name exist."""

import re

import pytest

from tests.docs.tree import DOCS, ROOT, TEST_NAME, all_tests, rows

THREATS = rows(DOCS / "threat-model.md")


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
