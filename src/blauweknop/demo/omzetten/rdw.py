# SPDX-License-Identifier: EUPL-1.2
"""The cars of the RDW files as rows of a CSV file: RDW's own column names, all cells text, dates `YYYYMMDD`.

The plates in the files are of real cars and never copied: `kenteken` must be among the invented columns, with a vowel,
which is not issued. `"0"` means unknown there; it is left out here. Prices stay in whole euros, as RDW publishes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .assignment import Vehicle, invented
from .origin import ConversionError, Facts, Origin

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS: Final = (
    "kenteken",
    "voertuigsoort",
    "merk",
    "handelsbenaming",
    "datum_eerste_toelating",
    "datum_tenaamstelling",
    "vervaldatum_apk",
    "catalogusprijs",
    "massa_ledig_voertuig",
    "brandstof_omschrijving",
    "wam_verzekerd",
    "openstaande_terugroepactie_indicator",
    "tenaamgestelde",
)
_FUEL: Final = "brandstof_omschrijving"
_UNKNOWN: Final = "0"
_VOWELS: Final = frozenset("AEIOU")


def row(vehicle: Vehicle, place: int, load: Callable[[str], list[dict[str, Any]]]) -> Facts:
    """The row of one car; `place` is its index in the assignment, `load` reads a file of the folder.

    Raises:
        ConversionError: the invented plate lacks a vowel or is missing, or the fuel file is another car's.
    """
    if not _VOWELS & set(vehicle.verzonnen.get("kenteken", "")):
        raise ConversionError("a car needs an invented plate with a vowel")
    facts = Facts()
    published = load(vehicle.bestand)[0]
    fuel = load(vehicle.brandstof)[0] if vehicle.brandstof else {}
    if fuel and fuel["kenteken"] != published["kenteken"]:
        raise ConversionError(f"{vehicle.brandstof} is of another car than {vehicle.bestand}")
    for column in COLUMNS:
        if column == "tenaamgestelde":
            facts.put("/tenaamgestelde", vehicle.naar, invented("voertuig", place, "naar"))
        elif column in vehicle.verzonnen:
            facts.put(f"/{column}", vehicle.verzonnen[column], invented("voertuig", place, "verzonnen", column))
        else:
            values, file = (fuel, vehicle.brandstof) if column == _FUEL else (published, vehicle.bestand)
            if (value := values.get(column, _UNKNOWN)) != _UNKNOWN:
                facts.put(f"/{column}", value, Origin("toegewezen", file, f"/0/{column}"))
    return facts
