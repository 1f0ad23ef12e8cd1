# SPDX-License-Identifier: EUPL-1.2
"""docs/begrippen.md: one English word per Dutch term; the forbidden ones stand nowhere in names and comments."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.docs.tree import DOCS, ROOT, rows, source_files

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
TERMS = rows(DOCS / "begrippen.md")
FORBIDDEN = {word.strip(): cells[1] for cells in TERMS for word in cells[4].split(",") if word.strip()}


def plain(name: str) -> str:
    """``DataHolder`` and ``data_holder`` as words: ``data holder``."""
    return CAMEL.sub(" ", name).replace("_", " ").lower()


def spoken(path: Path) -> Iterator[tuple[int, str]]:
    """Names, comments and docstrings of a Python file, with their line; other strings are data or texts."""
    text = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in (tokenize.NAME, tokenize.COMMENT):
            yield token.start[0], plain(token.string)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            words = re.sub(r"``[^`]*``|`[^`]*`|\([^)]*\)|\"[^\"]*\"", " ", ast.get_docstring(node) or "")
            yield getattr(node, "lineno", 1), plain(" ".join(words.split()))


def test_each_term_has_one_word_and_no_word_is_forbidden_and_used() -> None:
    words = [cells[1] for cells in TERMS]
    assert len(words) == len(set(words)), "docs/begrippen.md: a word in code stands for two terms"
    assert not set(words) & set(FORBIDDEN), "docs/begrippen.md: a word is both used and forbidden"


def test_a_forbidden_word_is_found_in_a_name_a_comment_and_a_docstring(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_text('class DataHolder:\n    """The permission slip."""\n# a trust framework\n', encoding="utf-8")
    said = " ".join(text for _, text in spoken(file))
    assert {word for word in FORBIDDEN if word in said} == {"data holder", "permission slip", "trust framework"}


def test_no_forbidden_word_in_the_source() -> None:
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, FORBIDDEN)) + r")s?\b")
    found = [
        f"{path.relative_to(ROOT)}:{line}: '{match[1]}', write '{FORBIDDEN[match[1]]}'"
        for path in source_files(".py")
        for line, text in spoken(path)
        if (match := pattern.search(text))
    ]
    assert not found, "docs/begrippen.md forbids:\n" + "\n".join(found)
