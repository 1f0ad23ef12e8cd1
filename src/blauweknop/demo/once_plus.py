# SPDX-License-Identifier: EUPL-1.2
"""``demo --once``, Plus: each situation from the question to the last refusal, over HTTP, with real services.

1. each requester asks, the citizen says yes to all, the requester compares and collects;
2. those who may not decide, and a requester that is suspended, show what is refused and why;
3. a month later every requester collects again, without a citizen;
4. one citizen stops; what that requester then asks is refused.

It begins two months ago, so that what was sealed last is of today. It runs in a folder of its own on free ports: a demo
that is running is left alone, and no clock is moved in its stores. ``./bk verify`` knows what was sealed here.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from blauweknop.adapters.clock import SystemClock
from blauweknop.adapters.keys.chain import trust_folder
from blauweknop.adapters.keys.private_file import write_file
from blauweknop.adapters.keys.trust_folder import ANCHORS, SEALS
from blauweknop.demo import gegevens
from blauweknop.demo.achterkant import back_end_apps
from blauweknop.demo.burger import Citizen, MayNotDecideError
from blauweknop.demo.plus import wanted_ports
from blauweknop.demo.serve import running_scheme
from blauweknop.demo.steps import Step
from blauweknop.demo.vragers import requester_settings, requesters
from blauweknop.errors import BlauweKnopError
from blauweknop.requester import Requester, make_evidence
from blauweknop.services.requester.errors import ConsentEndedError, ConsentServerRefusedError
from blauweknop.testing.scheme import free_ports, source_environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path

    from blauweknop.core.consent.line import Line
    from blauweknop.demo.achterkant import Documents
    from blauweknop.demo.serve import RunningDemo
    from blauweknop.demo.stelselbeheer import Organisation
    from blauweknop.requester import Consent, Delivery, Received

FOLDER: Final = "eenmalig"
MONTH: Final = 32 * 86_400
_NS: Final = 1_000_000_000
# Who asks what of whom; the situation is the first word of the service.
ASKED: Final = (
    ("schuldhulp", "mark-de-boer"),
    ("schuldhulp", "lohstroh-denise"),
    ("voedselbank", "estrella-de-jager"),
    ("hypotheekverlener", "kevin-de-boer"),
    ("hypotheekverlener", "olivia-ghislaine-charbon"),
    ("adviseur", "albertus-vincent-de-boer"),
    ("zorgkantoor", "jules-overvaart"),
    ("wmo", "jules-overvaart"),
    ("verzekeraar", "bernard-schoon"),
    ("hypotheekverlener", "paolo-de-jager"),
    ("hypotheekverlener", "koos-smit"),
    ("zorgkantoor", "danielle-nolles"),
    ("incassobureau", "kevin-de-boer"),
)
STOPS: Final = "kevin-de-boer"


class MovingClock(SystemClock):
    """The machine's clocks, some time ahead or behind."""

    def __init__(self, reference_day: str, *, ahead: int) -> None:
        """``reference_day``: as of ``SystemClock``; ``ahead``: seconds, below zero for the past."""
        super().__init__(reference_day=reference_day)
        self._ahead_ns, self._moved_ns = ahead * _NS, 0

    def move(self, seconds: int) -> None:
        """Goes ``seconds`` further ahead."""
        self._ahead_ns += seconds * _NS
        self._moved_ns += seconds * _NS

    def now_ns(self) -> int:
        """See ``SystemClock.now_ns``."""
        return super().now_ns() + self._ahead_ns

    def monotonic_ns(self) -> int:
        """See ``SystemClock.monotonic_ns``."""
        return super().monotonic_ns() + self._moved_ns


@dataclass(frozen=True)
class _Case:
    """One requester and one citizen. ``consent``: once there is one."""

    requester: Organisation
    person: Mapping[str, Any]
    granted: list[Consent] = field(default_factory=list)

    @property
    def situation(self) -> str:
        return self.requester.services[0].partition("/")[0].partition("-")[0].replace("financiele", "financiele-apk")


async def run_plus(
    home: Path, out: Path, *, report: Callable[[str], None], documents: Documents = gegevens.load
) -> list[Step]:
    """Runs it all and writes what requesters received into ``out``; ``report`` hears what is going on.

    Raises: ``ConfigurationError`` and ``InfrastructureError`` kinds; what is refused or fails is a step.
    """
    own = home / FOLDER
    await asyncio.to_thread(_fresh, own)
    cast = documents("cast")
    clock = MovingClock(cast["peildatum"], ahead=-2 * MONTH)
    ports = free_ports({**wanted_ports(), **dict.fromkeys(back_end_apps(documents=documents), 0)})
    people = {one["slug"]: one for one in cast["personen"]}
    known = {one.slug: one for one in requesters()}
    cases = [_Case(known[asks], people[citizen]) for asks, citizen in ASKED if citizen in people]
    async with (
        running_scheme(own, ports, clock=clock, documents=documents) as demo,
        _sdks(own, source_environment(own, ports), clock) as sdks,
    ):
        run = _Run(demo, sdks, out, {one.address: one.slug for one in demo.sources})
        for case in cases:
            report(f"Plus: {case.requester.slug} asks {case.person['slug']}")
            await run.ask(case)
        report("Plus: a month later")
        clock.move(MONTH)
        for case in cases:
            await run.collect(case, "maand-later")
        stopping = [case for case in cases if case.person["slug"] == STOPS and case.granted]
        for case in stopping:
            report(f"Plus: {STOPS} stops")
            async with run.citizen(case) as citizen:
                await citizen.stop_all()
            clock.move(MONTH)
            await run.collect(case, "na-stop")
    await asyncio.to_thread(_believed, own, home)
    return run.steps


class _Run:
    """``sdks``: of each requester, by slug; ``slugs``: of each source, by address."""

    def __init__(self, demo: RunningDemo, sdks: Mapping[str, Requester], out: Path, slugs: Mapping[str, str]) -> None:
        self.steps: list[Step] = []
        self._demo, self._sdks, self._out, self._slugs = demo, sdks, out, slugs

    def citizen(self, case: _Case) -> Citizen:
        """The browser of the citizen of ``case``."""
        return Citizen(case.person["bsn"], login=self._demo.login, consent_service=self._demo.consent_service)

    async def ask(self, case: _Case) -> None:
        """From the question to the first delivery."""
        sdk = self._sdks[case.requester.slug]
        try:
            request = await sdk.ask(case.requester.services[0])
            async with self.citizen(case) as citizen:
                back = await citizen.consent(request.url)
            consent = await sdk.finish(back, state=request.state)
            if not await consent.matches(name=case.person["naam"], birth_date=case.person["geboortedatum"]):
                self._step(case, source="", outcome="geweigerd", reason="andere-klant")
                return
        except (MayNotDecideError, ConsentServerRefusedError) as error:
            reason = error.reason if isinstance(error, MayNotDecideError) else error.error
            self._step(case, source="", outcome="geweigerd", reason=reason)
            return
        except BlauweKnopError as error:
            self._step(case, source="", outcome="niet_gelukt", reason=error.code)
            return
        case.granted.append(consent)
        await self.collect(case, "eerste-keer")

    async def collect(self, case: _Case, name: str) -> None:
        """One delivery of all that was granted; what is not new is no step."""
        for consent in case.granted:
            before = {one.verified.fingerprint for one in (await consent.received()).sets}
            try:
                delivery = await consent.collect()
            except ConsentEndedError as error:
                for line in consent.granted:
                    self._refused(case, line.source, line, "geweigerd", error.reason)
                continue
            await self._delivered(case, consent, delivery, name, before if name != "eerste-keer" else set())

    async def _delivered(self, case: _Case, consent: Consent, delivery: Delivery, name: str, before: set[str]) -> None:
        new = [one for one in delivery.sets if one.verified.fingerprint not in before]
        files = await asyncio.to_thread(self._write, case, name, new, make_evidence(delivery))
        for one, file in zip(new, files, strict=True):
            self._step(
                case,
                source=self._slugs[one.line.source],
                outcome="geleverd",
                elements=one.line.elementen,
                fingerprint=one.verified.fingerprint,
                files=[file],
            )
        lines = {(line.source, line.data_set): line for line in consent.granted}
        for outcome, ones in (("geweigerd", delivery.refused), ("niet_gelukt", delivery.failed)):
            for missed in ones:
                self._refused(case, missed.source, lines[missed.source, missed.data_set], outcome, missed.reason)

    def _refused(self, case: _Case, source: str, line: Line, outcome: str, reason: str) -> None:
        self._step(case, source=self._slugs[source], outcome=outcome, reason=reason, elements=line.elementen)

    def _write(self, case: _Case, name: str, sets: list[Received], evidence: bytes) -> list[str]:
        folder = f"{case.person['slug']}/{case.situation}/{case.requester.slug}/{name}"
        (self._out / folder).mkdir(parents=True, exist_ok=True)
        (self._out / folder / "bewijs.zip").write_bytes(evidence)
        files = []
        for one in sets:
            file = f"{folder}/{self._slugs[one.line.source]}-{one.line.data_set.replace('/', '-')}.sd-jwt"
            (self._out / file).write_text(one.answer.set, encoding="ascii")
            files.append(file)
        return files

    def _step(
        self,
        case: _Case,
        *,
        source: str,
        outcome: str,
        reason: str = "",
        elements: tuple[str, ...] = (),
        fingerprint: str = "",
        files: list[str] | None = None,
    ) -> None:
        self.steps.append(
            Step(
                variant="plus",
                situation=case.situation,
                citizen=case.person["slug"],
                source=source or None,
                requester=case.requester.slug,
                outcome=outcome,  # type: ignore[arg-type]
                reason=reason or None,
                elements=list(elements),
                vingerafdruk=fingerprint or None,
                files=files or [],
            )
        )


@contextlib.asynccontextmanager
async def _sdks(home: Path, environ: Mapping[str, str], clock: MovingClock) -> AsyncIterator[dict[str, Requester]]:
    async with contextlib.AsyncExitStack() as stack:
        yield {
            one.slug: await Requester.open(
                requester_settings(one, home, environ), environ=environ, clock=clock, stack=stack
            )
            for one in requesters()
        }


def _fresh(own: Path) -> None:
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir(parents=True, mode=0o700)


def _believed(own: Path, home: Path) -> None:
    """Enters the seals of this run among what the demo believes, in place of those of the run before."""
    for folder in (ANCHORS, SEALS):
        for path in (trust_folder(own) / folder).glob("*.pem"):
            entered = trust_folder(home) / folder / f"{FOLDER}-{path.name}"
            entered.unlink(missing_ok=True)
            write_file(entered, path.read_bytes())
