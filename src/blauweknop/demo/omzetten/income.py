# SPDX-License-Identifier: EUPL-1.2
"""Tax returns of the income file (`inkomen-gbo`): whole euros there, euro cents here.

`box3Inkomen` here is *income*; `box3` of the personas is *assets*. They are two concepts and never meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from .origin import ConversionError, Facts, Kind, Origin

FILE: Final = "inkomen-gbo/belastingdienst-citizens.json"
_CENTS: Final = 100
_STATES: Final = {
    "Definitief vastgesteld": "definitief",
    "Voorlopig vastgesteld": "voorlopig",
    "In behandeling": "in-behandeling",
}
_AMOUNTS: Final = {
    "verzamelinkomen": "verzamelinkomen",
    "inkomen_box1": "box1Inkomen",
    "inkomen_box2": "box2Inkomen",
    "inkomen_box3": "box3Inkomen",
}


@dataclass(frozen=True, slots=True)
class IncomeFile:
    """The parsed file: a list of citizens, each with tax returns."""

    citizens: list[dict[str, Any]]

    def returns(self, number: str, kind: Kind) -> list[Facts]:
        """The tax returns under `number`, in the order of the file.

        Raises:
            ConversionError: nobody in the file has this number, or a state or a currency is not one we know.
        """
        for index, citizen in enumerate(self.citizens):
            if citizen["bsn"] == number:
                rows = citizen["heeftBelastingjaarAangifte"]
                return [
                    _return(row, kind, f"/{index}/heeftBelastingjaarAangifte/{place}") for place, row in enumerate(rows)
                ]
        raise ConversionError("the income file does not hold a number that lends")


def _return(row: dict[str, Any], kind: Kind, path: str) -> Facts:
    facts = Facts()
    facts.put("/belastingjaar", row["belastingjaar"], Origin(kind, FILE, f"{path}/belastingjaar"))
    if row["status"] not in _STATES:
        raise ConversionError(f"{path}/status is not a state we know")
    facts.put("/status", _STATES[row["status"]], Origin(kind, FILE, f"{path}/status", "waarde vertaald"))
    facts.put("/indieningsdatum", row["indieningsdatum"], Origin(kind, FILE, f"{path}/indieningsdatum"))
    for ours, theirs in _AMOUNTS.items():
        amount = row[theirs]
        if amount["valuta"] != "EUR":
            raise ConversionError(f"{path}/{theirs} is not in euros")
        origin = Origin(kind, FILE, f"{path}/{theirs}/waarde", "maal 100: euro naar eurocent")
        facts.put(f"/{ours}", amount["waarde"] * _CENTS, origin)
    return facts
