# SPDX-License-Identifier: EUPL-1.2
"""``demo --once``, Basis: without a browser, for every person of the cast.

For each person and each source: all elements that the source has of each of its data sets (*alles bekijken*), and for
people with a situation once more, only what that service needs. Real back-ends over HTTP, real stores, real seals.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.paper.qr import qr_png
from blauweknop.core.dataset.period import latest
from blauweknop.core.delivery.decide import Person
from blauweknop.core.delivery.model import Grant, Refusal
from blauweknop.demo import gegevens
from blauweknop.demo.achterkant import back_end_apps, write_files
from blauweknop.demo.home import kept_ports, prepare_home
from blauweknop.demo.plus import wanted_ports
from blauweknop.demo.steps import Step
from blauweknop.errors import OtherPartyError
from blauweknop.services.source.papers import certified_pdf, paper_code
from blauweknop.testing.scheme import (
    RunningSource,
    free_ports,
    open_sources,
    read_sources,
    reference_clock,
    serve_all,
    source_environment,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from blauweknop.core.dataset.profile import ServiceProfile
    from blauweknop.demo.achterkant import Documents
    from blauweknop.services.source.pipeline import Delivery

SITUATIONS: Final = {
    "mark-de-boer": "schuldhulp/1",
    "lohstroh-denise": "schuldhulp/1",
    "estrella-de-jager": "voedselbank/1",
    "kevin-de-boer": "hypotheek/1",
    "olivia-ghislaine-charbon": "hypotheek/1",
    "albertus-vincent-de-boer": "financiele-apk/1",
    "jules-overvaart": "wlz/1",
    "bernard-schoon": "autoverzekering/1",
}
_SESSION_SECONDS: Final = 900


@dataclass(frozen=True)
class Wish:
    """One delivery to ask for: of which person, which data set, for which service (or all of it)."""

    slug: str
    bsn: str
    source: RunningSource
    data_set: str
    service: ServiceProfile | None


async def run_once(
    home: Path, out: Path, *, report: Callable[[str], None], documents: Documents = gegevens.load
) -> list[Step]:
    """Runs it all and writes the files into ``out``; ``report`` hears what is going on.

    ``documents``: the demo's data by name, for a run on other data or for fewer people.

    Raises: ``ConfigurationError`` and ``InfrastructureError`` kinds; a source that fails is a step ``niet_gelukt``.
    """
    back_ends = back_end_apps(documents=documents)
    ports = {**kept_ports(home, wanted_ports()), **free_ports(dict.fromkeys(back_ends, 0))}
    environ = source_environment(home, ports)
    settings = read_sources(resources.files("blauweknop.demo") / "bronnen", environ)
    prepare_home(home, settings, now=int(time.time()))
    write_files(home / "achterkant", documents=documents)
    document = documents("cast")
    clock = reference_clock(document["peildatum"])
    steps: list[Step] = []
    async with serve_all(back_ends, ports), open_sources(settings, environ=environ, clock=clock) as sources:
        wishes = list(_wishes(document["personen"], sources))
        for number, wish in enumerate(wishes, 1):
            step = await _fulfil(wish, out)
            steps.append(step)
            report(f"Basis {number}/{len(wishes)}: {step.citizen} at {step.source}")
    return steps


def _wishes(people: list[dict[str, str]], sources: dict[str, RunningSource]) -> Iterator[Wish]:
    for person in people:
        for source in sources.values():
            for data_set in source.parts.offered:
                if source.parts.catalogue.definitions[data_set].asked_by != "burger":
                    continue
                wish = Wish(person["slug"], person["bsn"], source, data_set, None)
                yield wish
                profile = source.parts.catalogue.profiles.get(SITUATIONS.get(person["slug"], ""))
                needed = Wish(wish.slug, wish.bsn, source, data_set, profile)
                if profile is not None and _elements(needed):
                    yield needed


def _elements(wish: Wish) -> tuple[str, ...]:
    offered = wish.source.parts.offered[wish.data_set].elements
    if wish.service is None:
        definition = wish.source.parts.catalogue.definitions[wish.data_set]
        return tuple(element.id for element in definition.elements if element.id in offered)
    part = wish.service.part_of(wish.data_set)
    return tuple(one.path for one in part.elements if one.path.split(".")[0] in offered) if part else ()


def _grant(wish: Wish) -> Grant:
    parts = wish.source.parts
    part = wish.service.part_of(wish.data_set) if wish.service else None
    return Grant(
        kind="eigen_inzage",
        data_set=wish.data_set,
        source=parts.iss,
        elements=_elements(wish),
        client="basis",
        door="basis",
        environment="test",
        idempotency_key=secrets.token_urlsafe(16),
        service=wish.service.ref if wish.service else "",
        period=latest(part.period, today=parts.clock.today()) if part and part.period else None,
    )


async def _fulfil(wish: Wish, out: Path) -> Step:
    now = int(time.time())
    person = Person(subject=wish.bsn, assurance="substantieel", authenticated_at=now, expires_at=now + _SESSION_SECONDS)
    grant = _grant(wish)
    try:
        outcome = await wish.source.pipeline.deliver(grant, person)
    except OtherPartyError as error:
        return _step(wish, grant, outcome="niet_gelukt", reason=error.code)
    if isinstance(outcome, Refusal):
        return _step(wish, grant, outcome="geweigerd", reason=outcome.reason.value)
    pdf = await certified_pdf(wish.source.parts, outcome, language="nl")
    files = await asyncio.to_thread(_write, wish, outcome, pdf, out)
    await wish.source.pipeline.sent(outcome)
    return _step(wish, grant, outcome="geleverd", fingerprint=outcome.set.fingerprint, files=files)


def _write(wish: Wish, delivery: Delivery, pdf: bytes, out: Path) -> list[str]:
    folder = wish.slug if wish.service is None else f"{wish.slug}/{wish.service.id}"
    stem = f"{folder}/{wish.source.slug}-{wish.data_set.replace('/', '-')}"
    forms = {
        "sd-jwt": delivery.set.compact(),
        "json": delivery.set.json(),
        "pdf": pdf,
        "png": qr_png(paper_code(wish.source.parts, delivery)),
    }
    (out / folder).mkdir(parents=True, exist_ok=True)
    for ending, data in forms.items():
        (out / f"{stem}.{ending}").write_bytes(data)
    return [f"{stem}.{ending}" for ending in forms]


def _step(
    wish: Wish, grant: Grant, *, outcome: str, reason: str = "", fingerprint: str = "", files: list[str] | None = None
) -> Step:
    return Step(
        variant="basis",
        situation=wish.service.id if wish.service else None,
        citizen=wish.slug,
        source=wish.source.slug,
        requester=None,
        outcome=outcome,  # type: ignore[arg-type]
        reason=reason or None,
        elements=list(grant.elements),
        vingerafdruk=fingerprint or None,
        files=files or [],
    )
