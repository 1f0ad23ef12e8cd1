# SPDX-License-Identifier: EUPL-1.2
"""What every log store does (adapters/store/log/contract.py)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from blauweknop.adapters.store.engine.errors import StoreConflictError
from blauweknop.adapters.store.log.contract import Draft, HourQuota, LogView, Quota, Record, RepeatError, SealIndex
from blauweknop.core.delivery.model import Permission, Reason, Refusal
from blauweknop.core.ledger.chain import ChainLink, verify_chain
from blauweknop.core.ledger.entry import LogEntry
from tests.log_drafts import log_draft, log_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Stores

pytestmark = pytest.mark.anyio

ANNA = b"a" * 32
BRAM = b"b" * 32
SECOND = 1_000_000_000
NOW = 1_793_000_000 * SECOND
REFUSAL = Refusal(reason=Reason.DATA_SET_OFF)


def draft(delivery: str, *, citizen: bytes = ANNA, now_ns: int = NOW, **changes: Any) -> Draft:
    return log_draft(delivery, citizen=citizen, now_ns=now_ns, **changes)


def repeat_of(first: str, key: str, **changes: Any) -> Draft:
    return draft(first, entry=log_entry(first, herhaling_van=first), idempotency_key=key, **changes)


def allow(_view: LogView) -> Permission:
    return Permission()


async def deliver(stores: Stores, made: Draft) -> Record:
    record = await stores.log.append(made, decide=allow)
    assert isinstance(record, Record)
    return record


async def test_records_of_a_citizen_are_one_chain_without_gaps(stores: Stores) -> None:
    drafts = [draft(f"d{number}", citizen=ANNA if number % 3 else BRAM) for number in range(60)]
    await asyncio.gather(*(deliver(stores, each) for each in drafts))
    for citizen, count in ((ANNA, 40), (BRAM, 20)):
        records = await stores.log.of_citizen(citizen)
        assert [record.number for record in records] == list(range(1, count + 1))
        head = verify_chain(ChainLink(entry_json=r.entry_json, salt=r.salt, leaf=r.leaf) for r in records)
        assert head.number == count


async def test_the_record_given_back_is_the_record_stored(stores: Stores) -> None:
    record = await deliver(stores, draft("d1"))
    assert list(await stores.log.of_citizen(ANNA)) == [record]
    assert (record.id, record.uncertain, record.repeat_of, record.number) == ("d1", True, "", 1)


async def test_records_come_after_a_number_and_up_to_a_limit(stores: Stores) -> None:
    for number in range(5):
        await deliver(stores, draft(f"d{number}"))
    assert [record.number for record in await stores.log.of_citizen(ANNA, after=2, limit=2)] == [3, 4]


async def test_an_unknown_citizen_has_no_records(stores: Stores) -> None:
    await deliver(stores, draft("d1"))
    assert list(await stores.log.of_citizen(BRAM)) == []


async def test_a_refusal_in_the_transaction_is_written_instead_of_the_delivery(stores: Stores) -> None:
    (seal,) = await stores.seals.reserve(1)
    assert await stores.log.append(draft("d1", seal=seal), decide=lambda _: REFUSAL) == REFUSAL
    (record,) = await stores.log.of_citizen(ANNA)
    written = msgspec.json.decode(record.entry_json, type=LogEntry)
    assert (written.soort, written.reden, written.vingerafdruk) == ("weigering", "gegevensset-uit", "")
    assert not record.uncertain
    assert list(await stores.seals.find("d1")) == []


async def test_decide_runs_once_and_after_the_records_before_it(stores: Stores) -> None:
    order: list[str] = []

    def deciding(name: str) -> Callable[[LogView], Permission]:
        def decide(_view: LogView) -> Permission:
            order.append(name)
            return Permission()

        return decide

    made = [draft(f"d{number}") for number in range(20)]
    await asyncio.gather(*(stores.log.append(each, decide=deciding(each.entry.levering)) for each in made))
    records = await stores.log.of_citizen(ANNA)
    assert [record.id for record in records] == order
    instants = [record.started_ns for record in records]
    assert instants == sorted(set(instants))


async def test_a_decide_that_fails_writes_nothing(stores: Stores) -> None:
    def fail(_view: LogView) -> Permission:
        raise LookupError("rule")

    assert isinstance(await stores.log.append(draft("d1"), decide=allow), Record)
    with pytest.raises(LookupError):
        await stores.log.append(draft("d2"), decide=fail)
    assert [record.id for record in await stores.log.of_citizen(ANNA)] == ["d1"]


async def test_a_failing_record_does_not_fail_its_neighbours(stores: Stores) -> None:
    await deliver(stores, draft("d5"))
    outcomes = await asyncio.gather(
        *(stores.log.append(draft(f"d{number}"), decide=allow) for number in range(10)), return_exceptions=True
    )
    failed = [number for number, outcome in enumerate(outcomes) if isinstance(outcome, BaseException)]
    assert failed == [5]
    assert isinstance(outcomes[5], StoreConflictError)
    assert [record.number for record in await stores.log.of_citizen(ANNA)] == list(range(1, 11))


async def test_a_repeat_gets_its_own_record_under_the_first_id(stores: Stores) -> None:
    await deliver(stores, draft("d1", idempotency_key="k"))
    assert await stores.log.find_repeat(ANNA, "basis", "k", NOW) == "d1"
    record = await deliver(stores, repeat_of("d1", "k"))
    assert (record.id, record.repeat_of, record.number) == ("d1~2", "d1", 2)
    again = await deliver(stores, repeat_of("d1", "k"))
    assert (again.id, again.repeat_of) == ("d1~3", "d1")


@pytest.mark.parametrize(
    ("citizen", "door", "key", "later"),
    [
        (BRAM, "basis", "k", 0),
        (ANNA, "plus", "k", 0),
        (ANNA, "basis", "K", 0),
        (ANNA, "basis", "k", 600 * SECOND + 1),
    ],
    ids=["other citizen", "other door", "other key", "after ten minutes"],
)
async def test_it_is_no_repeat_of(stores: Stores, citizen: bytes, door: str, key: str, later: int) -> None:
    await deliver(stores, draft("d1", idempotency_key="k"))
    assert await stores.log.find_repeat(ANNA, "basis", "k", NOW + 600 * SECOND) == "d1"
    assert await stores.log.find_repeat(citizen, door, key, NOW + later) is None


async def test_after_ten_minutes_a_key_starts_anew(stores: Stores) -> None:
    await deliver(stores, draft("d1", idempotency_key="k"))
    later = NOW + 601 * SECOND
    await deliver(stores, draft("d2", idempotency_key="k", now_ns=later))
    assert await stores.log.find_repeat(ANNA, "basis", "k", later) == "d2"


async def test_of_two_requests_with_one_key_the_second_must_seal_again(stores: Stores) -> None:
    made = [draft(f"d{number}", idempotency_key="k") for number in range(5)]
    outcomes = await asyncio.gather(*(stores.log.append(each, decide=allow) for each in made), return_exceptions=True)
    (first,) = (outcome for outcome in outcomes if isinstance(outcome, Record))
    refused = [outcome for outcome in outcomes if isinstance(outcome, RepeatError)]
    assert [error.delivery for error in refused] == [first.id] * 4
    assert [record.id for record in await stores.log.of_citizen(ANNA)] == [first.id]


@pytest.mark.parametrize(
    ("made", "meant"),
    [
        (repeat_of("d1", "other"), ""),
        (repeat_of("d9", "k"), "d1"),
        (repeat_of("d1", ""), ""),
        (repeat_of("d1", "k", citizen=BRAM), ""),
        (draft("d9", entry=log_entry("d9", herhaling_van="d1"), idempotency_key="k"), "d1"),
        (repeat_of("d1", "k", now_ns=NOW + 661 * SECOND), ""),
    ],
    ids=["unknown key", "other delivery", "no key", "other citizen", "sealed under another id", "forgotten"],
)
async def test_a_repeat_that_is_none_is_not_written(stores: Stores, made: Draft, meant: str) -> None:
    await deliver(stores, draft("d1", idempotency_key="k"))
    with pytest.raises(RepeatError) as caught:
        await stores.log.append(made, decide=allow)
    assert caught.value.delivery == meant
    assert len(await stores.log.of_citizen(ANNA)) == 1
    assert list(await stores.log.of_citizen(BRAM)) == []


async def test_a_repeat_found_in_time_may_be_appended_a_moment_later(stores: Stores) -> None:
    await deliver(stores, draft("d1", idempotency_key="k"))
    record = await deliver(stores, repeat_of("d1", "k", now_ns=NOW + 630 * SECOND))
    assert record.repeat_of == "d1"


async def test_a_refused_attempt_takes_no_key(stores: Stores) -> None:
    await stores.log.append(draft("d1", idempotency_key="k"), decide=lambda _: REFUSAL)
    assert await stores.log.find_repeat(ANNA, "basis", "k", NOW) is None


async def test_a_refused_attempt_can_be_written_under_a_used_key(stores: Stores) -> None:
    await deliver(stores, draft("d1", idempotency_key="k"))
    made = draft("d2", entry=log_entry("d2", soort="weigering", reden="gegevensset-uit"), idempotency_key="k")
    record = await deliver(stores, made)
    assert (record.number, record.uncertain) == (2, False)
    assert await stores.log.find_repeat(ANNA, "basis", "k", NOW) == "d1"


async def test_a_look_is_uncertain_and_takes_no_key(stores: Stores) -> None:
    record = await deliver(stores, draft("d1", entry=log_entry("d1", soort="inzage"), idempotency_key="k"))
    assert record.uncertain
    assert await stores.log.find_repeat(ANNA, "basis", "k", NOW) is None


async def test_what_was_sent_is_no_longer_uncertain(stores: Stores) -> None:
    for number in range(3):
        await deliver(stores, draft(f"d{number}"))
    await stores.log.mark_sent(["d0"])
    await stores.log.mark_sent(["d2", "never"])

    async def settled() -> list[bool]:
        return [record.uncertain for record in await stores.log.of_citizen(ANNA)]

    async with asyncio.timeout(10):
        while (seen := await settled()) != [False, True, False]:
            assert seen in ([True, True, True], [False, True, True])


async def test_a_citizen_is_32_bytes(stores: Stores) -> None:
    assert (await deliver(stores, draft("d1"))).number == 1
    with pytest.raises(StoreConflictError):
        await stores.log.append(draft("d2", citizen=b"999999990"), decide=allow)


class TestSeals:
    """The seals that a record brings, and those it replaces."""

    async def give(self, stores: Stores, delivery: str, marks: dict[str, bytes], **changes: Any) -> SealIndex:
        (seal,) = await stores.seals.reserve(1)
        await deliver(stores, draft(delivery, seal=seal, marks=marks, **changes))
        return seal

    async def status(self, stores: Stores, delivery: str) -> list[int]:
        return [standing.status for standing in await stores.seals.find(delivery)]

    async def test_a_later_delivery_with_another_value_replaces_the_seal(self, stores: Stores) -> None:
        seal = await self.give(stores, "d1", {"inkomen": b"1", "jaar": b"1"})
        before = await stores.seals.load_list(seal.number)
        await self.give(stores, "d2", {"inkomen": b"2"})
        assert await self.status(stores, "d1") == [3]
        assert await self.status(stores, "d2") == [0]
        assert (await stores.seals.load_list(seal.number)).version > before.version

    @pytest.mark.parametrize(
        "second",
        [
            {"marks": {"inkomen": b"1"}},
            {"marks": {"jaar": b"1"}},
            {"marks": {"nieuw": b"9"}},
            {"marks": {}},
            {"marks": {"inkomen": b"2"}, "citizen": BRAM},
            {"marks": {"inkomen": b"2"}, "entry": log_entry("d2", gegevensset="inkomen/2")},
        ],
        ids=["same", "fewer elements", "other elements", "no marks", "other citizen", "other data set"],
    )
    async def test_it_replaces_nothing(self, stores: Stores, second: dict[str, Any]) -> None:
        await self.give(stores, "d1", {"inkomen": b"1", "jaar": b"1"})
        await self.give(stores, "d2", **second)
        assert await self.status(stores, "d1") == [0]

    async def test_all_seals_with_the_old_value_are_replaced(self, stores: Stores) -> None:
        for number in range(4):
            await self.give(stores, f"d{number}", {"inkomen": b"1"})
        await self.give(stores, "d9", {"inkomen": b"2"})
        assert [await self.status(stores, f"d{number}") for number in range(4)] == [[3]] * 4

    async def test_a_value_that_comes_back_replaces_the_one_between(self, stores: Stores) -> None:
        for number, mark in enumerate([b"1", b"2", b"1"]):
            await self.give(stores, f"d{number}", {"inkomen": mark})
        assert [await self.status(stores, f"d{number}") for number in range(3)] == [[3], [3], [0]]

    async def test_a_refused_delivery_replaces_nothing(self, stores: Stores) -> None:
        await self.give(stores, "d1", {"inkomen": b"1"})
        await stores.log.append(draft("d2", marks={"inkomen": b"2"}), decide=lambda _: REFUSAL)
        assert await self.status(stores, "d1") == [0]

    async def test_a_withdrawn_seal_is_not_made_replaced(self, stores: Stores) -> None:
        seal = await self.give(stores, "d1", {"inkomen": b"1"})
        await stores.seals.set_status(seal, 1, reason="fout in de bron")
        await self.give(stores, "d2", {"inkomen": b"2"})
        assert await self.status(stores, "d1") == [1]

    async def test_an_index_is_used_once(self, stores: Stores) -> None:
        seal = await self.give(stores, "d1", {})
        with pytest.raises(StoreConflictError):
            await stores.log.append(draft("d2", seal=seal), decide=allow)
        assert len(await stores.log.of_citizen(ANNA)) == 1

    async def test_an_index_must_be_reserved(self, stores: Stores) -> None:
        seal = await self.give(stores, "d1", {})
        with pytest.raises(StoreConflictError):
            await stores.log.append(draft("d2", seal=SealIndex(seal.number, (seal.index + 1) % 64)), decide=allow)

    async def test_a_delivery_with_repeats_has_several_seals(self, stores: Stores) -> None:
        await self.give(stores, "d1", {"inkomen": b"1"}, idempotency_key="k")
        (seal,) = await stores.seals.reserve(1)
        await deliver(stores, repeat_of("d1", "k", seal=seal, marks={"inkomen": b"1"}))
        await self.give(stores, "d10", {})
        assert [standing.record for standing in await stores.seals.find("d1")] == ["d1", "d1~2"]


# The quota of a granted line.

MONTH = Quota("g1", "r1", "2026-11")


def once(view: LogView) -> Permission | Refusal:
    return Refusal(reason=Reason.FREQUENCY_USED) if view.quota_used else Permission()


async def test_a_period_is_used_up_by_a_delivery_and_by_no_other(stores: Stores) -> None:
    assert isinstance(await stores.log.append(draft("d1", quota=MONTH), decide=once), Record)
    assert await stores.log.is_used(MONTH)
    assert not await stores.log.is_used(Quota("g1", "r1", "2026-12"))
    refused = await stores.log.append(draft("d2", quota=MONTH), decide=once)
    assert refused == Refusal(reason=Reason.FREQUENCY_USED)
    for free in (Quota("g1", "r1", "2026-12"), Quota("g1", "r2", "2026-11"), Quota("g2", "r1", "2026-11"), None):
        assert isinstance(await stores.log.append(draft(f"d{free}", quota=free), decide=once), Record)


async def test_a_refused_delivery_uses_nothing_up(stores: Stores) -> None:
    await stores.log.append(draft("d1", quota=MONTH), decide=lambda _: REFUSAL)
    assert isinstance(await stores.log.append(draft("d2", quota=MONTH), decide=once), Record)


async def test_a_repeat_uses_nothing_more_up(stores: Stores) -> None:
    await stores.log.append(draft("d1", idempotency_key="k", quota=MONTH), decide=once)
    again = repeat_of("d1", "k", quota=MONTH)
    assert isinstance(await stores.log.append(again, decide=once), Record)
    other = repeat_of("d1", "ander", quota=MONTH)
    with pytest.raises(RepeatError):
        await stores.log.append(other, decide=once)


async def test_of_twenty_at_once_one_uses_the_period(stores: Stores) -> None:
    made = [draft(f"d{number}", quota=MONTH) for number in range(20)]
    outcomes = await asyncio.gather(*(stores.log.append(each, decide=once) for each in made))
    assert sum(isinstance(outcome, Record) for outcome in outcomes) == 1


HOUR = HourQuota("https://app.example", 500_000, 3)


async def test_an_app_takes_no_more_of_an_hour_than_its_share_also_at_once(stores: Stores) -> None:
    made = [draft(f"d{number}", citizen=ANNA if number % 2 else BRAM, quota=HOUR) for number in range(20)]
    outcomes = await asyncio.gather(*(stores.log.append(each, decide=once) for each in made))
    assert sum(isinstance(outcome, Record) for outcome in outcomes) == HOUR.most
    assert await stores.log.is_used(HOUR)
    others = (HourQuota(HOUR.client, HOUR.hour + 1, 1), HourQuota("https://ander.example", HOUR.hour, 1))
    for other in others:
        assert not await stores.log.is_used(other)
        assert isinstance(await stores.log.append(draft(f"d{other}", quota=other), decide=once), Record)
        assert await stores.log.is_used(other)


async def test_what_is_refused_or_repeated_takes_nothing_of_the_hour(stores: Stores) -> None:
    last = HourQuota(HOUR.client, HOUR.hour, 1)
    await stores.log.append(draft("d1", quota=last), decide=lambda _: REFUSAL)
    assert isinstance(await stores.log.append(draft("d2", idempotency_key="k", quota=last), decide=once), Record)
    assert isinstance(await stores.log.append(repeat_of("d2", "k", quota=last), decide=once), Record)
    assert await stores.log.append(draft("d3", quota=last), decide=once) == Refusal(reason=Reason.FREQUENCY_USED)


async def test_a_decision_that_does_not_look_cannot_use_a_period_twice(stores: Stores) -> None:
    await stores.log.append(draft("d1", quota=MONTH), decide=allow)
    with pytest.raises(StoreConflictError):
        await stores.log.append(draft("d2", quota=MONTH), decide=allow)
    assert [record.id for record in await stores.log.of_citizen(ANNA)] == ["d1"]
