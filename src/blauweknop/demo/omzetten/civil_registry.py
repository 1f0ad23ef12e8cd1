# SPDX-License-Identifier: EUPL-1.2
"""A second register about the same person: the burgerlijke stand of Rotterdam, from the BRP mock file.

It says other things than the RvIG list (parents, birth place, address, marriage, death of the husband). Both are served
as they are; nothing is joined or chosen. The record is shaped as that register's own REST answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from .origin import ConversionError, Facts, Origin

FILE: Final = "inkomen-gbo/brp-personen.json"
_NAME: Final = {"voornamen": "voornamen", "voorvoegsel": "voorvoegsel", "geslachtsnaam": "geslachtsnaam"}
_BIRTH: Final = {"datum": "geboortedatum", "plaats": "geboorteplaats", "land": "geboorteland"}
_ADDRESS: Final = {
    "straatnaam": "straatnaam",
    "huisnummer": "huisnummer",
    "huisletter": "huisletter",
    "postcode": "postcode",
    "woonplaats": "woonplaatsnaam",
}
_BOND: Final = {
    "soort": "soortVerbintenis",
    "datum_voltrekking": "datumVoltrekking",
    "plaats_voltrekking": "plaatsVoltrekking",
    "datum_ontbinding": "datumOntbinding",
    "reden_ontbinding": "redenOntbinding",
}
_DEATH: Final = {"datum": "datumOverlijden", "plaats": "plaatsOverlijden", "land": "landOverlijden"}


@dataclass(frozen=True, slots=True)
class _At:
    """A node of the file and the pointer to it."""

    node: dict[str, Any]
    path: str

    def child(self, member: str, index: int | None = None) -> _At:
        node = self.node[member] if index is None else self.node[member][index]
        return _At(node, f"{self.path}/{member}" + ("" if index is None else f"/{index}"))

    def put(self, facts: Facts, prefix: str, members: dict[str, str]) -> None:
        for ours, theirs in members.items():
            if theirs in self.node:
                origin = Origin("overgenomen", FILE, f"{self.path}/{theirs}")
                facts.put(f"{prefix}/{ours}", self.node[theirs], origin)

    def count(self, member: str) -> int:
        return len(self.node.get(member, []))


def record(people: list[dict[str, Any]], number: str) -> Facts:
    """The record of one person.

    Raises:
        ConversionError: the file does not hold this number.
    """
    for index, person in enumerate(people):
        if person.get("bsn") == number:
            return _record(_At(person, f"/{index}"))
    raise ConversionError("the BRP mock file does not hold a number that was asked for")


def _record(person: _At) -> Facts:
    facts = Facts()
    person.put(facts, "/naam", _NAME)
    person.put(facts, "/geboorte", _BIRTH)
    person.put(facts, "", {"geslacht": "geslacht"})
    facts.put_list("nationaliteiten", [_nationality(person, i) for i in range(person.count("heeftNationaliteit"))])
    person.child("woontOpBinnenland").put(facts, "/adres", _ADDRESS)
    person.put(facts, "/adres", {"sinds": "datumInschrijvingGemeente"})
    facts.put_list("ouders", [_parent(person, i) for i in range(person.count("heeftOuder"))])
    facts.put_list("huwelijken", [_bond(person, i) for i in range(person.count("heeftHuwelijk"))])
    return facts


def _nationality(person: _At, index: int) -> Facts:
    facts = Facts()
    person.child("heeftNationaliteit", index).put(facts, "", {"nationaliteit": "nationaliteit"})
    return facts


def _parent(person: _At, index: int) -> Facts:
    facts = Facts()
    parent = person.child("heeftOuder", index)
    parent.put(facts, "/naam", _NAME)
    parent.put(facts, "", {"geslacht": "geslacht"})
    return facts


def _bond(person: _At, index: int) -> Facts:
    """One marriage; the partner is the one of the two who does not bear the person's own id."""
    facts = Facts()
    bond = person.child("heeftHuwelijk", index)
    bond.put(facts, "", _BOND)
    for place in range(bond.count("partners")):
        partner = bond.child("partners", place)
        if partner.node["id"] != person.node["id"]:
            partner.put(facts, "/partner/naam", _NAME)
            partner.put(facts, "/partner/geboorte", _BIRTH)
            partner.put(facts, "/partner/overlijden", _DEATH)
    return facts
