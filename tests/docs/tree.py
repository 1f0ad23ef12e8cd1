# SPDX-License-Identifier: EUPL-1.2
"""Reads the checkout for the tests of this folder: tables in documents, committed files, test names."""

import ast
import importlib
import pkgutil
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import blauweknop
from blauweknop.errors import BlauweKnopError

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SKIPPED = {".git", ".bk", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis", "out"}
TEST_NAME = re.compile(r"`(test_[a-z0-9_]+)`")


def rows(document: Path, heading: str = "") -> list[list[str]]:
    """The body rows of the tables in a document, or of those under one heading: a list of cells each."""
    text = document.read_text(encoding="utf-8")
    if heading:
        assert f"\n{heading}\n" in text, f"{document.name} has no heading '{heading}'"
        text = re.split(r"\n#+ ", text.split(f"\n{heading}\n", 1)[1])[0]
    found: list[list[str]] = []
    body = False
    for line in text.splitlines():
        if not line.startswith("|"):
            body = False
        elif set(line) <= set("|-: "):
            body = True
        elif body:
            found.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return found


def code_words(cell: str) -> list[str]:
    """What stands in backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)


@cache
def committed() -> tuple[Path, ...]:
    """Files that are, or are about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        paths = [ROOT / line for line in done.stdout.splitlines()]
    else:  # an archive without git
        paths = [path for path in ROOT.rglob("*") if not SKIPPED & set(path.relative_to(ROOT).parts)]
    return tuple(path for path in paths if path.is_file())


def source_files(*suffixes: str) -> Iterator[Path]:
    """Committed files under src with one of the suffixes."""
    return (path for path in committed() if path.suffix in suffixes and path.is_relative_to(ROOT / "src"))


@cache
def all_tests() -> frozenset[str]:
    """Every test function of the project."""
    return frozenset(
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


@cache
def import_everything() -> None:
    """Imports every module of the package, so that every subclass is known."""
    for module in pkgutil.walk_packages(blauweknop.__path__, "blauweknop."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def error_classes(base: type[BlauweKnopError] = BlauweKnopError) -> Iterator[type[BlauweKnopError]]:
    """The root error and every class below it that has a code of its own; not those that a test makes."""
    import_everything()
    if base.__module__.startswith("blauweknop.") and "code" in vars(base):
        yield base
    for child in base.__subclasses__():
        yield from error_classes(child)
