# SPDX-License-Identifier: EUPL-1.2
"""``inOnderzoek`` of the BRP API: since when the register investigates whether a value is right.

An object of a group holds, for each member under investigation, ``true`` under that member's name, and one start date.
On the person itself there are three start dates, by subject. A start date that is unknown is ``UNKNOWN_SINCE``.

Spec: BRP-personen API v2.0, schemas ``…InOnderzoek``.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from blauweknop.adapters.connectors.conversions import brp_to_date
from blauweknop.adapters.connectors.mapping import UNKNOWN_SINCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blauweknop.adapters.connectors.mapping import Record

_START: Final = "datumIngangOnderzoek"
_SUBJECT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gemeenteVanInschrijving": "Gemeente",
        "datumInschrijvingInGemeente": "Gemeente",
        "indicatieCurateleRegister": "Gezag",
        "indicatieGezagMinderjarige": "Gezag",
        "burgerservicenummer": "Persoon",
        "geslacht": "Persoon",
        "leeftijd": "Persoon",
    }
)


def since_of(record: Record, paths: Iterable[str]) -> str:
    """Since when any value at ``paths`` is under investigation (the earliest date known), or an empty string."""
    dates = sorted(date for path in paths for date in _marks(record, path))
    return dates[0] if dates else ""


def _marks(record: Record, path: str) -> Iterable[str]:
    node: Any = record
    for name in path.split("."):
        if not isinstance(node, dict):
            return
        marks = node.get("inOnderzoek")
        if isinstance(marks, dict) and marks.get(name) is True:
            start = marks.get(_START) or marks.get(_START + _SUBJECT.get(name, "Persoon"))
            yield str(brp_to_date(start).value or UNKNOWN_SINCE)
        node = node.get(name)
