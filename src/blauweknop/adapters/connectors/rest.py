# SPDX-License-Identifier: EUPL-1.2
"""Connector ``rest``: a JSON interface of the organisation's own.

- ``persoon_in`` says where the person goes: ``body.NAME`` (POST) or ``kop.NAME`` (a header). Never in the URL, which
  proxies and logs keep.
- ``velden_in``: the member of the body that names the members wanted, for interfaces that can be asked for less.
- ``persoon_pad``: where the answer says whom it is about; another person is refused.
- ``rijen_pad``: where the list of records stands, for sets of rows. Status 404 means that the person is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from blauweknop.adapters.connectors.contract import Answer, Finding, SourceFailedError, WrongPersonError
from blauweknop.adapters.connectors.findings import findings
from blauweknop.adapters.connectors.json_calls import Deadline, JsonCaller
from blauweknop.adapters.connectors.mapping import PathReader, Record, RowMapper, at_path
from blauweknop.adapters.connectors.settings import TODAY
from blauweknop.core.dataset.definition import ROWS
from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from blauweknop.adapters.connectors.contract import Query
    from blauweknop.adapters.connectors.settings import ElementMapping, RestLink

_UNKNOWN: Final = 404
_BODY: Final = "body"
_HEADER: Final = "kop"


class RestRefusedError(ConfigurationError):
    """This interface cannot be asked as configured."""

    code = "rest-geweigerd"


class RestConnector:
    """One resource of one interface."""

    def __init__(self, link: RestLink, environ: Mapping[str, str] | None = None) -> None:
        """Raises: ``RestRefusedError`` when the person would stand in the URL, and as ``JsonCaller``."""
        place, _, self._name = link.person_in.partition(".")
        if place not in {_BODY, _HEADER} or not self._name:
            raise RestRefusedError("persoon_in is body.NAME or kop.NAME: a person never stands in a URL")
        if link.method == "GET" and (place == _BODY or link.fields_in):
            raise RestRefusedError(
                'GET has no body: use methode = "POST", or persoon_in = "kop.NAME" without velden_in'
            )
        self._in_body = place == _BODY
        self._link = link
        self._caller = JsonCaller(link.address, link.key, environ)

    async def fetch(self, query: Query) -> Answer:
        """See the contract."""
        return (await self._fetch(query))[0]

    async def check(self, query: Query) -> Sequence[Finding]:
        """See the contract. Points at members of the answer that no element uses."""
        answer, found = await self._fetch(query)
        within = f"{self._link.rows_at}." if query.definition.shape == ROWS else ""
        mapped = {within + path for path in self._paths(self._link.elements.values())} | {self._link.person_at}
        superfluous = [leaf for leaf in leaves(found) if not any(_covers(path, leaf) for path in mapped)]
        return findings(self._link, query, answer, origin=str, superfluous=superfluous)

    async def close(self) -> None:
        """See the contract."""
        await self._caller.close()

    async def _fetch(self, query: Query) -> tuple[Answer, Record]:
        body: dict[str, Any] = {self._name: query.subject} if self._in_body else {}
        if self._link.fields_in:
            asked = [m for name in query.elements if (m := self._link.elements.get(name)) is not None]
            body[self._link.fields_in] = sorted({path.split(".")[0] for path in self._paths(asked)})
        status, found = await self._caller.send(
            self._link.method,
            self._link.resource,
            body if self._link.method == "POST" else None,
            headers={} if self._in_body else {self._name: query.subject},
            deadline=Deadline(query.timeout),
            accept=(_UNKNOWN,),
        )
        if status == _UNKNOWN:
            return Answer(known=False, subject=query.subject), {}
        return self._answer(query, found), found

    def _answer(self, query: Query, found: Record) -> Answer:
        subject = at_path(found, self._link.person_at)
        if not isinstance(subject, str):
            raise SourceFailedError("onleesbaar: the answer does not say which person it is about")
        if subject != query.subject:
            raise WrongPersonError
        mapper = RowMapper(self._link, query, PathReader())
        if query.definition.shape == "enkel":
            row, missing = mapper.single(found)
            return Answer(known=True, subject=subject, rows=(row,), missing=(*mapper.not_mapped(), *missing))
        records = at_path(found, self._link.rows_at)
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise SourceFailedError("onleesbaar: no list of records where the settings say")
        rows, gone = mapper.rows(records)
        return Answer(known=True, subject=subject, rows=rows, missing=(*mapper.not_mapped(), *gone))

    def _paths(self, mappings: Any) -> Iterator[str]:
        link = self._link
        for mapping in mappings:
            yield from _mapping_paths(mapping)
        shared = (link.year, link.status, "" if link.reference_date == TODAY else link.reference_date)
        yield from (path for path in shared if path)


def _mapping_paths(mapping: ElementMapping) -> Iterator[str]:
    base = f"{mapping.path}." if mapping.path else ""
    if mapping.parts:
        yield from (base + part.path for part in mapping.parts.values() if part.path)
    elif mapping.path:
        yield mapping.path


def leaves(node: Any, path: str = "") -> list[str]:
    """The paths of all scalar members, items of lists under the path of their list; each once."""
    match node:
        case dict():
            found = [leaf for name, value in node.items() for leaf in leaves(value, f"{path}.{name}" if path else name)]
        case list():
            found = [leaf for item in node for leaf in leaves(item, path)]
        case _:
            found = [path]
    return list(dict.fromkeys(found))


def _covers(path: str, leaf: str) -> bool:
    path = ".".join(name for name in path.split(".") if not name.lstrip("-").isdecimal())
    return leaf == path or leaf.startswith(f"{path}.")
