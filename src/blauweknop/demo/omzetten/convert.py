# SPDX-License-Identifier: EUPL-1.2
"""From the folder with the test files to the demo's own files: one document a source, and the report.

The outputs are canonical for this command: UTF-8, one blank of indentation a level, members in the order they are
built in, one newline at the end. The same input gives the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.dataset.bsn import is_bsn

from . import brp_person, cells, civil_registry, court_registers, income, personas, rdw, rvig_list, source_rows, tables
from .assignment import Assignment, invented
from .origin import ConversionError, Facts, Irregularity, Json, Origin
from .residence import residents

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TEST_ONLY: Final = "rvig-test-only.json"
ROW_SOURCES: Final = ("uwv", "toeslagen", "gemeenten", "cjib", "lbio", "cak", "ciz")


@dataclass(frozen=True)
class Folder:
    """The folder with the published test files, each read once."""

    path: Path
    _json: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @cached_property
    def lists(self) -> tuple[rvig_list.PersonList, ...]:
        """The person lists of the RvIG."""
        return rvig_list.read((self.path / cells.FILE).read_text(encoding="utf-8-sig"))

    @cached_property
    def personas(self) -> personas.Personas:
        """The personas."""
        return personas.parse((self.path / personas.FILE).read_bytes())

    def json(self, name: str) -> list[dict[str, Any]]:
        """A JSON file whose root is an array."""
        if name not in self._json:
            self._json[name] = json.loads((self.path / name).read_bytes())
        return self._json[name]


@dataclass(frozen=True, slots=True)
class Outputs:
    """The bytes of each file by name, the bytes of the file for tests only, and what the list does wrong."""

    data: dict[str, bytes]
    test_only: bytes
    report: list[Irregularity]


def convert(folder: Folder, assignment: Assignment) -> Outputs:
    """Convert everything.

    Raises:
        ConversionError: a person is not on exactly one list, a number fails the eleven test, or a file lacks a fact.
    """
    _check_numbers(assignment, folder)
    stage = [bsn for bsn in assignment.on_stage() if bsn in rvig_list.single(folder.lists)]
    data = {
        "rvig.json": _rvig(folder, assignment, stage),
        "belastingdienst.json": _tax(folder, assignment),
        "rdw.json": _vehicles(folder, assignment),
        "rotterdam.json": _civil_registry(folder, assignment),
        **{f"{source}.json": _rows(folder, assignment, source) for source in ROW_SOURCES},
        "rechtspraak.json": _courts(folder, assignment),
        "cast.json": _cast(folder, assignment),
    }
    test_only = _rvig(folder, assignment, assignment.alleen_tests.bsn)
    written = {name: _bytes(document) for name, document in data.items()}
    return Outputs(written, _bytes(test_only), rvig_list.irregularities(folder.lists))


def _check_numbers(assignment: Assignment, folder: Folder) -> None:
    """Every number passes the eleven test and stands on exactly one list, or is said to come from elsewhere."""
    known = rvig_list.single(folder.lists)
    elsewhere = {member.bsn for member in assignment.cast if member.herkomst != "rvig"}
    for bsn in (*assignment.on_stage(), *assignment.alleen_tests.bsn):
        if not is_bsn(bsn):
            raise ConversionError("a number in the assignment fails the eleven test")
        if (bsn in known) == (bsn in elsewhere):
            raise ConversionError("a person of the assignment must stand on exactly one list, or be said not to")


def _rvig(folder: Folder, assignment: Assignment, people: Iterable[str]) -> dict[str, Json]:
    chosen = tuple(people)
    allowed = frozenset((*assignment.on_stage(), *chosen))
    reading = cells.Reading(tables.load(folder.path), assignment.last_year, allowed)
    known = rvig_list.single(folder.lists)
    records = [brp_person.convert(known[bsn], reading) for bsn in chosen]
    objects = {record.brp.tree.get("verblijfplaats", {}).get("adresseerbaarObjectIdentificatie") for record in records}  # type: ignore[union-attr] # an object where it is set
    at_address = residents(folder.lists, reading)
    document = _document("rvig", assignment, (cells.FILE, *tables.FILES), [record.as_json() for record in records])
    document["adressen"] = {
        key: [_resident(facts) for facts in found] for key, found in sorted(at_address.items()) if key in objects
    }
    return document


def _resident(facts: Facts) -> Json:
    return {**facts.tree, "herkomst": facts.origins_json()}


def _tax(folder: Folder, assignment: Assignment) -> dict[str, Json]:
    """The returns (one row a person and year) and the parts of the personas beside them."""
    people: list[dict[str, Json]] = []
    source = income.IncomeFile(folder.json(income.FILE))
    claims = {
        person["bsn"]: person for person in source_rows.people(assignment.rij, "belastingdienst", folder.personas)
    }
    for loan in assignment.lening:
        parts = tuple(part for part in loan.neemt if part in personas.PARTS)
        if not parts and "aangiften" not in loan.neemt:
            continue
        person = Facts()
        kind: Any = "overgenomen" if loan.van == loan.naar else "toegewezen"
        if "aangiften" in loan.neemt:
            person.put_list("aangiften", source.returns(loan.van, kind))
            person.tree["specificaties"] = []
        else:
            person.put_list("aangiften", [_invented_return(assignment, loan.naar)])
            amounts = folder.personas.amounts(loan.van, parts, kind)
            year = Facts()
            year.put(
                "/belastingjaar",
                assignment.aangifte[loan.naar]["belastingjaar"],
                invented("aangifte", loan.naar, "belastingjaar"),
            )
            year.tree |= amounts.tree
            year.origins |= amounts.origins
            person.put_list("specificaties", [year])
        owed = claims.get(loan.naar, {"vorderingen": [], "herkomst": {}})
        origins = {**person.origins_json(), **owed["herkomst"]}  # type: ignore[dict-item] # a flat map
        people.append({"bsn": loan.naar, **person.tree, "vorderingen": owed["vorderingen"], "herkomst": origins})
    return _document("belastingdienst", assignment, (income.FILE, personas.FILE), people)


def _rows(folder: Folder, assignment: Assignment, source: str) -> dict[str, Json]:
    people = source_rows.people(assignment.rij, source, folder.personas)
    return _document(source, assignment, (personas.FILE,), people)


def _courts(folder: Folder, assignment: Assignment) -> dict[str, Json]:
    own = source_rows.people(assignment.rij, "rechtspraak", folder.personas)
    people = court_registers.people(folder.personas, assignment, own)
    return _document("rechtspraak", assignment, (personas.FILE,), people)


def _invented_return(assignment: Assignment, bsn: str) -> Facts:
    facts = Facts()
    for member, value in assignment.aangifte[bsn].items():
        facts.put(f"/{member}", value, invented("aangifte", bsn, member))
    return facts


def _vehicles(folder: Folder, assignment: Assignment) -> dict[str, Json]:
    people: list[dict[str, Json]] = []
    for place, vehicle in enumerate(assignment.voertuig):
        person = Facts()
        person.put_list("voertuigen", [rdw.row(vehicle, place, folder.json)])
        people.append({"bsn": vehicle.naar, **person.tree, "herkomst": person.origins_json()})
    files = dict.fromkeys(name for car in assignment.voertuig for name in (car.bestand, car.brandstof) if name)
    return _document("rdw", assignment, tuple(files), people)


def _civil_registry(folder: Folder, assignment: Assignment) -> dict[str, Json]:
    people: list[dict[str, Json]] = []
    for bsn in assignment.burgerlijke_stand.bsn:
        facts = civil_registry.record(folder.json(civil_registry.FILE), bsn)
        people.append({"bsn": bsn, **facts.tree, "herkomst": facts.origins_json()})
    return _document("rotterdam", assignment, (civil_registry.FILE,), people)


def _cast(folder: Folder, assignment: Assignment) -> dict[str, Json]:
    """The people of the start page: name and birth date as the file has them, and one line each."""
    known = rvig_list.single(folder.lists)
    reading = cells.Reading(tables.load(folder.path), assignment.last_year, frozenset())
    people: list[dict[str, Json]] = []
    for place, member in enumerate(assignment.cast):
        if member.herkomst == "rvig":
            facts = _name_and_birth(cells.Cells(known[member.bsn], 0, reading))
        else:
            facts = folder.personas.name_and_birth(member.bsn)
        facts.put("/nl", member.nl, invented("cast", place, "nl"))
        facts.put("/en", member.en, invented("cast", place, "en"))
        head: dict[str, Json] = {"slug": member.slug, "bsn": member.bsn}
        people.append(head | facts.tree | {"herkomst": facts.origins_json()})
    return _document("rvig", assignment, (cells.FILE, personas.FILE), people)


def _name_and_birth(person: cells.Cells) -> Facts:
    facts = Facts()
    parts = (person.get(column) for column in ("01.02.10", "01.02.30", "01.02.40"))
    facts.put("/naam", " ".join(part for part in parts if part), person.origin("01.02.40", "02.10, 02.30 en 02.40"))
    date = person.date("/datum", "01.03.10")
    facts.put("/geboortedatum", date.iso() if date else None, person.origin("01.03.10"))
    return facts


def _document(source: str, assignment: Assignment, files: tuple[str, ...], people: list[Any]) -> dict[str, Json]:
    head = assignment.bron[source]
    return {
        "bron": {
            "naam": head.naam,
            "oin": head.oin,
            "uitgever": head.uitgever,
            "licentie": head.licentie,
            "bestanden": list(files),
        },
        "peildatum": assignment.peildatum,
        "personen": people,
    }


def _bytes(document: Json) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


__all__ = ["TEST_ONLY", "Folder", "Origin", "Outputs", "convert"]
