# SPDX-License-Identifier: EUPL-1.2
"""The agreements behind the mark: numbered, in two languages, each with who enforces it."""

import importlib
import importlib.resources
from pathlib import Path

import pytest

from blauweknop.adapters.catalogue import agreements
from blauweknop.adapters.catalogue.agreements import load_agreements
from blauweknop.core.dataset.catalogue import CatalogueError

RULES = load_agreements().rules
MAX_WORDS = 25


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.number))
def test_bk018_each_agreement_points_to_a_check_that_exists_or_a_supervisor(rule: agreements.Rule) -> None:
    assert rule.checks or rule.supervisor
    for check in rule.checks:
        module, name = check.split(":")
        assert callable(getattr(importlib.import_module(module), name)), check


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.number))
def test_bk018_sentences_are_short(rule: agreements.Rule) -> None:
    for text in (rule.text.nl, rule.text.en):
        for sentence in text.split(". "):
            assert len(sentence.split()) <= MAX_WORDS, sentence


GOOD = """
versie = 1
datum = "2026-11-01"
[[afspraken]]
nummer = 1
titel = { nl = "a", en = "a" }
tekst = { nl = "a", en = "a" }
controles = ["a:b"]
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nummer = 1", "nummer = 2"),
        ('controles = ["a:b"]', ""),
        ("versie = 1", "versie = 1\nuitgave = 2"),
        ('titel = { nl = "a", en = "a" }', 'titel = { nl = "a" }'),
        ("versie = 1", "versie"),
    ],
)
def test_agreements_that_are_not_complete_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    monkeypatch.setattr(importlib.resources, "files", lambda _package: tmp_path)
    load = load_agreements.__wrapped__
    (tmp_path / "afspraken.toml").write_text(GOOD, encoding="utf-8")
    assert load().version == 1
    (tmp_path / "afspraken.toml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueError):
        load()
