# SPDX-License-Identifier: EUPL-1.2
"""One person of the RvIG list in the shape of the BRP-personen API v2, each value with its origin.

- What the API derives from other values (age, initials, full name, salutation) is left to whoever answers as that API.
- The API tells geheimhouding as yes only; the list's own code 0–7 stands beside the record, because a source obeys it.
- Of partners the API gives the present one, or else the last one; the start of an ended bond stands in its history.
- What the API has no member for (the reason a bond ended, the marital state) stands in `aanvullend`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from . import tables as t
from .cells import Cells, Reading
from .investigation import mark
from .origin import Facts, Json
from .relatives import children, parents, partner
from .residence import residence

if TYPE_CHECKING:
    from .rvig_list import PersonList

_NO_PERMIT: Final = "98"
_SPECIAL: Final = {"B": "BehandeldAlsNederlander", "V": "VastgesteldNietNederlander"}
_BY_CODE: Final = {
    "0000": "NationaliteitOnbekend",
    "0002": "BehandeldAlsNederlander",
    "0499": "Staatloos",
    "0500": "VastgesteldNietNederlander",
}
_OPEN: Final = "0"


@dataclass(frozen=True, slots=True)
class BrpPerson:
    """The record of one person: the API shape, what it has no member for, and the code of geheimhouding."""

    bsn: str
    brp: Facts
    extra: Facts
    secrecy_code: str

    def as_json(self) -> dict[str, Json]:
        """The person in the shape of `rvig.json` (see `blauweknop.demo.gegevens`)."""
        return {
            "bsn": self.bsn,
            "geheimhouding_code": self.secrecy_code,
            "brp": self.brp.tree,
            "herkomst": self.brp.origins_json(),
            "aanvullend": self.extra.tree,
            "aanvullend_herkomst": self.extra.origins_json(),
            "opmerkingen": [*self.brp.remarks, *self.extra.remarks],
        }


def convert(person: PersonList, reading: Reading) -> BrpPerson:
    """The record of `person`; incorrect records and history are not in it."""
    brp = Facts()
    for step in (_own, _family_and_death, _rights):
        step(Cells(person, 0, reading, brp))
    brp.put_list("nationaliteiten", _nationalities(person, reading))
    brp.put_list("ouders", parents(person, reading))
    found = partner(person, reading)
    brp.put_list("partners", [found.facts] if found else [])
    brp.put_list("kinderen", children(person, reading))
    residence(Cells(person, 0, reading, brp))
    extra = Facts()
    _marital_state(Cells(person, found.row if found else 0, reading, extra), ended=found is not None and found.ended)
    _investigations(person, reading, extra)
    return BrpPerson(person.bsn, brp, extra, Cells(person, 0, reading).get("07.70.10") or _OPEN)


def _own(cells: Cells) -> None:
    if not (records := cells.person.records("01")):
        return
    cells.person_number("/burgerservicenummer", "01.01.20")
    cells.name("/naam", "01")
    cells.code("/naam/aanduidingNaamgebruik", "01.61.10", "naamgebruik")
    cells.birth("/geboorte", "01")
    cells.code("/geslacht", "01.04.10", "geslacht")
    mark(cells, records[0])


def _family_and_death(cells: Cells) -> None:
    """Death and suspension. A shifted cell in the date of death has two digits: nobody dies of it."""
    if cells.person.records("06") and len(cells.get("06.08.10")) > len("55"):
        cells.date("/overlijden/datum", "06.08.10")
        cells.place("/overlijden/plaats", "06.08.20")
        cells.code("/overlijden/land", "06.08.30", t.COUNTRY)
        mark(cells, cells.person.records("06")[0])
    cells.code("/opschortingBijhouding/reden", "07.67.20", "opschorting")
    cells.date("/opschortingBijhouding/datum", "07.67.10")
    if cells.get("07.70.10") not in {"", _OPEN}:
        origin = cells.origin("07.70.10", rule="elke code anders dan 0")
        cells.facts.put("/geheimhoudingPersoonsgegevens", value=True, origin=origin)


def _rights(cells: Cells) -> None:
    """Residence permit, custody and guardianship."""
    if (records := cells.person.records("10")) and cells.get("10.39.10") not in {"", _NO_PERMIT}:
        cells.code("/verblijfstitel/aanduiding", "10.39.10", t.RESIDENCE_PERMIT)
        cells.date("/verblijfstitel/datumEinde", "10.39.20", ahead=True)
        cells.date("/verblijfstitel/datumIngang", "10.39.30")
        mark(cells, records[0])
    if records := cells.person.records("11"):
        cells.code("/indicatieGezagMinderjarige", "11.32.10", t.CUSTODY)
        cells.flag("/indicatieCurateleRegister", "11.33.10")
        mark(cells, records[0])


def _nationalities(person: PersonList, reading: Reading) -> list[Facts]:
    found: list[Facts] = []
    for record in person.records("04"):
        cells = Cells(person, record.row, reading)
        code, special = cells.get("04.05.10"), cells.get("04.65.10")
        if not code and not special:  # ended: the record then holds the reason of the end only
            continue
        column = "04.65.10" if special else "04.05.10"
        kind = _SPECIAL.get(special) or _BY_CODE.get(code, "Nationaliteit")
        cells.facts.put("/type", kind, cells.origin(column, rule="soort nationaliteit naar code"))
        if kind == "Nationaliteit":
            cells.code("/nationaliteit", "04.05.10", t.NATIONALITY)
        cells.code("/redenOpname", "04.63.10", t.NATIONALITY_REASON)
        cells.date("/datumIngangGeldigheid", "04.85.10")
        mark(cells, record)
        found.append(cells.facts)
    return found


def _marital_state(cells: Cells, *, ended: bool) -> None:
    """The marital state, in the codes of data set huishouden/1, and the reason the last bond ended."""
    bond, reason = cells.get("05.15.10"), cells.get("05.07.40")
    column = "05.07.40" if ended else "05.15.10"
    state = {
        ("", ""): "ongehuwd",
        ("H", ""): "gehuwd",
        ("H", "S"): "gescheiden",
        ("H", "O"): "weduwe-weduwnaar",
        ("P", ""): "partnerschap",
        ("P", "S"): "partnerschap-beeindigd",
        ("P", "O"): "achtergebleven-partner",
    }.get((bond, reason), "onbekend")
    rule = "burgerlijke staat uit soort verbintenis en reden ontbinding"
    cells.facts.put("/burgerlijke_staat", state, cells.origin(column, rule=rule))
    cells.text("/reden_ontbinding", "05.07.40")


def _investigations(person: PersonList, reading: Reading, extra: Facts) -> None:
    """The open investigations as the list names them: a code can name a group that no delivered value is in."""
    items: list[Facts] = []
    for number in range(1, 14):
        category = f"{number:02d}"
        for record in person.records(category):
            if person.open_investigation(record) is None:
                continue
            cells = Cells(person, record.row, reading)
            cells.text("/aanduiding", f"{category}.83.10")
            cells.date("/sinds", f"{category}.83.20")
            items.append(cells.facts)
    extra.put_list("in_onderzoek", items)
