# SPDX-License-Identifier: EUPL-1.2
"""Closed lists in the code and their documents say the same: errors, reasons, commands."""

from pathlib import Path

import pytest

from blauweknop.adapters.connectors.contract import SourceFailedError
from blauweknop.core.consent.capacity import CapacityReason
from blauweknop.core.consent.consent import ChangeReason
from blauweknop.core.dataset.missing import Missing
from blauweknop.core.delivery.model import Reason
from tests.docs.tree import DOCS, code_words, error_classes, rows

REASONS: dict[str, set[str]] = {
    "## A delivery is refused": {reason.value for reason in Reason},
    "## An element is missing": {reason.value for reason in Missing},
    "## A consent changed": {reason.value for reason in ChangeReason},
    "## Someone may not consent": {reason.value for reason in CapacityReason},
    "## A source gave no usable answer": set(SourceFailedError.REASONS),
}


def first_words(document: Path, heading: str = "") -> list[str]:
    """What stands in backticks in the first cell of each row."""
    return [word for cells in rows(document, heading) for word in code_words(cells[0])[:1]]


def test_every_error_code_is_documented_and_no_other() -> None:
    real = {f"`{kind.code}` | `{kind.__name__}` | {kind.actor}": kind.__module__ for kind in error_classes()}
    documented = {" | ".join(cells[:3]) for cells in rows(DOCS / "fouten.md")}
    lacking = sorted(f"| {row} | what to do |   ({real[row]})" for row in set(real) - documented)
    gone = sorted(documented - set(real))
    assert not lacking, "docs/fouten.md: add\n" + "\n".join(lacking)
    assert not gone, "docs/fouten.md: no class of src/blauweknop has this code, name and actor; take out\n" + "\n".join(
        gone
    )


def test_error_codes_are_unique() -> None:
    codes: dict[str, str] = {}
    for kind in error_classes():
        other = codes.setdefault(kind.code, kind.__name__)
        assert other == kind.__name__, f"{kind.__name__} has the code of {other}: give it one of its own"


@pytest.mark.parametrize("heading", REASONS)
def test_every_reason_is_documented_and_no_other(heading: str) -> None:
    documented = first_words(DOCS / "redenen.md", heading)
    lacking, gone = sorted(REASONS[heading] - set(documented)), sorted(set(documented) - REASONS[heading])
    assert not lacking, f"docs/redenen.md, under '{heading}': add a row for {lacking}"
    assert not gone, f"docs/redenen.md, under '{heading}': the code has no {gone}"
    assert len(documented) == len(set(documented))
