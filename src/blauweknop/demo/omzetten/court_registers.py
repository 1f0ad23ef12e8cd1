# SPDX-License-Identifier: EUPL-1.2
"""The registers of courts and notaries, from the personas.

- A registration stands under the professional there, not under the person concerned: administration of a person is
  found in the profile of the administrator. So every profile is read, and each registration is kept once.
- A registration whose two numbers are not both on stage (or lent to somebody who is) is left out, and so is what is not
  about a person: a bankrupt company has a trade register number, which is that of another profile's business too.
- An ended registration keeps its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .assignment import invented
from .origin import ConversionError, Facts, Json, Origin
from .personas import FILE, Personas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .assignment import Assignment


class _Block(NamedTuple):
    """How one kind of registration names its parties, its date, and what it says of number and extent."""

    kind: str
    represented: str
    representative: str
    since: str
    number: str = ""
    extent: str = ""


_BLOCKS: Final[Mapping[tuple[str, str], _Block]] = {
    ("RECHTSPRAAK", "curatele_registraties"): _Block("curatele", "bsn_curandus", "bsn_curator", "datum_ingang"),
    ("RECHTSPRAAK", "bewind_registraties"): _Block(
        "bewind", "bsn_rechthebbende", "bsn_bewindvoerder", "datum_ingang", extent="bewind_type"
    ),
    ("RECHTSPRAAK", "mentorschap_registraties"): _Block("mentorschap", "bsn_betrokkene", "bsn_mentor", "datum_ingang"),
    ("RECHTSPRAAK", "wsnp_registraties"): _Block(
        "wsnp", "bsn_saniet", "bsn_bewindvoerder", "datum_uitspraak", number="insolventie_nummer"
    ),
    ("NOTARIAAT", "volmacht_registraties"): _Block(
        "volmacht", "bsn_volmachtgever", "bsn_gevolmachtigde", "datum_ingang", extent="volmacht_type"
    ),
}
_EXTENTS: Final = {"VOLLEDIG_BEWIND": "volledig", "ALGEMENE_VOLMACHT": "volledig"}


def registrations(personas: Personas, assignment: Assignment) -> list[Facts]:
    """Every registration between people on stage, once, in the order of the file."""
    stage = frozenset(assignment.on_stage())
    lent = {loan.van: place for place, loan in enumerate(assignment.lening) if "registers" in loan.neemt}
    found: dict[tuple[Any, ...], Facts] = {}
    for number, organisation, block, place, record in _records(personas):
        form = _BLOCKS[(organisation, block)]
        parties = [record[form.represented], record[form.representative]]
        if not all(party in stage or party in lent for party in parties):
            continue
        base = f"/profiles/{number}/sources/{organisation}/{block}/{place}"
        key = (form.kind, *parties, record[form.since])
        if key not in found:
            found[key] = _registration(form, record, base, _Parties(assignment, lent))
    return list(found.values())


class _Parties:
    """Whose number stands for the number of a persona."""

    def __init__(self, assignment: Assignment, lent: Mapping[str, int]) -> None:
        self._assignment, self._lent = assignment, lent

    def put(self, facts: Facts, name: str, number: str, path: str) -> None:
        place = self._lent.get(number)
        if place is None:
            facts.put(f"/{name}", number, Origin("overgenomen", FILE, path))
        else:
            facts.put(f"/{name}", self._assignment.lening[place].naar, invented("lening", place, "naar"))

    def kind_of(self, number: str) -> Any:
        return "toegewezen" if number in self._lent else "overgenomen"


def _records(personas: Personas) -> Iterator[tuple[str, str, str, int, dict[str, Any]]]:
    for number, profile in personas.profiles.items():
        for organisation, block in _BLOCKS:
            for place, record in enumerate(profile["sources"].get(organisation, {}).get(block, [])):
                yield number, organisation, block, place, record


def _registration(form: _Block, record: dict[str, Any], base: str, parties: _Parties) -> Facts:
    facts = Facts()
    number = record[form.represented]
    kind = parties.kind_of(number)
    facts.put("/soort", form.kind, Origin(kind, FILE, f"{base}/{form.represented}", "soort volgt uit het register"))
    parties.put(facts, "vertegenwoordigde", number, f"{base}/{form.represented}")
    parties.put(facts, "vertegenwoordiger", record[form.representative], f"{base}/{form.representative}")
    facts.put("/van", record[form.since], Origin(kind, FILE, f"{base}/{form.since}"))
    if record["datum_einde"] is not None:
        facts.put("/tot", record["datum_einde"], Origin(kind, FILE, f"{base}/datum_einde"))
    if form.number:
        facts.put("/zaaknummer", record[form.number], Origin(kind, FILE, f"{base}/{form.number}"))
    if form.extent:
        word = _EXTENTS.get(record[form.extent])
        if word is None:
            raise ConversionError(f"persona: an extent {form.extent} that we do not know")
        facts.put("/omvang", word, Origin(kind, FILE, f"{base}/{form.extent}", "omvang in onze woorden"))
    return facts


def people(personas: Personas, assignment: Assignment, own: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """Everybody who is a party, with the registrations they stand in; `own`: those of the assignment.

    A registration stands with both parties, as a court register finds it by either.
    """
    rows: list[tuple[Json, Json]] = [
        (facts.tree, facts.origins_json()) for facts in registrations(personas, assignment)
    ]
    rows += [part for person in own for part in _parts(person)]
    found: dict[str, list[tuple[Json, Json]]] = {}
    for tree, origins in rows:
        for side in ("vertegenwoordigde", "vertegenwoordiger"):
            found.setdefault(tree[side], []).append((tree, origins))  # type: ignore[index,arg-type,call-overload] # a row
    return [
        {
            "bsn": bsn,
            "registraties": [tree for tree, _ in items],
            "herkomst": {
                f"/registraties/{place}{pointer}": origin
                for place, (_, origins) in enumerate(items)
                for pointer, origin in origins.items()  # type: ignore[union-attr] # a flat map
            },
        }
        for bsn, items in found.items()
    ]


def _parts(person: dict[str, Any]) -> Iterator[tuple[Json, Json]]:
    for place, tree in enumerate(person["registraties"]):
        prefix = f"/registraties/{place}"
        yield (
            tree,
            {
                pointer.removeprefix(prefix): origin
                for pointer, origin in person["herkomst"].items()
                if pointer.startswith(f"{prefix}/")
            },
        )
