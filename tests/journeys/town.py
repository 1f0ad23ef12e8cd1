# SPDX-License-Identifier: EUPL-1.2
"""What the demo's mortgage lender asks."""

from __future__ import annotations

from typing import Any

from blauweknop.adapters.clock import SystemClock, amsterdam_day


def income_line(source: str, **changes: Any) -> dict[str, Any]:
    """Three years of income from ``source``, for two months or so."""
    year, month, _ = amsterdam_day(SystemClock()).split("-")
    until = f"{int(year) + (int(month) > 9)}-{(int(month) + 2) % 12 + 1:02}-01"
    return {
        "type": "gegevensset",
        "locations": [source],
        "datatypes": ["inkomen/1"],
        "actions": ["ophalen"],
        "elementen": ["belastingjaar", "verzamelinkomen"],
        "periode": {"laatste": "P3Y"},
        "dienst": "hypotheek/1",
        "geldig_tot": until,
        "frequentie": "maandelijks",
        "bewaartermijn": "P3M",
        **changes,
    }
