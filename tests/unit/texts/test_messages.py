# SPDX-License-Identifier: EUPL-1.2
"""Both languages say the same things, and every text that is asked for exists."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from blauweknop.texts import LANGUAGES, MessageMissingError, load_messages

ASKED_IN_TEMPLATES = re.compile(r"\bt\(\s*\"([a-z][\w-]*)\"")
ASKED_IN_CODE = re.compile(r"\b(?:messages|t)\(\s*\"([a-z][\w-]*)\"")


def variables(folder: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for file in sorted(folder.glob("*.ftl")):
        for entry in FluentParser(with_spans=False).parse(file.read_text("utf-8")).body:
            if isinstance(entry, ast.Message):
                found[entry.id.name] = set(re.findall(r"\$(\w+)", file_text(entry)))
    return found


def file_text(entry: ast.Message) -> str:
    from fluent.syntax import serialize

    return serialize(ast.Resource([entry]))


def test_bk054_both_languages_have_the_same_texts_with_the_same_arguments(root: Path) -> None:
    texts = root / "src" / "blauweknop" / "texts"
    dutch, english = variables(texts / "nl"), variables(texts / "en")
    assert dutch
    assert {name for name in dutch if name not in english} == set()
    assert dutch == english


def test_every_text_that_code_and_pages_ask_for_exists(root: Path) -> None:
    ids = load_messages("nl").ids
    source = root / "src" / "blauweknop"
    asked = {
        (file.name, found)
        for pattern, suffix in ((ASKED_IN_TEMPLATES, ".html"), (ASKED_IN_CODE, ".py"))
        for file in source.rglob(f"*{suffix}")
        for found in pattern.findall(file.read_text("utf-8"))
    }
    assert asked
    whole = {(name, found) for name, found in asked if not found.endswith("-")}
    begun = asked - whole
    assert {(name, found) for name, found in whole if found not in ids} == set()
    assert {(name, found) for name, found in begun if not any(known.startswith(found) for known in ids)} == set()


def test_dutch_texts_address_the_reader_with_u(root: Path) -> None:
    informal = re.compile(r"\b(je|jij|jouw|jullie)\b", re.IGNORECASE)
    lines = [
        line
        for file in (root / "src" / "blauweknop" / "texts" / "nl").glob("*.ftl")
        for line in file.read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert [line for line in lines if informal.search(line)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_text_raises(language: str) -> None:
    messages = load_messages("nl" if language == "nl" else "en")
    assert messages("waarde-ja")
    with pytest.raises(MessageMissingError, match="waarde-misschien"):
        messages("waarde-misschien")


def test_a_missing_argument_raises_rather_than_showing_a_gap() -> None:
    messages = load_messages("nl")
    assert messages("periode-jaar", jaar="2025") == "heel 2025"
    with pytest.raises(MessageMissingError):
        messages("periode-jaar")
