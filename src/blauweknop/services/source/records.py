# SPDX-License-Identifier: EUPL-1.2
"""What is written down of a delivery, a look or a refused attempt: the drafts that the log store makes records of."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from blauweknop.adapters.store.log.contract import Draft, HourQuota, Quota
from blauweknop.core.dataset.catalogue import element_at
from blauweknop.core.ledger.entry import SALT_BYTES, LogEntry
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.errors import MalformedError
from blauweknop.services.source.traces import citizen_key, marks_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.store.log.contract import SealIndex
    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.core.delivery.decide import Person
    from blauweknop.core.delivery.model import Grant, Refusal
    from blauweknop.services.source.parts import Parts
    from blauweknop.services.source.pipeline import Look

_NS = 1_000_000_000
_GROUNDS: Final[Mapping[str, Literal["eigen_inzage", "toestemming", "wettelijk"]]] = {
    "eigen_inzage": "eigen_inzage",
    "gegevensset": "toestemming",
    "bekwaamheid": "wettelijk",
}
_MINUTE, _HOUR = 60, 3600
_RANDOM_BYTES = 12


def new_id(clock: Clock) -> str:
    """A delivery id: the minute (4 bytes) and 96 random bits, base64url.

    In order of time, so that the index of a growing log stays cheap; no finer than a minute, so that two deliveries of
    one request cannot be joined on it.
    """
    minute = clock.now_ns() // (_MINUTE * _NS)
    return b64url_encode(minute.to_bytes(4, "big") + secrets.token_bytes(_RANDOM_BYTES))


class Records:
    """Makes drafts; the store writes them."""

    def __init__(self, parts: Parts) -> None:
        """``parts``: of the same source as the pipeline's."""
        self._parts = parts

    def citizen(self, person: Person) -> bytes:
        """The keyed hash under which this person's records stand."""
        return citizen_key(self._parts.log_secret, person.subject)

    def quota(self, grant: Grant) -> Quota | HourQuota | None:
        """The calendar period that a delivery on this grant uses up, or the app's share of the hour it takes of."""
        if grant.per_hour:
            return HourQuota(grant.client, self._parts.clock.now_ns() // (_HOUR * _NS), grant.per_hour)
        return Quota(grant.grant_id, grant.rule, grant.quota) if grant.quota else None

    def look(self, grant: Grant, person: Person, look: Look) -> Draft:
        """The values were shown on screen."""
        entry = self._entry(grant, person, "inzage", new_id(self._parts.clock))
        return self._draft(person, msgspec.structs.replace(entry, ontbreekt=_said(look)))

    def delivery(
        self, grant: Grant, person: Person, look: Look, ids: tuple[str, str], seal: tuple[str, SealIndex | None]
    ) -> Draft:
        """A set was sealed. ``ids``: of the delivery, and of the one it repeats; ``seal``: fingerprint and index."""
        entry = self._entry(grant, person, "levering", ids[0])
        entry = msgspec.structs.replace(entry, herhaling_van=ids[1], vingerafdruk=seal[0], ontbreekt=_said(look))
        marks = marks_of(self._parts.log_secret, look.definition, look.rows, whole=grant.period is None)
        return msgspec.structs.replace(
            self._draft(person, entry),
            idempotency_key=grant.idempotency_key,
            marks=marks,
            seal=seal[1],
            quota=self.quota(grant),
        )

    def refusal(self, grant: Grant, person: Person, refusal: Refusal) -> Draft:
        """The attempt was refused before anything was fetched or shown."""
        entry = self._entry(grant, person, "weigering", new_id(self._parts.clock))
        # What was asked is repeated only as far as the scheme knows it: the rest is somebody's own text.
        definition = self._parts.catalogue.definitions.get(grant.data_set)
        known = [path for path in grant.elements if definition is not None and _exists(definition, path)]
        entry = msgspec.structs.replace(
            entry,
            gegevensset=grant.data_set if definition is not None else "",
            dienst=grant.service if grant.service in self._parts.catalogue.profiles else "",
            elementen=tuple(known),
            reden=refusal.reason.value,
        )
        return self._draft(person, entry)

    def _draft(self, person: Person, entry: LogEntry) -> Draft:
        return Draft(
            citizen=self.citizen(person),
            entry=entry,
            salt=secrets.token_bytes(SALT_BYTES),
            now_ns=self._parts.clock.now_ns(),
            idempotency_key="",
        )

    def _entry(
        self, grant: Grant, person: Person, kind: Literal["levering", "inzage", "weigering"], delivery: str
    ) -> LogEntry:
        moment = datetime.fromtimestamp(self._parts.clock.now_ns() // _NS, tz=UTC)
        return LogEntry(
            soort=kind,
            levering=delivery,
            tijd=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            nummer=0,  # the store fills in number and previous leaf, inside its transaction
            vorige="",
            bron=self._parts.iss,
            grondslag=_GROUNDS[grant.kind],
            gegevensset=grant.data_set,
            elementen=grant.elements,
            deur=grant.door,
            client=grant.client,
            dienst=grant.service,
            niveau=person.assurance,
        )


def _exists(definition: DataSetDefinition, path: str) -> bool:
    try:
        return element_at(definition, path) is not None
    except MalformedError:
        return False


def _said(look: Look) -> tuple[str, ...]:
    return tuple(f"{item.element}: {item.reden}" for item in look.missing)
