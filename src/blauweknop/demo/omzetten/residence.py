# SPDX-License-Identifier: EUPL-1.2
"""Where a person lives, where from, and who else the list has at the same address.

- The street is 08.11.10: the long form (08.11.15) has broken accents in places, and stands only where the two agree.
- An address of one full stop means none.
- There is no household: the people at one address object are counted, nothing more is said about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import tables as t
from .cells import Cells, Reading
from .investigation import mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .origin import Facts
    from .rvig_list import PersonList

_NO_ADDRESS: Final = frozenset({"", "."})
_UNKNOWN_COUNTRY: Final = "0000"
_OBJECT: Final = "08.11.80"


def residence(cells: Cells) -> None:
    """The address, the municipality and the immigration of the current record, where it is not an incorrect one."""
    if not (records := cells.person.records("08")):
        return
    cells.code("/gemeenteVanInschrijving", "08.09.10", t.MUNICIPALITY)
    cells.date("/datumInschrijvingInGemeente", "08.09.20")
    if cells.get("08.13.10"):
        _abroad(cells)
    elif cells.get("08.11.10") not in _NO_ADDRESS:
        _address(cells)
    elif cells.get("08.12.10") not in _NO_ADDRESS:
        _kind(cells, "Locatie", "08.12.10")
        cells.text("/verblijfplaats/verblijfadres/locatiebeschrijving", "08.12.10")
        _function_and_start(cells)
    _immigration(cells)
    mark(cells, records[0])


def residents(lists: Iterable[PersonList], reading: Reading) -> dict[str, list[Facts]]:
    """Per address object the people who live there now: birth date, and the number of those the demo may name.

    Somebody lives there if the list is not suspended and holds no death; a letter address counts as the BRP counts it.
    """
    found: dict[str, list[Facts]] = {}
    for person in lists:
        cells = Cells(person, 0, reading)
        if not lives_here(person):
            continue
        cells.person_number("/burgerservicenummer", "01.01.20")
        cells.date("/geboorte/datum", "01.03.10")
        found.setdefault(cells.get(_OBJECT), []).append(cells.facts)
    return found


def lives_here(person: PersonList) -> bool:
    """Whether the person is alive, registered as a resident and at an address object."""
    dead = len(person.cell(0, "06.08.10")) > len("55") and bool(person.records("06"))
    suspended = bool(person.cell(0, "07.67.20"))
    return not dead and not suspended and bool(person.records("08")) and bool(person.cell(0, _OBJECT).strip())


def _kind(cells: Cells, kind: str, column: str) -> None:
    cells.facts.put("/verblijfplaats/type", kind, cells.origin(column, rule="soort verblijfplaats naar groep"))


def _address(cells: Cells) -> None:
    base = "/verblijfplaats/verblijfadres"
    _kind(cells, "Adres", "08.11.10")
    if cells.get("08.11.15") == cells.get("08.11.10"):
        cells.text(f"{base}/officieleStraatnaam", "08.11.15")
    cells.text(f"{base}/korteStraatnaam", "08.11.10")
    cells.number(f"{base}/huisnummer", "08.11.20")
    cells.text(f"{base}/huisletter", "08.11.30")
    cells.text(f"{base}/huisnummertoevoeging", "08.11.40")
    cells.code(f"{base}/aanduidingBijHuisnummer", "08.11.50", "bij_huisnummer")
    cells.text(f"{base}/postcode", "08.11.60")
    cells.text(f"{base}/woonplaats", "08.11.70")
    cells.text("/verblijfplaats/adresseerbaarObjectIdentificatie", _OBJECT)
    cells.text("/verblijfplaats/nummeraanduidingIdentificatie", "08.11.90")
    _function_and_start(cells)


def _function_and_start(cells: Cells) -> None:
    cells.code("/verblijfplaats/functieAdres", "08.10.10", "functie_adres")
    cells.date("/verblijfplaats/datumVan", "08.10.30")


def _abroad(cells: Cells) -> None:
    if cells.get("08.13.10") == _UNKNOWN_COUNTRY:
        _kind(cells, "VerblijfplaatsOnbekend", "08.13.10")
    else:
        base = "/verblijfplaats/verblijfadres"
        _kind(cells, "VerblijfplaatsBuitenland", "08.13.10")
        cells.code(f"{base}/land", "08.13.10", t.COUNTRY)
        for line, column in enumerate(("08.13.30", "08.13.40", "08.13.50"), start=1):
            cells.text(f"{base}/regel{line}", column)
    cells.date("/verblijfplaats/datumVan", "08.13.20")


def _immigration(cells: Cells) -> None:
    country = cells.get("08.14.10")
    if not country:
        return
    if country == _UNKNOWN_COUNTRY:
        name, rule = "vanuitVerblijfplaatsOnbekend", "land onbekend"
    else:
        name, rule = "indicatieVestigingVanuitBuitenland", "land bekend"
        cells.code("/immigratie/landVanwaarIngeschreven", "08.14.10", t.COUNTRY)
    cells.facts.put(f"/immigratie/{name}", value=True, origin=cells.origin("08.14.10", rule=rule))
    cells.date("/immigratie/datumVestigingInNederland", "08.14.20")
