# SPDX-License-Identifier: EUPL-1.2
"""The requester's SDK against the running demo: asked, granted, compared, collected, given up, stopped."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import io
import json
import re
import sqlite3
import time
import zipfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from blauweknop.adapters.http.client import CallFailedError, HttpAnswer, HttpCaller
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.adapters.keys.register_folder import register_trust_folder
from blauweknop.adapters.scheme.client import RegisterClient
from blauweknop.core.consent.cap import OverAskingError
from blauweknop.core.oauth.callback import CallbackRefusedError, NotGrantedError
from blauweknop.core.scheme.vocabulary import Stage
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.errors import MalformedError
from blauweknop.requester import Consent, Requester, make_evidence
from blauweknop.services.requester import collecting
from blauweknop.services.requester.errors import (
    ConsentEndedError,
    ConsentWaitsError,
    CustomerUnmatchedError,
    MatchingImpossibleError,
)
from tests.journeys.delivery import trust_in
from tests.journeys.forms import hidden
from tests.journeys.town import KEVIN, SUBSTANTIAL, Town, income_line

LENDER_OIN = "99999999900000000300"
INCOME = {"inkomen/1": ("belastingjaar", "verzamelinkomen")}
CUSTOMER = {"name": "Kevin de Boer", "birth_date": "1984-12-16"}
ANOTHER = {"name": "Kevin de Boer", "birth_date": "1984-12-17"}
Case = Callable[[Requester], Awaitable[None]]


@pytest.fixture(autouse=True)
def none_left(town: Town) -> Iterator[None]:
    """Every consent of a test is stopped after it."""
    yield
    while ways := re.findall(r'href="(/mijn/[^"]+/stop)"', town.browser.get(f"{town.consent}/mijn").text):
        page = town.browser.get(f"{town.consent}{ways[0]}")
        assert town.browser.post(f"{town.consent}{ways[0]}", data=hidden(page)).status_code == 200


def settings(town: Town) -> Path:
    """The settings of the mortgage lender: one file, as a developer writes it."""
    secret = town.home / "geheim"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text("s" * 40)
    trust = register_trust_folder(town.home)
    path = town.home / "vrager.toml"
    path.write_text(f"""
[vrager]
oin = "{LENDER_OIN}"
iss = "{town.lender.iss}"
omgeving = "test"
terug = "{town.lender.iss}/terug"
[vrager.sleutels]
map = "{keys_folder(town.home, "hypotheekverlener")}"
[stelsel]
register = "{(trust / "iss").read_text().strip()}"
vertrouwen = "{trust}"
geheugen = "{town.home / "vrager-geheugen"}"
toestemmingsdienst = "{town.consent}"
[opslag]
bestand = "{town.home / "vrager.sqlite"}"
geheim = {{ bestand = "{secret}" }}
""")
    return path


def run(town: Town, case: Case) -> None:
    async def opened() -> None:
        async with Requester.from_config(settings(town)) as requester:
            await case(requester)

    asyncio.run(opened())


def citizen(town: Town, url: str, **fields: Any) -> str:
    """The browser through login and decision; where it was sent back to."""
    assert town.browser.get(url).status_code == 200
    page = town.browser.post(f"{town.consent}/inloggen", data={"naar": "/aanvraag"})
    if "/inloggen" in str(page.url):
        data = {"verzoek": hidden(page)["verzoek"], "persoon": KEVIN, "niveau": SUBSTANTIAL, "keuze": "verder"}
        page = town.browser.post(f"{town.demo.login}/inloggen", data=data)
    answer = town.decide(page, **(fields or {"besluit": "ja", "set": ["0", "1"]}))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def until(town: Town) -> str:
    return str(income_line(town.source("Belastingdienst"))["geldig_tot"])


async def granted(town: Town, bk: Requester, **fields: Any) -> Consent:
    request = await bk.ask("hypotheek/1", only=INCOME, until=until(town))
    back = await asyncio.to_thread(lambda: citizen(town, request.url, **fields))
    return await bk.finish(back, state=request.state)


async def matched(town: Town, bk: Requester) -> Consent:
    consent = await granted(town, bk)
    assert await consent.matches(**CUSTOMER)
    return consent


def test_bk007_bk072_from_the_question_to_verified_values_and_evidence(town: Town) -> None:
    async def case(bk: Requester) -> None:
        consent = await matched(town, bk)
        assert consent.not_granted == ()
        delivery = await consent.collect()
        assert (delivery.refused, delivery.failed) == ((), ())
        assert {name for row in delivery.values["inkomen/1"] for name in row} == set(INCOME["inkomen/1"])
        assert {one.verified.visible["ontvanger"] for one in delivery.sets} == {LENDER_OIN}
        evidence = zipfile.ZipFile(io.BytesIO(make_evidence(delivery)))
        said = json.loads(evidence.read("bewijs.json"))
        assert [one["levering"] for one in said["ontvangen"]] == [one.verified.delivery for one in delivery.sets]
        for one in said["ontvangen"]:
            again = parse_sealed_set(evidence.read(one["bestand"])).verify(trust_in(town.home), at=int(time.time()))
            assert again.fingerprint == one["vingerafdruk"]
        assert make_evidence(delivery) == make_evidence(await consent.collect())

    run(town, case)
    stored = b"".join(path.read_bytes() for path in town.home.glob("vrager.sqlite*"))
    assert stored
    for secret in (KEVIN, "1984-12-16", "verzamelinkomen"):
        assert secret.encode() not in stored


def test_bk022_a_period_is_fetched_once_and_given_again_from_what_was_kept(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched = counted(monkeypatch)

    async def case(bk: Requester) -> None:
        consent = await matched(town, bk)
        first = await consent.collect()
        assert len(fetched) >= 2
        fetched.clear()
        again = await (await bk.consent(consent.grant_id)).collect()
        assert [one.verified.fingerprint for one in again.sets] == [one.verified.fingerprint for one in first.sets]
        assert fetched == []

    run(town, case)


def test_an_answer_that_was_lost_on_the_way_is_asked_for_again_and_not_counted_twice(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = HttpCaller.call
    lose = True

    async def lossy(self: HttpCaller, method: str, path: str, **rest: Any) -> Any:
        answer = await real(self, method, path, **rest)
        if path == "/v1/leveringen" and answer.status == 200 and lose:
            raise CallFailedError("te-laat")
        return answer

    async def case(bk: Requester) -> None:
        nonlocal lose
        lose = False
        consent = await matched(town, bk)
        lose = True
        lost = await consent.collect()
        assert [(one.data_set, one.reason) for one in lost.failed] == [("inkomen/1", "aanroep-mislukt")]
        lose = False
        assert (await consent.collect()).values["inkomen/1"]

    monkeypatch.setattr(HttpCaller, "call", lossy)
    run(town, case)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The deliveries that are asked for."""
    calls: list[str] = []
    real = HttpCaller.call

    async def call(self: HttpCaller, method: str, path: str, **rest: Any) -> Any:
        if rest.get("headers", {}).get("accept") == "application/jose":  # the capacity question asks otherwise
            calls.append(path)
        return await real(self, method, path, **rest)

    monkeypatch.setattr(HttpCaller, "call", call)
    return calls


@pytest.mark.parametrize(("times", "came"), [(1, True), (2, True), (3, False)])
def test_a_source_that_cannot_tell_at_this_moment_is_asked_again_a_few_times(
    town: Town, monkeypatch: pytest.MonkeyPatch, times: int, came: bool
) -> None:
    real, left, waiting = HttpCaller.call, times, False

    async def unsure(self: HttpCaller, method: str, path: str, **rest: Any) -> Any:
        nonlocal left
        if rest.get("headers", {}).get("accept") == "application/jose" and waiting and left:
            left -= 1
            said = b'{"status":503,"reden":"status-onbekend"}'
            return HttpAnswer(503, {"content-type": "application/problem+json", "retry-after": "1"}, said)
        return await real(self, method, path, **rest)

    async def case(bk: Requester) -> None:
        nonlocal waiting
        consent = await matched(town, bk)
        waiting = True
        delivery = await consent.collect()
        assert bool(delivery.values.get("inkomen/1")) is came
        assert [one.reason for one in delivery.refused] == ([] if came else ["status-onbekend"])

    monkeypatch.setattr(HttpCaller, "call", unsure)
    monkeypatch.setattr(collecting, "_PAUSES", (0.0, 0.0, 0.0))
    run(town, case)


def test_nothing_is_collected_before_the_customer_is_compared(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = counted(monkeypatch)

    async def case(bk: Requester) -> None:
        consent = await granted(town, bk)
        with pytest.raises(CustomerUnmatchedError):
            await consent.collect()
        assert fetched == []
        for nobody in ({"name": " ", "birth_date": "1984-12-16"}, {"name": "x", "birth_date": "16-12-1984"}):
            with pytest.raises(MalformedError):
                await consent.matches(**nobody)
        assert fetched == []

    run(town, case)


def test_the_consent_of_another_is_given_up_after_three_times_and_nothing_of_it_stays(town: Town) -> None:
    async def case(bk: Requester) -> None:
        consent = await granted(town, bk)
        assert not await consent.matches(**ANOTHER)
        with pytest.raises(CustomerUnmatchedError):
            await consent.collect()
        again = await bk.consent(consent.grant_id)  # in another process, the count goes on
        assert not await again.matches(**ANOTHER)
        with pytest.raises(ConsentEndedError, match="andere-klant"):
            await again.matches(**ANOTHER)
        with pytest.raises(ConsentEndedError, match="andere-klant"):
            await bk.consent(consent.grant_id)
        assert dues(town, consent.grant_id) == []

    run(town, case)
    assert not re.search(r'href="/mijn/[^"]+/stop"', town.browser.get(f"{town.consent}/mijn").text)


def test_who_does_not_say_who_they_are_cannot_be_compared(town: Town) -> None:
    async def case(bk: Requester) -> None:
        consent = await granted(town, bk, besluit="ja", set="1")
        assert {data_set for _, data_set, _ in consent.not_granted} == {"persoonsgegevens/1"}
        with pytest.raises(MatchingImpossibleError, match="niet-toegestaan"):
            await consent.matches(**CUSTOMER)
        with pytest.raises(CustomerUnmatchedError):
            await consent.collect()
        await asyncio.to_thread(town.stop)

    run(town, case)


def test_a_stop_ends_the_collecting_and_brings_the_day_of_deletion_nearer(town: Town) -> None:
    grant = ""

    async def case(bk: Requester) -> None:
        nonlocal grant
        consent = await matched(town, bk)
        grant = consent.grant_id
        await consent.collect()
        assert all(due > nearer for due in dues(town, grant))
        await asyncio.to_thread(town.stop)
        with pytest.raises(ConsentEndedError, match="ingetrokken"):
            await consent.collect()
        with pytest.raises(ConsentEndedError, match="ingetrokken"):
            await bk.consent(consent.grant_id)
        with pytest.raises(ConsentEndedError):
            await bk.consent("onbekend")

    nearer = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 31 * 86_400))
    run(town, case)
    assert len(dues(town, grant)) == 2
    assert all(due <= nearer for due in dues(town, grant))


def dues(town: Town, grant: str) -> list[str]:
    """Until when each delivery of this consent is kept."""
    with sqlite3.connect(town.home / "vrager.sqlite") as connection:
        question = "SELECT due FROM asked WHERE kind = 'levering' AND of_hash = ?"
        return [due for (due,) in connection.execute(question, (hashlib.sha256(grant.encode()).digest(),))]


def test_a_pause_waits_and_goes_on(town: Town) -> None:
    async def press(word: str) -> None:
        def browse() -> None:
            mine = town.browser.get(f"{town.consent}/mijn")
            form = re.search(rf'<form[^>]*action="(/mijn/[^"]+/{word})".*?</form>', mine.text, re.DOTALL)
            assert form, mine.text
            mark = re.search(r'name="formulier" value="([^"]+)"', form[0])
            assert mark
            done = town.browser.post(f"{town.consent}{form[1]}", data={"formulier": mark[1]})
            assert done.status_code == 200, done.text

        await asyncio.to_thread(browse)

    async def case(bk: Requester) -> None:
        consent = await matched(town, bk)
        await press("pauze")
        with pytest.raises(ConsentWaitsError) as waits:
            await consent.collect()
        assert waits.value.interval > 0
        await press("hervat")
        assert (await consent.collect()).values["inkomen/1"]

    run(town, case)


def test_a_source_that_the_register_suspended_is_not_called(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = counted(monkeypatch)
    real = RegisterClient.register

    async def suspended(self: RegisterClient) -> Any:
        register = await real(self)
        oin = register.by_iss(town.source("Belastingdienst")).oin
        participants = tuple(
            msgspec.structs.replace(one, stage=Stage.SUSPENDED) if one.oin == oin else one
            for one in register.index.participants
        )
        index = msgspec.structs.replace(register.index, participants=participants)
        return dataclasses.replace(register, index=index)

    async def case(bk: Requester) -> None:
        consent = await matched(town, bk)
        fetched.clear()
        with monkeypatch.context() as patched:
            patched.setattr(RegisterClient, "register", suspended)
            delivery = await consent.collect()
        assert [(one.data_set, one.reason) for one in delivery.failed] == [("inkomen/1", "deelnemer-geschorst")]
        assert fetched == []

    run(town, case)


@pytest.mark.parametrize(
    ("asked", "dimension", "element"),
    [
        ({"only": {"inkomen/1": ("belastingjaar", "bsn")}}, "element", "bsn"),
        ({"only": {"schulden/9": ("x",)}}, "gegevensset", "schulden/9"),
        ({"only": INCOME, "until": "2099-01-01"}, "geldig_tot", ""),
        ({"only": INCOME, "until": "2001-01-01"}, "geldig_tot", ""),
    ],
)
def test_bk021_asking_more_than_the_profile_allows_sends_nothing(
    town: Town, asked: dict[str, Any], dimension: str, element: str
) -> None:
    async def case(bk: Requester) -> None:
        with pytest.raises(OverAskingError) as caught:
            await bk.ask("hypotheek/1", **asked)
        assert (caught.value.dimension, caught.value.element) == (dimension, element)
        with pytest.raises(OverAskingError):
            await bk.ask("onbekend/1")

    run(town, case)


def test_a_way_back_counts_once_for_its_own_browser_and_only_from_this_consent_service(town: Town) -> None:
    async def case(bk: Requester) -> None:
        request = await bk.ask("hypotheek/1", only=INCOME, until=until(town))
        other = await bk.ask("hypotheek/1", only=INCOME, until=until(town))
        back = await asyncio.to_thread(citizen, town, request.url)
        for wrong in (
            back.replace(request.state, "x" * 32),
            back.replace("iss=http", "iss=https"),
            back + "&iss=x",
            back.replace("/terug?", "/elders?"),
        ):
            with pytest.raises(CallbackRefusedError):
                await bk.finish(wrong, state=request.state)
        for another in (other.state, "", "x" * 32):
            with pytest.raises(CallbackRefusedError):
                await bk.finish(back, state=another)
        assert (await bk.finish(back, state=request.state)).granted
        with pytest.raises(CallbackRefusedError):
            await bk.finish(back, state=request.state)

    run(town, case)


def test_a_no_is_told_as_a_no(town: Town) -> None:
    async def case(bk: Requester) -> None:
        request = await bk.ask("hypotheek/1", only=INCOME, until=until(town))
        back = await asyncio.to_thread(lambda: citizen(town, request.url, besluit="nee"))
        with pytest.raises(NotGrantedError, match="access_denied"):
            await bk.finish(back, state=request.state)

    run(town, case)
