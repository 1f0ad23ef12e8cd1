# SPDX-License-Identifier: EUPL-1.2
"""Commands that documents name exist, and each command is documented."""

import importlib.machinery
import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer.main

from blauweknop.cli import build_app
from tests.docs.tree import DOCS, ROOT, code_words, rows

SHELL = re.compile(r"```(?:sh|bash|console)\n(.*?)```", re.DOTALL)
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


def load_bk() -> ModuleType:
    """The file bk as a module, without running it."""
    loader = importlib.machinery.SourceFileLoader("bk_file", str(ROOT / "bk"))
    spec = importlib.util.spec_from_loader("bk_file", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def command_paths(command: Any, path: str = "") -> Iterator[str]:
    """``verify``, ``source check``, … of the command line."""
    children: dict[str, Any] = getattr(command, "commands", {})
    for name, child in children.items():
        below = f"{path} {name}".strip()
        if getattr(child, "commands", None):
            yield from command_paths(child, below)
        elif not child.hidden:
            yield below


COMMANDS = set(command_paths(typer.main.get_command(build_app())))
OWN = set(load_bk().OWN)


def test_every_command_is_documented_and_no_other() -> None:
    written = [code_words(cells[0])[0] for cells in rows(DOCS / "opdrachten.md", "## `blauweknop`")]
    documented = {re.split(r" [A-Z\[-]", word.removeprefix("./bk ").removeprefix("blauweknop "))[0] for word in written}
    lacking, gone = sorted(COMMANDS - documented), sorted(documented - COMMANDS)
    assert not lacking, "docs/opdrachten.md, under `blauweknop`: add\n" + "\n".join(
        f"| `{command}` | what it does |" for command in lacking
    )
    assert not gone, f"docs/opdrachten.md, under `blauweknop`: there is no command {gone}"


def test_every_command_of_bk_is_documented() -> None:
    text = (DOCS / "opdrachten.md").read_text(encoding="utf-8")
    lacking = [name for name in sorted(OWN) if f"| `./bk {name}` |" not in text]
    assert not lacking, f"docs/opdrachten.md: add a row for ./bk {lacking}"


def named_commands(page: Path) -> Iterator[list[str]]:
    """What shell blocks of a page run with ./bk."""
    for block in SHELL.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("./bk "):
                yield shlex.split(line.split(" #", 1)[0])[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_shell_blocks_exist(page: Path) -> None:
    for words in named_commands(page):
        known = words[0] in OWN or any(" ".join(words[:count]) in COMMANDS for count in (1, 2, 3))
        assert known, f"{page.relative_to(ROOT)}: there is no command ./bk {' '.join(words)}"


def test_readme_names_the_two_commands() -> None:
    assert [words for words in named_commands(ROOT / "README.md") if len(words) == 1] == [["demo"], ["test"]]
    assert "demo" in COMMANDS
