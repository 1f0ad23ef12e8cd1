# SPDX-License-Identifier: EUPL-1.2
"""What ``demo --once`` did, in words for a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from blauweknop.demo.steps import Step

_WORDS: Final = {"geleverd": "delivered", "geweigerd": "refused", "niet_gelukt": "failed"}
_DELIVERED: Final = "geleverd"
_WIDTH: Final = 110
_LATER: Final = "/maand-later/"


def summarise(steps: list[Step], out: Path, home: Path) -> str:
    """The text. ``out``: where the files are; ``home``: where the demo keeps its keys."""
    basis, plus = ([step for step in steps if step.variant == variant] for variant in ("basis", "plus"))
    delivered = [step for step in basis if step.outcome == _DELIVERED]
    example = delivered[0].files[0] if delivered else "FILE"
    return "\n".join(
        [
            f"Basis: {len(delivered)} certified sets for {len({s.citizen for s in delivered})} people (example data).",
            *(_person_line(citizen, basis) for citizen in dict.fromkeys(step.citizen for step in basis)),
            *_reason_lines(basis),
            "",
            *_plus_lines(plus),
            "",
            f"Written to {out} (summary.json lists every step). Keys and roots of the demo: {home}",
            f"Check one:  ./bk verify {out / example}",
        ]
    )


def _person_line(citizen: str, steps: list[Step]) -> str:
    own = [step for step in steps if step.citizen == citizen]
    counts = Counter(step.outcome for step in own)
    said = ", ".join(f"{count} {_WORDS.get(outcome, outcome)}" for outcome, count in counts.items())
    sources = ", ".join(dict.fromkeys(str(step.source) for step in own if step.outcome == _DELIVERED)) or "no source"
    return f"  {citizen:<28} {said:<26} from {sources}"


def _reason_lines(steps: list[Step]) -> list[str]:
    reasons = Counter(f"{step.source}: {step.reason}" for step in steps if step.reason)
    if not reasons:
        return []
    return ["", "Not delivered, and why:", *(f"  {count:>3} x {reason}" for reason, count in reasons.most_common())]


def _plus_lines(steps: list[Step]) -> list[str]:
    """Who got which elements of whom, what was refused, and what came a month later."""
    delivered = [step for step in steps if step.outcome == _DELIVERED]
    receivers = {step.requester for step in delivered}
    lines = [f"Plus: {len(delivered)} certified sets for {len(receivers)} requesters, on consent."]
    by_pair: dict[str, list[Step]] = {}
    for step in steps:
        by_pair.setdefault(f"{step.citizen} to {step.requester} ({step.situation})", []).append(step)
    for title, own in by_pair.items():
        lines += _pair_lines(title, own)
    return lines


def _pair_lines(title: str, steps: list[Step]) -> list[str]:
    delivered = [step for step in steps if step.outcome == _DELIVERED]
    later = [step for step in delivered if any(_LATER in file for file in step.files)]
    first = [step for step in delivered if step not in later]
    again = f", {len(later)} again a month later" if later else ""
    lines = [f"  {title}: {len(first)} sets{again}" if first else f"  {title}: nothing"]
    return [*lines, *_element_lines(first), *_why_lines(steps, said=" not delivered:" if first else "")]


def _element_lines(steps: list[Step]) -> list[str]:
    sources: dict[str, list[str]] = {}
    for step in steps:
        sources.setdefault(", ".join(step.elements), []).append(str(step.source))
    return [line for elements, of in sources.items() for line in _wrapped(f"{', '.join(of)}: {elements}")]


def _why_lines(steps: list[Step], *, said: str) -> list[str]:
    reasons: dict[str, dict[str, None]] = {}
    for step in steps:
        if step.reason:
            reasons.setdefault(step.reason, {})[step.source or "before any source was asked"] = None
    return [line for reason, who in reasons.items() for line in _wrapped(f"{reason},{said} {', '.join(who)}")]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 10)
