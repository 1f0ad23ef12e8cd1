# SPDX-License-Identifier: EUPL-1.2
"""Amounts of the personas (`poc-machine-law`): euro cents already.

- Each amount is read from one place: `box1`, `box3` and `aftrekposten`. The same facts under other names (`assets`,
  `bezittingen`, `business_income`, `monthly_income`) contradict them and are not read.
- `box3` here is *assets*, not income. A debt of box 3 can be the same debt as a tax debt: never added.
- Nothing but amounts is lent; a persona's name, family and address stay where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import yaml

from .origin import ConversionError, Facts, Kind, Origin

FILE: Final = "personas/poc-machine-law-profiles.yaml"
# Part of a loan → our element → block and member of the persona.
_PARTS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "box1": {
        "loon_uit_dienstbetrekking": ("box1", "loon_uit_dienstbetrekking"),
        "winst_uit_onderneming": ("box1", "winst_uit_onderneming"),
        "uitkeringen_en_pensioenen": ("box1", "uitkeringen_en_pensioenen"),
        "saldo_eigen_woning": ("box1", "eigen_woning"),
    },
    "aftrek": {"persoonsgebonden_aftrek": ("aftrekposten", "persoonsgebonden_aftrek")},
    "box3": {
        "spaargeld": ("box3", "spaargeld"),
        "beleggingen": ("box3", "beleggingen"),
        "schulden_box3": ("box3", "schulden"),
    },
}
PARTS: Final = frozenset(_PARTS)


@dataclass(frozen=True, slots=True)
class Personas:
    """The profiles of the file by number, as text."""

    profiles: dict[str, dict[str, Any]]

    def amounts(self, number: str, parts: tuple[str, ...], kind: Kind) -> Facts:
        """The amounts of the parts asked, in euro cents.

        Raises:
            ConversionError: the persona or one of the amounts is not there, or stands there more than once.
        """
        facts = Facts()
        for ours, (block, member) in ((o, place) for part in parts for o, place in _PARTS[part].items()):
            path = f"/profiles/{number}/sources/BELASTINGDIENST/{block}/0/{member}"
            try:
                (row,) = self.profiles[number]["sources"]["BELASTINGDIENST"][block]
                amount = row[member]
            except (KeyError, ValueError) as error:
                raise ConversionError(f"persona: no single {block}/{member}") from error
            if not isinstance(amount, int):
                raise ConversionError(f"persona: {block}/{member} is not whole cents")
            facts.put(f"/{ours}", amount, Origin(kind, FILE, path))
        return facts

    def name_and_birth(self, number: str) -> Facts:
        """Name and birth date of a persona who is in no other file."""
        profile = self.profiles[number]
        base = f"/profiles/{number}"
        facts = Facts()
        facts.put("/naam", profile["name"], Origin("overgenomen", FILE, f"{base}/name"))
        person = profile["sources"]["RvIG"]["personen"][0]
        path = f"{base}/sources/RvIG/personen/0/geboortedatum"
        facts.put("/geboortedatum", person["geboortedatum"], Origin("overgenomen", FILE, path))
        return facts


def parse(content: bytes) -> Personas:
    """The personas of the YAML file; numbers are text there and here."""
    document = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return Personas({str(number): profile for number, profile in document["profiles"].items()})
