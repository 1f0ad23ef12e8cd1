# SPDX-License-Identifier: EUPL-1.2
"""A table of checks: rows run in order, the first refusal ends it; what is skipped is named with why.

A row checks one rule and returns None, or raises. Rows that write (a ``jti`` is remembered, a code is burnt) give
something to await; they stand last, so that what is refused has burnt nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

S = TypeVar("S")


class Row(NamedTuple, Generic[S]):
    """One check: its name, the rule it holds, and the function that raises when it is broken."""

    name: str
    clause: str
    run: Callable[[S], Awaitable[None] | None]


async def run_rows(rows: Sequence[Row[S]], situation: S, *, skipped: Mapping[str, str]) -> None:
    """Runs ``rows`` on ``situation``, but those that ``skipped`` names. Raises: what a row raises."""
    for row in rows:
        if row.name in skipped:
            continue
        waiting = row.run(situation)
        if waiting is not None:
            await waiting


def check_rows(rows: Sequence[Row[S]], situation: S) -> None:
    """As ``run_rows``, for a table whose rows write nothing and that nobody skips a row of."""
    for row in rows:
        row.run(situation)
