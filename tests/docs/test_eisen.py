# SPDX-License-Identifier: EUPL-1.2
"""docs/eisen.md: each requirement once; a row that is done names tests and a mutation that exist."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.docs.tree import DOCS, ROOT, TEST_NAME, all_tests, rows

SPANS = [(1, 19), (20, 37), (40, 49), (50, 59), (60, 69), (70, 79), (80, 85)]
NUMBERS = [f"BK{no:03}" for first, last in SPANS for no in range(first, last + 1)]
MUTATION = re.compile(r"^`(?P<file>[^`]+)`: `(?P<old>[^`]+)` → `(?P<new>[^`]*)`$")


class Row(NamedTuple):
    """One requirement."""

    number: str
    text: str
    origin: str
    state: str
    tests: str
    mutation: str

    @property
    def names(self) -> list[str]:
        return TEST_NAME.findall(self.tests)


ROWS = [Row(*cells) for cells in rows(DOCS / "eisen.md") if len(cells) == len(Row._fields)]
MUTATED = [row for row in ROWS if row.mutation]


def test_every_requirement_stands_there_once() -> None:
    assert [row.number for row in ROWS] == NUMBERS, "docs/eisen.md: a row is missing, double, or has not six cells"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
def test_state_fits_what_the_row_names(row: Row) -> None:
    where = f"docs/eisen.md, row {row.number}"
    assert row.state in ("open", "part", "done"), f"{where}: state must be open, part or done, not '{row.state}'"
    assert (row.state == "open") == (not row.names), f"{where}: a row with tests is part or done, one without is open"
    unknown = set(row.names) - all_tests()
    assert not unknown, f"{where}: no such test under tests/: {sorted(unknown)}"
    assert row.mutation or row.state != "done", f"{where}: a row that is done names a mutation"


def test_tests_that_carry_a_number_stand_in_their_row() -> None:
    named = {(row.number, name) for row in ROWS for name in row.names}
    carried = {(f"BK{number}", name) for name in all_tests() for number in re.findall(r"_bk(\d{3})", name)}
    lacking = sorted(f"{number}: add `{name}`" for number, name in carried - named)
    assert not lacking, "docs/eisen.md, column tests:\n" + "\n".join(lacking)


def parts(row: Row) -> tuple[Path, str, str]:
    """File, old text, new text of a mutation."""
    match = MUTATION.match(row.mutation)
    assert match, f"docs/eisen.md, row {row.number}: write the mutation as `file`: `old` → `new`"
    return Path(match["file"]), match["old"], match["new"]


@pytest.mark.parametrize("row", MUTATED, ids=lambda row: row.number)
def test_mutation_can_be_made(row: Row) -> None:
    file, old, new = parts(row)
    where = f"docs/eisen.md, row {row.number}"
    assert (ROOT / file).is_file(), f"{where}: no such file {file}"
    count = (ROOT / file).read_text(encoding="utf-8").count(old)
    assert count == 1, f"{where}: `{old}` stands {count} times in {file}; it must stand once"
    assert old != new


def run_tests(copy: Path, names: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs some tests in a copy of the checkout."""
    expression = " or ".join(names)
    command = [sys.executable, "-m", "pytest", "-x", "--no-cov", "-k", expression, "--deselect", "tests/docs"]
    env = dict(os.environ, PYTHONPATH=str(copy / "src"))
    return subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, check=False)


@pytest.mark.long
@pytest.mark.parametrize("row", MUTATED, ids=lambda row: row.number)
def test_mutation_is_found(row: Row, whole: bool, tmp_path: Path) -> None:
    if not whole:
        pytest.skip("each mutation runs under --long")
    file, old, new = parts(row)
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".bk", "node_modules", "__pycache__", ".*cache"))
    if (ROOT / "node_modules").is_dir():
        (copy / "node_modules").symlink_to(ROOT / "node_modules")
    text = (copy / file).read_text(encoding="utf-8")
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    done = run_tests(copy, row.names)
    assert done.returncode == 1, f"{row.number}: the tests do not find the mutation\n{done.stdout}"
