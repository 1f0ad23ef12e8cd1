# SPDX-License-Identifier: EUPL-1.2
"""The delivery pipeline over a real store: what goes out is decided, minimised, sealed and logged, or stays in."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from blauweknop.adapters.connectors.contract import Answer, SourceFailedError, WrongPersonError
from blauweknop.adapters.store.engine.errors import StoreFailedError
from blauweknop.adapters.store.log.contract import Record, RepeatError
from blauweknop.core.dataset.missing import Missing
from blauweknop.core.dataset.value import Period
from blauweknop.core.delivery.model import Reason, Refusal
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.seal.trust import Standing
from blauweknop.core.seal.verify import VerifiedSet
from blauweknop.services.source.parts import Parts
from blauweknop.services.source.pipeline import Delivery, Look, Pipeline
from blauweknop.services.source.traces import citizen_key
from tests.journeys.delivery import BSN, CANARY, ISS, Backend, answer, grant, make_parts, person, trust_in, year

Case = Callable[[Parts, Pipeline, Backend], Awaitable[None]]


@asynccontextmanager
async def source(folder: Path, backend: Backend) -> AsyncIterator[Parts]:
    parts = make_parts(folder, backend)
    try:
        yield parts
    finally:
        await parts.close()


def run(folder: Path, case: Case, *, backend: Backend | None = None) -> None:
    async def whole() -> None:
        back = backend or Backend(answer())
        async with source(folder, back) as parts:
            await case(parts, Pipeline(parts), back)

    asyncio.run(whole())


def read_all(folder: Path, pattern: str) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob(pattern))


async def records(parts: Parts) -> list[tuple[Record, dict[str, Any]]]:
    found = await parts.log.of_citizen(citizen_key(parts.log_secret, BSN))
    return [(record, msgspec.json.decode(record.entry_json)) for record in found]


def opened(delivery: Delivery | Refusal, folder: Path) -> VerifiedSet:
    assert isinstance(delivery, Delivery)
    return parse_sealed_set(delivery.set.compact()).verify(trust_in(folder), at=int(time.time()))


def test_bk001_bk002_a_delivery_is_minimised_sealed_verifiable_and_logged(tmp_path: Path) -> None:
    async def case(parts: Parts, pipeline: Pipeline, backend: Backend) -> None:
        delivery = await pipeline.deliver(grant(service="hypotheek/1"), person())
        verified = opened(delivery, tmp_path)
        assert verified.standing is Standing.IN_STELSEL
        assert verified.iss == ISS
        assert [list(row) for row in verified.rows] == [["belastingjaar", "verzamelinkomen"]] * 2
        assert backend.queries[0].elements == ("belastingjaar", "verzamelinkomen")
        ((record, entry),) = await records(parts)
        assert isinstance(delivery, Delivery)
        assert entry["vingerafdruk"] == delivery.set.fingerprint
        assert (entry["soort"], entry["dienst"], entry["nummer"]) == ("levering", "hypotheek/1", 1)
        assert record.id == delivery.proof["id"]
        assert record.uncertain
        await pipeline.sent(delivery)
        await parts.log.flush()
        ((record, _),) = await records(parts)
        assert not record.uncertain

    run(tmp_path, case)


def test_bk012_a_look_shows_values_without_a_file_and_is_logged(tmp_path: Path) -> None:
    async def case(parts: Parts, pipeline: Pipeline, _backend: Backend) -> None:
        look = await pipeline.look(grant(), person())
        assert isinstance(look, Look)
        assert look.rows[0]["verzamelinkomen"].waarde == CANARY
        ((_, entry),) = await records(parts)
        assert entry["soort"] == "inzage"
        assert "vingerafdruk" not in entry

    run(tmp_path, case)


def test_a_year_nobody_knows_is_said_in_the_set_and_in_the_log(tmp_path: Path) -> None:
    async def case(parts: Parts, pipeline: Pipeline, _backend: Backend) -> None:
        period = Period(van="2023-01-01", tot="2025-12-31")
        verified = opened(await pipeline.deliver(grant(period=period), person()), tmp_path)
        (missing,) = verified.missing
        assert (missing.reden, missing.periode) == (Missing.NO_VALUE, Period(van="2023-01-01", tot="2023-12-31"))
        ((_, entry),) = await records(parts)
        assert entry["ontbreekt"] == ["belastingjaar: geen_waarde"]

    run(tmp_path, case)


def test_an_unknown_person_gets_a_sealed_empty_set_or_a_refusal_as_the_definition_says(tmp_path: Path) -> None:
    async def case(parts: Parts, pipeline: Pipeline, _backend: Backend) -> None:
        empty = opened(await pipeline.deliver(grant(), person()), tmp_path)
        assert (empty.rows, empty.missing) == ((), ())
        refused = await pipeline.deliver(grant(data_set="huishouden/1", elements=("gezag",)), person())
        assert refused == Refusal(reason=Reason.PERSON_UNKNOWN)
        assert [entry["soort"] for _, entry in await records(parts)] == ["levering", "weigering"]

    run(tmp_path, case, backend=Backend(Answer(known=False, subject=BSN)))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"elements": ()}, Reason.NOTHING_ASKED),
        ({"elements": ("loon",)}, Reason.ELEMENT_UNKNOWN),
        ({"elements": ("a..b",)}, Reason.ELEMENT_UNKNOWN),
        ({"data_set": "pensioen/1"}, Reason.DATA_SET_UNKNOWN),
        ({"source": "http://localhost:1"}, Reason.OTHER_SOURCE),
        ({"service": "weg/1"}, Reason.SERVICE_UNKNOWN),
    ],
)
def test_what_is_refused_fetches_nothing_and_is_logged_without_what_was_typed(
    tmp_path: Path, changes: dict[str, Any], reason: Reason
) -> None:
    async def case(parts: Parts, pipeline: Pipeline, backend: Backend) -> None:
        for attempt in (pipeline.deliver, pipeline.look):
            refused = await attempt(grant(**changes), person())
            assert isinstance(refused, Refusal)
            assert refused.reason is reason
        assert backend.queries == []
        for record, entry in await records(parts):
            assert entry["reden"] == reason.value
            for typed in (b"loon", b"a..b", b"pensioen", b"weg/1"):
                assert typed not in record.entry_json

    run(tmp_path, case)


def test_a_session_that_ends_while_the_source_is_asked_gets_nothing(tmp_path: Path) -> None:
    # The second decision, inside the transaction that writes the record, is the one that counts.
    async def case(parts: Parts, pipeline: Pipeline, backend: Backend) -> None:
        start = parts.clock.now_ns()
        late = start + 901 * 1_000_000_000
        backend.before_answer = lambda: setattr(parts.clock, "now_ns", lambda: late)
        refused = await pipeline.deliver(grant(), person())
        assert refused == Refusal(reason=Reason.SESSION_ENDED)
        ((_, entry),) = await records(parts)
        assert (entry["soort"], entry["reden"]) == ("weigering", "sessie-verlopen")

    run(tmp_path, case)


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (SourceFailedError("te-laat"), SourceFailedError),
        (Answer(known=True, subject="999993653", rows=(year(2024),)), WrongPersonError),
        (Answer(known=False, subject="999993653"), WrongPersonError),
        (Answer(known=True, subject="", rows=(year(2024),)), WrongPersonError),
    ],
)
def test_a_bad_answer_of_the_back_end_delivers_and_logs_nothing(
    tmp_path: Path, failure: Answer | Exception, expected: type[Exception]
) -> None:
    async def case(parts: Parts, pipeline: Pipeline, _backend: Backend) -> None:
        for attempt in (pipeline.deliver, pipeline.look):
            with pytest.raises(expected) as caught:
                await attempt(grant(), person())
            assert str(CANARY) not in str(caught.value)
            assert BSN not in repr(caught.value)
        assert await records(parts) == []

    run(tmp_path, case, backend=Backend(failure))


def test_no_record_no_answer(tmp_path: Path) -> None:
    async def case(parts: Parts, pipeline: Pipeline, _backend: Backend) -> None:
        await pipeline.deliver(grant(), person())
        await parts.engine.close()
        with pytest.raises(StoreFailedError):
            await pipeline.deliver(grant(), person())

    run(tmp_path, case)


def test_the_same_key_seals_again_under_the_same_delivery(tmp_path: Path) -> None:
    async def case(parts: Parts, pipeline: Pipeline, _backend: Backend) -> None:
        asked = grant()
        first, again = await pipeline.deliver(asked, person()), await pipeline.deliver(asked, person())
        other = await pipeline.deliver(grant(), person())
        assert isinstance(first, Delivery)
        assert isinstance(again, Delivery)
        assert isinstance(other, Delivery)
        assert (again.id, again.repeat, first.repeat) == (first.id, True, False)
        assert again.set.fingerprint != first.set.fingerprint
        assert opened(again, tmp_path).status != opened(first, tmp_path).status
        assert other.id != first.id
        assert [entry.get("herhaling_van", "") for _, entry in await records(parts)] == ["", first.id, ""]

    run(tmp_path, case)


def test_twenty_at_once_with_one_key_are_one_delivery(tmp_path: Path) -> None:
    async def case(parts: Parts, pipeline: Pipeline, _backend: Backend) -> None:
        asked = grant()
        outcomes = await asyncio.gather(*(pipeline.deliver(asked, person()) for _ in range(20)), return_exceptions=True)
        delivered = [one for one in outcomes if isinstance(one, Delivery)]
        # Whoever lost the race more often than the pipeline tries again is told to try again, and got nothing.
        assert all(isinstance(one, Delivery | RepeatError) for one in outcomes)
        assert len({one.id for one in delivered}) == 1
        logged = await records(parts)
        assert len(logged) == len(delivered)
        assert [entry["nummer"] for _, entry in logged] == list(range(1, len(logged) + 1))

    run(tmp_path, case)


def test_other_values_later_supersede_the_earlier_seal(tmp_path: Path) -> None:
    async def case(parts: Parts, pipeline: Pipeline, backend: Backend) -> None:
        first = await pipeline.deliver(grant(), person())
        await pipeline.deliver(grant(), person())
        assert isinstance(first, Delivery)
        assert [one.status for one in await parts.seals.find(first.id)] == [0]
        backend.answer = answer(year(2024), year(2025, CANARY + 5))
        await pipeline.deliver(grant(), person())
        assert [one.status for one in await parts.seals.find(first.id)] == [3]

    run(tmp_path, case)


def test_bk082_no_value_and_no_bsn_stands_in_the_store(tmp_path: Path) -> None:
    async def case(parts: Parts, pipeline: Pipeline, _backend: Backend) -> None:
        delivery = await pipeline.deliver(grant(), person())
        await pipeline.look(grant(), person())
        await pipeline.deliver(grant(elements=()), person())
        assert isinstance(delivery, Delivery)
        await parts.engine.close()
        stored = read_all(tmp_path, "bron.sqlite*")
        assert delivery.set.fingerprint.encode() in stored  # the scan finds what is there
        for secret in (BSN.encode(), str(CANARY).encode(), str(CANARY + 1).encode(), CANARY.to_bytes(5, "big")):
            assert secret not in stored

    run(tmp_path, case)
