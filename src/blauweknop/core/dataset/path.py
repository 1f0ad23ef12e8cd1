# SPDX-License-Identifier: EUPL-1.2
"""How a part of a set is named: one syntax in ``elementen``, in queries and in ``--keep``.

- ``verzamelinkomen``: an element, with all that is in it; in a set of rows, of every row;
- ``partner.geslachtsnaam``, ``kinderen.geboortedatum``: one part of a group, or of every item of a list;
- ``kinderen[0]``, ``kinderen[0].voornamen``: one item of a list, counted from 0;
- ``rijen[1]``, ``rijen[1].verzamelinkomen``: one row of a set of rows (only when making a copy smaller).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from blauweknop.errors import MalformedError

_STEP = re.compile(r"([a-z][a-z0-9_]*)(?:\[(0|[1-9]\d{0,3})\])?", re.ASCII)
MAX_STEPS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """An element id, and one item of it where ``index`` is not None."""

    name: str
    index: int | None = None


def parse_path(text: str) -> tuple[Step, ...]:
    """The steps of ``text``. Raises: ``MalformedError``."""
    steps = []
    for part in text.split("."):
        match = _STEP.fullmatch(part)
        if not match:
            raise MalformedError("not a path of element names")
        steps.append(Step(match[1], None if match[2] is None else int(match[2])))
    if len(steps) > MAX_STEPS:
        raise MalformedError(f"a path has at most {MAX_STEPS} steps")
    return tuple(steps)
