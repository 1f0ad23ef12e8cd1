# SPDX-License-Identifier: EUPL-1.2
"""A case: a valid situation with one named change, and the row that refuses it."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from blauweknop.core.oauth.rows import Row
from tests.unit.core.oauth.kit import (
    REQUESTER,
)


@dataclass(frozen=True)
class Case:
    """``also``: other rows that refuse the same thing."""

    row: str
    make: Callable[[], Any]
    error: str
    also: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Table:
    rows: Sequence[Row[Any]]
    good: Callable[[], list[Any]]
    cases: dict[str, Case]


def a_client(**changes: Any) -> Any:
    return dataclasses.replace(REQUESTER, **changes)
