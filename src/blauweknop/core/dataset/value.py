# SPDX-License-Identifier: EUPL-1.2
"""A value: what a source says of one element, with what makes it readable on its own.

The JSON form of a value is the *envelope* that is sealed (members in this order, absent ones left out)::

    {"waarde": 4650000, "eenheid": "eurocent", "periode": {"van": "2024-01-01", "tot": "2024-12-31"},
     "peildatum": "2026-11-01", "status": "definitief", "begrip": "verzamelinkomen/1",
     "in_onderzoek": "2021-12-28", "opmerking": "datum-onleesbaar"}

- ``waarde`` by ``soort`` of the element: text and codes are strings, dates partial-date strings, amounts integer euro
  cents, numbers integers (or floats where the unit says percent), ``janee`` booleans; ``lijst`` a list of rows, each an
  object of element id to envelope; ``groep`` one such row. ``None``: the source states that there is no value.
- ``status`` ∈ ``STATUSES``. ``in_onderzoek``: partial date since when the source investigates whether this is right.
- ``opmerking``: a code of ``REMARKS``, explained in the texts.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

Scalar = str | int | float | bool
Row = dict[str, "Value"]

STATUSES: Final = ("definitief", "voorlopig", "in-behandeling")
REMARKS: Final = ("datum-onleesbaar", "deels-onbekend", "deel-in-onderzoek")
EURO_CENT: Final = "eurocent"


class Period(msgspec.Struct, frozen=True):
    """From ``van`` up to and including ``tot``: full dates ``JJJJ-MM-DD``."""

    van: str
    tot: str

    def within(self, other: Period) -> bool:
        """Whether this period lies wholly inside ``other``."""
        return other.van <= self.van and self.tot <= other.tot


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value; see the module for the meaning of each member. Hashable only when ``waarde`` is a scalar."""

    waarde: Scalar | tuple[Row, ...] | Row | None
    eenheid: str = ""
    periode: Period | None = None
    peildatum: str = ""
    status: str = ""
    begrip: str = ""
    in_onderzoek: str = ""
    opmerking: str = ""

    def envelope(self) -> dict[str, Any]:
        """The members to seal, in order; rows of a list or group are left as ``Row`` for the seal to take apart."""
        members: dict[str, Any] = {"waarde": self.waarde}
        if self.eenheid:
            members["eenheid"] = self.eenheid
        if self.periode is not None:
            members["periode"] = {"van": self.periode.van, "tot": self.periode.tot}
        for name in ("peildatum", "status", "begrip", "in_onderzoek", "opmerking"):
            text = getattr(self, name)
            if text:
                members[name] = text
        return members
