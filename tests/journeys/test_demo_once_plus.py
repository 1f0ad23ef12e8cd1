# SPDX-License-Identifier: EUPL-1.2
"""``demo --once``, Plus: each situation is asked, granted, collected twice, and one is stopped."""

from __future__ import annotations

import asyncio
import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from blauweknop.adapters.keys.trust_folder import load_trust
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.seal.verify import VerifiedSet
from blauweknop.demo.home import kept_ports, prepare_home
from blauweknop.demo.once_plus import ASKED, run_plus
from blauweknop.demo.plus import wanted_ports
from blauweknop.demo.steps import Step
from blauweknop.demo.summary import summarise
from blauweknop.testing.scheme import read_sources, source_environment

SITUATIONS = {"schuldhulp", "wlz", "voedselbank", "financiele-apk", "autoverzekering", "hypotheek"}


class Run:
    """What one run did."""

    def __init__(self, home: Path, out: Path, steps: list[Step]) -> None:
        self.home, self.out, self.steps = home, out, steps

    def of(self, citizen: str, requester: str) -> list[Step]:
        return [step for step in self.steps if (step.citizen, step.requester) == (citizen, requester)]

    def verified(self, step: Step) -> VerifiedSet:
        trust = load_trust(self.home / "vertrouwen")
        return parse_sealed_set((self.out / step.files[0]).read_bytes()).verify(trust, at=int(time.time()))


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Run:
    home, out = tmp_path_factory.mktemp("demo"), tmp_path_factory.mktemp("uit")
    environ = source_environment(home, kept_ports(home, wanted_ports()))
    prepare_home(home, read_sources(root / "src/blauweknop/demo/bronnen", environ), now=int(time.time()))
    return Run(home, out, asyncio.run(run_plus(home, out, report=lambda _: None)))


def delivered(steps: list[Step], when: str) -> list[Step]:
    return [step for step in steps if step.outcome == "geleverd" and f"/{when}/" in step.files[0]]


def test_bk011_each_of_the_six_situations_ends_with_sets_that_verify(ran: Run) -> None:
    received = [step for step in ran.steps if step.outcome == "geleverd"]
    assert {step.situation for step in received} == SITUATIONS
    assert {(step.requester, step.citizen) for step in ran.steps} == set(ASKED)
    for step in received:
        verified = ran.verified(step)
        assert verified.fingerprint == step.vingerafdruk
        assert verified.visible["dienst"].partition("/")[0].startswith(str(step.situation))
        shown = {name for row in verified.rows for name in row}
        assert shown <= {path.partition(".")[0] for path in step.elements}
    assert [step.outcome for step in ran.steps if step.outcome == "niet_gelukt"] == []


def test_bk011_the_decision_on_care_goes_to_the_municipality_and_the_data_to_the_care_office(ran: Run) -> None:
    assert "ciz" in {step.source for step in ran.of("jules-overvaart", "wmo")}
    assert "ciz" not in {step.source for step in ran.of("jules-overvaart", "zorgkantoor")}


def test_bk007_a_month_later_comes_anew_without_the_citizen(ran: Run) -> None:
    own = ran.of("olivia-ghislaine-charbon", "hypotheekverlener")
    first, later = delivered(own, "eerste-keer"), delivered(own, "maand-later")
    assert [(step.source, step.elements) for step in first] == [(step.source, step.elements) for step in later]
    assert not {step.vingerafdruk for step in first} & {step.vingerafdruk for step in later}
    gap = ran.verified(later[0]).issued_at - ran.verified(first[0]).issued_at
    assert gap > 30 * 86_400


def test_what_was_asked_once_does_not_come_again(ran: Run) -> None:
    assert delivered(ran.of("bernard-schoon", "verzekeraar"), "eerste-keer")
    assert not delivered(ran.of("bernard-schoon", "verzekeraar"), "maand-later")


def test_after_a_stop_every_source_gives_nothing_and_the_reason_is_said(ran: Run) -> None:
    own = ran.of("kevin-de-boer", "hypotheekverlener")
    stopped = [step for step in own if step.reason == "ingetrokken"]
    assert {step.source for step in stopped} >= {step.source for step in delivered(own, "maand-later")}
    assert own[-len(stopped) :] == stopped
    assert "ingetrokken" not in {step.reason for step in ran.of("olivia-ghislaine-charbon", "hypotheekverlener")}


@pytest.mark.parametrize(
    ("citizen", "requester", "reason"),
    [
        ("paolo-de-jager", "hypotheekverlener", "minderjarig"),
        ("koos-smit", "hypotheekverlener", "onder-bewind"),
        ("danielle-nolles", "zorgkantoor", "onder-curatele"),
        ("kevin-de-boer", "incassobureau", "invalid_client"),
    ],
)
def test_who_may_not_is_refused_and_nothing_is_asked_of_a_source(
    ran: Run, citizen: str, requester: str, reason: str
) -> None:
    (step,) = ran.of(citizen, requester)
    assert (step.outcome, step.reason, step.source, step.elements) == ("geweigerd", reason, None, [])


def test_bk082_no_private_party_receives_a_bsn(ran: Run) -> None:
    private = {"hypotheekverlener", "voedselbank", "adviseur", "verzekeraar"}
    for step in ran.steps:
        assert "burgerservicenummer" not in step.elements or step.requester not in private


def test_the_evidence_holds_what_was_received(ran: Run) -> None:
    for path in ran.out.rglob("bewijs.zip"):
        archive = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        said = json.loads(archive.read("bewijs.json"))
        assert said["ontvangen"]
        assert {one["bestand"] for one in said["ontvangen"]} == set(archive.namelist()) - {"bewijs.json"}


def test_the_summary_says_who_got_what_and_why_not(ran: Run) -> None:
    text = summarise(ran.steps, ran.out, ran.home)
    for words in (
        "kevin-de-boer to hypotheekverlener (hypotheek): 9 sets, 9 again a month later",
        "ingetrokken, not delivered: rvig, ",
        "paolo-de-jager to hypotheekverlener (hypotheek): nothing",
        "minderjarig, before any source was asked",
        "rdw: kenteken, merk, ",
    ):
        assert words in text
