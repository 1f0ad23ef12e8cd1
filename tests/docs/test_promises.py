# SPDX-License-Identifier: EUPL-1.2
"""docs/promises.md: each promise has a command that runs something, or says that it is open."""

import re
import shlex
from pathlib import Path

import pytest

from tests.docs.tree import DOCS, ROOT, rows

PROMISES = rows(DOCS / "promises.md")
COMMAND = re.compile(r"`\./bk ([^`]+)`")


def test_there_are_ten_promises() -> None:
    assert [cells[0] for cells in PROMISES] == [str(no) for no in range(1, 11)]


@pytest.mark.parametrize("cells", PROMISES, ids=lambda cells: f"promise-{cells[0]}")
def test_a_promise_has_a_command_or_is_open(cells: list[str]) -> None:
    where, (check, state) = f"docs/promises.md, promise {cells[0]}", cells[2:4]
    assert state in ("open", "part", "kept"), f"{where}: state must be open, part or kept"
    assert (state == "open") == (check == "open"), f"{where}: a promise has a command, or is open"
    assert state == "open" or COMMAND.search(check), f"{where}: name the command, `./bk …`"
    for command in COMMAND.findall(check):
        assert chosen(command), f"{where}: `./bk {command}` runs no test"
    assert state != "kept" or "open" not in check, f"{where}: what is kept leaves nothing open"


@pytest.mark.parametrize("command", ["test tests/no_such_folder", "test tests/docs -k no_such_test", "fly"])
def test_a_command_that_runs_nothing_is_found(command: str) -> None:
    assert not chosen(command)


def chosen(command: str) -> list[str]:
    """The tests that ``./bk COMMAND`` runs, of what a promise may name: paths, ``--long`` and one word after ``-k``."""
    words = shlex.split(command)
    if words[0] != "test":
        return []
    word = words.pop(words.index("-k") + 1) if "-k" in words else ""
    paths = [ROOT / one for one in words[1:] if not one.startswith("-")]
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("test_*.py")))]
    names = [name for file in files for name in names_in(file)]
    return [name for name in names if word in name]


def names_in(file: Path) -> list[str]:
    return re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8"))
