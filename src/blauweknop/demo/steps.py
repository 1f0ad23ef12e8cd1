# SPDX-License-Identifier: EUPL-1.2
"""What ``demo --once`` did: one step per attempt, as ``summary.json`` lists them.

Every member is always there, ``null`` where it has no meaning; citizen, source and requester as slugs; files relative
to the folder. ``outcome`` ∈ ``geleverd, geweigerd, niet_gelukt, bericht, bewijs``.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Outcome = Literal["geleverd", "geweigerd", "niet_gelukt", "bericht", "bewijs"]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt and what came of it."""

    variant: Literal["basis", "centraal", "plus"]
    situation: str | None
    citizen: str
    source: str | None
    requester: str | None
    outcome: Outcome
    reason: str | None
    elements: list[str]
    vingerafdruk: str | None
    files: list[str]


def encode_summary(steps: list[Step]) -> bytes:
    """``summary.json``."""
    return msgspec.json.format(msgspec.json.encode(steps), indent=2) + b"\n"
