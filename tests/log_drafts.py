# SPDX-License-Identifier: EUPL-1.2
"""A delivery as the log takes it, to change in one thing."""

from __future__ import annotations

from typing import Any

import msgspec

from blauweknop.adapters.store.log.contract import Draft
from blauweknop.core.ledger.entry import LogEntry


def log_entry(delivery: str, **changes: Any) -> LogEntry:
    """The entry of ``delivery``: income, looked at by the citizen."""
    made = LogEntry(
        soort="levering",
        levering=delivery,
        tijd="2026-11-01T12:00:00Z",
        nummer=0,
        vorige="",
        bron="http://localhost:8101",
        grondslag="eigen_inzage",
        gegevensset="inkomen/1",
        elementen=("verzamelinkomen",),
        deur="basis",
        client="basis",
        vingerafdruk="vingerafdruk",
    )
    return msgspec.structs.replace(made, **changes)


def log_draft(delivery: str, **changes: Any) -> Draft:
    """The draft of ``delivery``, of one citizen and without a key."""
    made = Draft(citizen=b"c" * 32, entry=log_entry(delivery), salt=b"z" * 32, now_ns=1, idempotency_key="")
    return msgspec.structs.replace(made, **changes)
