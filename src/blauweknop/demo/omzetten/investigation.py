# SPDX-License-Identifier: EUPL-1.2
"""`inOnderzoek`: which values of a record are under investigation, from the code in `NN.83.10`.

The code is six digits: category, group, element; zeros at the end mean the whole group or the whole category.
`089999` says that the person was found not to live at the address; all of the address is then under investigation.

Spec: LO GBA 3.x, element 83.10; BRP-personen API v2, schemas `…InOnderzoek`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .cells import Cells
    from .rvig_list import Record

_NOT_AT_ADDRESS: Final = "089999"
_START: Final = "datumIngangOnderzoek"
_Places = tuple[str, ...]

_NAME: Final[Mapping[str, _Places]] = MappingProxyType(
    {
        "0210": ("naam/voornamen", "naam/voorletters"),
        "0220": ("naam/adellijkeTitelPredicaat",),
        "0230": ("naam/voorvoegsel",),
        "0240": ("naam/geslachtsnaam",),
        "0310": ("geboorte/datum",),
        "0320": ("geboorte/plaats",),
        "0330": ("geboorte/land",),
    }
)
_RELATIVE: Final = {"0120": ("burgerservicenummer",), **_NAME, "0410": ("geslacht",)}
_PARENT: Final = {**_RELATIVE, "6210": ("datumIngangFamilierechtelijkeBetrekking",)}
_OWN: Final = {
    **_RELATIVE,
    "0210": (*_NAME["0210"], "naam/volledigeNaam"),
    "0220": (*_NAME["0220"], "naam/volledigeNaam"),
    "0230": (*_NAME["0230"], "naam/volledigeNaam"),
    "0240": (*_NAME["0240"], "naam/volledigeNaam"),
    "0310": ("geboorte/datum", "leeftijd"),
    "6110": ("naam/aanduidingNaamgebruik",),
}
_PARTNER: Final = {
    **_RELATIVE,
    "0610": ("aangaanHuwelijkPartnerschap/datum",),
    "0620": ("aangaanHuwelijkPartnerschap/plaats",),
    "0630": ("aangaanHuwelijkPartnerschap/land",),
    "0710": ("ontbindingHuwelijkPartnerschap/datum",),
    "1510": ("soortVerbintenis",),
}
_ADDRESS: Final = {
    "0910": ("gemeenteVanInschrijving",),
    "0920": ("datumInschrijvingInGemeente",),
    "1010": ("verblijfplaats/functieAdres",),
    "1030": ("verblijfplaats/datumVan",),
    "1110": ("verblijfplaats/verblijfadres/korteStraatnaam", "verblijfplaats/verblijfadres/officieleStraatnaam"),
    "1120": ("verblijfplaats/verblijfadres/huisnummer",),
    "1130": ("verblijfplaats/verblijfadres/huisletter",),
    "1140": ("verblijfplaats/verblijfadres/huisnummertoevoeging",),
    "1150": ("verblijfplaats/verblijfadres/aanduidingBijHuisnummer",),
    "1160": ("verblijfplaats/verblijfadres/postcode",),
    "1170": ("verblijfplaats/verblijfadres/woonplaats",),
    "1180": ("verblijfplaats/adresseerbaarObjectIdentificatie",),
    "1190": ("verblijfplaats/nummeraanduidingIdentificatie",),
    "1410": ("immigratie/landVanwaarIngeschreven",),
    "1420": ("immigratie/datumVestigingInNederland",),
}
_PLACES: Final[Mapping[str, Mapping[str, _Places]]] = MappingProxyType(
    {
        "01": _OWN,
        "02": _PARENT,
        "03": _PARENT,
        "04": {"0510": ("type", "nationaliteit"), "6310": ("redenOpname",)},
        "05": _PARTNER,
        "06": {"0810": ("overlijden/datum",), "0820": ("overlijden/plaats",), "0830": ("overlijden/land",)},
        "08": _ADDRESS,
        "09": {key: value for key, value in _RELATIVE.items() if key != "0410"},
        "10": {
            "3910": ("verblijfstitel/aanduiding",),
            "3920": ("verblijfstitel/datumEinde",),
            "3930": ("verblijfstitel/datumIngang",),
        },
        "11": {"3210": ("indicatieGezagMinderjarige",), "3310": ("indicatieCurateleRegister",)},
    }
)
# The API names the start date after the group where the marks stand on the person itself.
_OWN_START: Final[Mapping[str, str]] = MappingProxyType(
    {"01": f"{_START}Persoon", "08": f"{_START}Gemeente", "11": f"{_START}Gezag"}
)


def places(code: str) -> _Places:
    """The members of the record that the code covers, as paths with `/`; none for an unknown category."""
    category, element = code[:2], code[2:]
    if code == _NOT_AT_ADDRESS:
        element = "0000"
    length = len(element) if element[2:] != "00" else 2 if element[:2] != "00" else 0
    marked = [
        path for key, paths in _PLACES.get(category, {}).items() if key[:length] == element[:length] for path in paths
    ]
    return tuple(dict.fromkeys(marked))


def mark(cells: Cells, record: Record) -> None:
    """Put `inOnderzoek` objects beside every value of the record that is under investigation now."""
    open_now = cells.person.open_investigation(record)
    if open_now is None:
        return
    code, _ = open_now
    category = record.category
    for path in places(code):
        parent, _, member = path.rpartition("/")
        base = f"/{parent}/inOnderzoek" if parent else "/inOnderzoek"
        cells.facts.put(f"{base}/{member}", value=True, origin=cells.origin(f"{category}.83.10", rule=code))
        own = not parent and category in _OWN_START
        cells.date(f"{base}/{_OWN_START[category] if own else _START}", f"{category}.83.20")
    if code == _NOT_AT_ADDRESS:
        pointer = "/verblijfplaats/indicatieVastgesteldVerblijftNietOpAdres"
        cells.facts.put(pointer, value=True, origin=cells.origin(f"{category}.83.10", rule=code))
