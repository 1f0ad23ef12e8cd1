# SPDX-License-Identifier: EUPL-1.2
"""The national code tables (nationality, municipality, country, …) and the short code lists of the LO-GBA itself.

The published files are UTF-16LE with a byte order mark, comma separated. A code that is not in its table is answered
as unknown: the code stands, without words, and the caller says so.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = "brp/landelijke-tabellen"
NATIONALITY: Final = "Tabel32"
MUNICIPALITY: Final = "Tabel33"
COUNTRY: Final = "Tabel34"
NATIONALITY_REASON: Final = "Tabel37"
TITLE: Final = "Tabel38"
RESIDENCE_PERMIT: Final = "Tabel56"
CUSTODY: Final = "Tabel61"
FILES: Final = tuple(
    f"{FOLDER}/{name}.csv"
    for name in (NATIONALITY, MUNICIPALITY, COUNTRY, NATIONALITY_REASON, TITLE, RESIDENCE_PERMIT, CUSTODY)
)

# Code lists that the LO-GBA prints with the element itself, in the words of the BRP API's own value list.
FIXED: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "geslacht": {"M": "man", "V": "vrouw", "O": "onbekend"},
        "naamgebruik": {
            "E": "eigen geslachtsnaam",
            "P": "geslachtsnaam partner",
            "V": "geslachtsnaam partner voor eigen geslachtsnaam",
            "N": "geslachtsnaam partner na eigen geslachtsnaam",
        },
        "functie_adres": {"W": "woonadres", "B": "briefadres"},
        "verbintenis": {"H": "huwelijk", "P": "geregistreerd partnerschap"},
        "opschorting": {
            "O": "overlijden",
            "E": "emigratie",
            "M": "ministerieel besluit",
            "R": "pl is aangelegd in de rni",
            "F": "fout",
            "W": "wissen",
            ".": "onbekend",
        },
        "bij_huisnummer": {"by": "bij", "to": "tegenover"},
    }
)


@dataclass(frozen=True, slots=True)
class CodeTables:
    """All tables by name, each a map from code to words."""

    tables: Mapping[str, Mapping[str, str]]

    def words(self, table: str, code: str) -> str | None:
        """The words of a code, or None where the table does not have it."""
        return self.tables[table].get(code)


def parse_table(content: bytes) -> dict[str, str]:
    """The first two columns of one published table: code and words.

    Raises:
        UnicodeError: the bytes are not UTF-16 with a byte order mark.
    """
    rows = csv.reader(io.StringIO(content.decode("utf-16"), newline=""))
    next(rows, None)
    return {row[0]: row[1] for row in rows if row}


def load(data: Path) -> CodeTables:
    """The tables of the folder with the test files, with the fixed lists beside them."""
    published = {Path(name).stem: parse_table((data / name).read_bytes()) for name in FILES}
    return CodeTables(MappingProxyType(published | dict(FIXED)))
