# SPDX-License-Identifier: EUPL-1.2
"""Connector ``haal-centraal``: the BRP-personen API v2.

1. ``RaadpleegMetBurgerservicenummer`` with exactly the fields that the elements asked need, and the number itself, so
   that the answer can be checked to be about this person. The number stands in the body.
2. With counts asked: ``ZoekMetAdresseerbaarObjectIdentificatie`` at the person's own address, for birth dates alone: no
   names or numbers of others are asked.
3. With ``aanvulling``: what the API has no member for, asked in the same way.

- What is under investigation says so on each value it touches. Of a record that is no longer kept (emigrated, died)
  the reference date is the day that ended. A record that is wrong as a whole (suspension F or W) is not handed out.
- Geheimhouding concerns others: a person's own data go to that person. Of partner, children and parents there is no
  address to ask for.

Spec: BRP-personen API v2.0, POST /personen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from blauweknop.adapters.connectors.contract import Answer, Finding, SourceFailedError, WrongPersonError
from blauweknop.adapters.connectors.conversions import UNREADABLE_DATE, ValueUnreadableError, brp_to_date
from blauweknop.adapters.connectors.findings import findings
from blauweknop.adapters.connectors.haal_centraal.derived import RULES, Beside, current_partner
from blauweknop.adapters.connectors.haal_centraal.fields import FIELDS, MAX_FIELDS
from blauweknop.adapters.connectors.haal_centraal.investigation import since_of
from blauweknop.adapters.connectors.json_calls import Deadline, JsonCaller
from blauweknop.adapters.connectors.mapping import Found, Record, RowMapper, at_path, text_at
from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from blauweknop.adapters.connectors.contract import Query
    from blauweknop.adapters.connectors.settings import ElementMapping, HaalCentraalLink

_NUMBER: Final = "burgerservicenummer"
_OBJECT: Final = re.compile(r"(?!0{16})[0-9]{16}", re.ASCII)
_WRONG_AS_A_WHOLE: Final = frozenset({"F", "W"})
_PARTNERS: Final = "partners"
_REMARKS: Final = "opmerkingen"
_ALWAYS_THERE: Final = frozenset(
    {_NUMBER, "inOnderzoek", "geheimhoudingPersoonsgegevens", "opschortingBijhouding", "rni", "verificatie"}
)


class FieldsRefusedError(ConfigurationError):
    """A mapping asks the BRP API for something that it does not know."""

    code = "veld-onbekend"


class HaalCentraalConnector:
    """One BRP-personen API."""

    def __init__(self, link: HaalCentraalLink, environ: Mapping[str, str] | None = None) -> None:
        """Raises: ``FieldsRefusedError`` for a field or rule that does not exist, and as ``JsonCaller``."""
        self._link = link
        for name, mapping in link.elements.items():
            check_mapping(name, mapping)
        self._caller = JsonCaller(link.address, link.key, environ)

    async def fetch(self, query: Query) -> Answer:
        """See the contract."""
        return (await self._fetch(query))[0]

    async def check(self, query: Query) -> Sequence[Finding]:
        """See the contract. Points at members that the API gave without being asked."""
        answer, person = await self._fetch(query)
        asked = {field.split(".")[0] for field in self._fields(query)}
        superfluous = sorted(set(person) - asked - _ALWAYS_THERE)
        return findings(self._link, query, answer, origin=str, superfluous=superfluous)

    async def close(self) -> None:
        """See the contract."""
        await self._caller.close()

    async def _fetch(self, query: Query) -> tuple[Answer, Record]:
        try:
            return await self._fetch_all(query)
        except ValueUnreadableError as error:
            raise SourceFailedError(f"onleesbaar: {error.detail}") from error

    async def _fetch_all(self, query: Query) -> tuple[Answer, Record]:
        deadline = Deadline(query.timeout)
        person = await self._person(query, deadline)
        if person is None or text_at(person, "opschortingBijhouding.reden.code") in _WRONG_AS_A_WHOLE:
            return Answer(known=False, subject=query.subject), {}
        beside = Beside(
            today=query.today,
            supplement=await self._supplement(query, deadline),
            residents=await self._residents(query, person, deadline),
        )
        _put_remarks(person, (beside.supplement or {}).get(_REMARKS))
        mapper = RowMapper(self._link, query, _PersonReader(beside))
        row, missing = mapper.single(person, reference_date=_ended_on(person))
        answer = Answer(known=True, subject=str(person[_NUMBER]), rows=(row,), missing=(*mapper.not_mapped(), *missing))
        return answer, person

    async def _person(self, query: Query, deadline: Deadline) -> Record | None:
        body = {"type": "RaadpleegMetBurgerservicenummer", _NUMBER: [query.subject], "fields": self._fields(query)}
        persons = await self._search(body, deadline)
        if not persons:
            return None
        if len(persons) > 1:
            raise SourceFailedError("onverwacht: more than one person in the answer")
        number = persons[0].get(_NUMBER)
        if number is None:
            raise SourceFailedError("onleesbaar: the answer does not say which person it is about")
        if number != query.subject:
            raise WrongPersonError
        return persons[0]

    async def _residents(self, query: Query, person: Record, deadline: Deadline) -> tuple[Record, ...] | None:
        if not any(rule.residents for rule in self._rules(query)):
            return None
        place = text_at(person, "verblijfplaats.adresseerbaarObjectIdentificatie")
        if not _OBJECT.fullmatch(place):
            return None
        body = {
            "type": "ZoekMetAdresseerbaarObjectIdentificatie",
            "adresseerbaarObjectIdentificatie": place,
            "fields": ["geboorte.datum"],
        }
        return tuple(await self._search(body, deadline))

    async def _supplement(self, query: Query, deadline: Deadline) -> Record | None:
        if not self._link.supplement:
            return None
        asked = sorted({rule.supplement for rule in self._rules(query) if rule.supplement})
        body = {_NUMBER: query.subject, "velden": [*asked, _REMARKS]}
        _, answer = await self._caller.send("POST", self._link.supplement, body, deadline=deadline)
        if answer.get(_NUMBER) != query.subject:
            raise WrongPersonError
        return answer

    async def _search(self, body: Mapping[str, Any], deadline: Deadline) -> list[Record]:
        _, answer = await self._caller.send("POST", self._link.resource, body, deadline=deadline)
        persons = answer.get("personen")
        if answer.get("type") != body["type"] or not isinstance(persons, list):
            raise SourceFailedError("onleesbaar: not the answer to this kind of question")
        if not all(isinstance(person, dict) for person in persons):
            raise SourceFailedError("onleesbaar: a person that is no object")
        return persons

    def _mappings(self, query: Query) -> Iterator[ElementMapping]:
        for name in query.elements:
            if (mapping := self._link.elements.get(name)) is not None:
                yield mapping

    def _rules(self, query: Query) -> Iterator[Any]:
        for mapping in self._mappings(query):
            for one in (mapping, *mapping.parts.values()):
                if one.derived:
                    yield RULES[one.derived]

    def _fields(self, query: Query) -> list[str]:
        return sorted({_NUMBER, *(field for mapping in self._mappings(query) for field in fields_of(mapping))})


class _PersonReader:
    def __init__(self, beside: Beside) -> None:
        self._beside = beside

    def read(self, record: Record, mapping: ElementMapping) -> Found:
        """The field, or the value of the rule; what is absent of ``indicatie…`` means no."""
        if mapping.derived:
            return RULES[mapping.derived].make(record, self._beside)
        if mapping.fixed is not None:
            return Found(mapping.fixed)
        if mapping.field == _PARTNERS and mapping.parts:
            return Found(current_partner(record))
        raw = at_path(record, mapping.field)
        if raw is None and mapping.field.startswith("indicatie") and "." not in mapping.field:
            raw = False
        remark = str(raw.get("opmerking") or "") if isinstance(raw, dict) else ""
        return Found(raw, since_of(record, (mapping.field,)), remark)


def fields_of(mapping: ElementMapping, prefix: str = "") -> Iterator[str]:
    """The ``fields`` that a mapping needs, whole paths."""
    if mapping.parts:
        for part in mapping.parts.values():
            yield from fields_of(part, f"{prefix}{mapping.field}.")
        if mapping.field == _PARTNERS:
            yield "partners.ontbindingHuwelijkPartnerschap.datum"
    elif mapping.derived:
        yield from (prefix + field for field in RULES[mapping.derived].fields)
    elif mapping.field:
        yield prefix + mapping.field


def check_mapping(name: str, mapping: ElementMapping) -> None:
    """Whether the API knows what the mapping asks. Raises: ``FieldsRefusedError`` naming the element."""
    for one in (mapping, *mapping.parts.values()):
        if one.derived and one.derived not in RULES:
            raise FieldsRefusedError(f"{name}: afgeleid is one of {', '.join(RULES)}")
    fields = list(fields_of(mapping))
    if len(fields) > MAX_FIELDS:
        raise FieldsRefusedError(f"{name}: more than {MAX_FIELDS} fields")
    for field in fields:
        if field not in FIELDS:
            raise FieldsRefusedError(f"{name}: the BRP API has no field {field}")


def _ended_on(person: Record) -> str:
    """The day since which the record is no longer kept, as far as known, or an empty string."""
    return str(brp_to_date(at_path(person, "opschortingBijhouding.datum")).value or "")


def _put_remarks(person: Record, remarks: Any) -> None:
    """Puts each remark of the supplement (JSON pointer to code) on the date object that it is about."""
    for pointer, code in remarks.items() if isinstance(remarks, dict) else ():
        node = _at_pointer(person, str(pointer).split("/")[1:])
        if isinstance(node, dict) and code == UNREADABLE_DATE:
            node["opmerking"] = code


def _at_pointer(node: Any, names: Iterable[str]) -> Any:
    for name in names:
        if isinstance(node, dict):
            node = node.get(name)
        elif isinstance(node, list) and name.isdecimal() and int(name) < len(node):
            node = node[int(name)]
        else:
            return None
    return node
