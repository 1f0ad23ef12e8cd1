# SPDX-License-Identifier: EUPL-1.2
"""``inOnderzoek`` of the BRP API: since when the register investigates whether a value is right.

An object of a group holds, for each member under investigation, ``true`` under that member's name, and one start date.
On the person itself there are three start dates, by subject. A start date that is unknown is ``UNKNOWN_SINCE``.

What no member of ours shows can be under investigation too: those codes of the place of residence come from beside the
API (``onderzoekVerblijfplaats``), six digits: category, group, element; zeros at the end mean all that is in it.

Spec: BRP-personen API v2.0, schemas ``…InOnderzoek``; LO GBA 3.x, element 83.10.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from blauweknop.adapters.connectors.conversions import ValueUnreadableError, brp_to_date
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

RESIDENCE: Final = "onderzoekVerblijfplaats"
_RESIDENCE_CATEGORY: Final = "08"
_CODE: Final = re.compile(r"[0-9]{6}", re.ASCII)
_NOT_AT_ADDRESS: Final = "089999"
# Groups 10 to 13 as far as an element of ours shows them: such an investigation is marked on that element itself.
_SHOWN: Final = frozenset(
    {"1010", "1030", "1210", "1310", "1320", "1330", "1340", "1350"} | {f"11{item}0" for item in range(1, 9)}
)


def since_of(record: Record, paths: Iterable[str]) -> str:
    """Since when any value at ``paths`` is under investigation (the earliest date known), or an empty string."""
    dates = sorted(date for path in paths for date in _marks(record, path))
    return dates[0] if dates else ""


def residence_since(supplement: Record | None) -> str:
    """Since when a part of the place of residence that no element shows is under investigation, or an empty string.

    Raises: ``ValueUnreadableError`` when the list, or a code in it, is of another form.
    """
    listed = (supplement or {}).get(RESIDENCE) or []
    if not isinstance(listed, list):
        raise ValueUnreadableError("a list of investigations expected")
    dates = sorted(
        str(brp_to_date(one.get(_START)).value or UNKNOWN_SINCE) for one in listed if _is_not_shown(_code_of(one))
    )
    return dates[0] if dates else ""


def _code_of(one: Any) -> str:
    code = one.get("aanduiding") if isinstance(one, dict) else None
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise ValueUnreadableError("an investigation with a code of six digits expected")
    return code


def _is_not_shown(code: str) -> bool:
    group, item = code[2:4], code[4:]
    if not code.startswith(_RESIDENCE_CATEGORY) or code == _NOT_AT_ADDRESS or group == "00":
        return False
    part = group if item == "00" else group + item
    return not any(shown.startswith(part) for shown in _SHOWN)


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
