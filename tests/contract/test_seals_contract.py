# SPDX-License-Identifier: EUPL-1.2
"""What every store of seal statuses does (adapters/store/seals/contract.py)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from blauweknop.adapters.store.log.contract import SealIndex
from blauweknop.adapters.store.seals.contract import SealIndexUnknownError, SealStatus, SealStatusFixedError
from blauweknop.core.status.status_list import StatusList

if TYPE_CHECKING:
    from .conftest import Stores

pytestmark = pytest.mark.anyio


async def test_no_index_is_given_twice_and_no_list_is_more_than_half_full(stores: Stores) -> None:
    given = [seal for seals in await asyncio.gather(*(stores.seals.reserve(7) for _ in range(20))) for seal in seals]
    assert len(given) == 140
    assert len({(seal.number, seal.index) for seal in given}) == 140
    lists = list(await stores.seals.list_numbers())
    assert lists == [1, 2, 3, 4, 5]
    for number in lists:
        indexes = [seal.index for seal in given if seal.number == number]
        assert len(indexes) <= 32
        assert all(0 <= index < 64 for index in indexes)


async def test_indexes_do_not_follow_the_order_of_asking(stores: Stores) -> None:
    indexes = [seal.index for seal in await stores.seals.reserve(32)]
    assert indexes != sorted(indexes)


@pytest.mark.parametrize(("first", "second"), [(1, 1), (3, 3), (3, 1), (0, 1), (0, 3)])
async def test_a_status_can_become(stores: Stores, first: SealStatus, second: SealStatus) -> None:
    (seal,) = await stores.seals.reserve(1)
    await stores.seals.set_status(seal, first, reason="een")
    await stores.seals.set_status(seal, second, reason="twee")
    whole = await stores.seals.load_list(seal.number)
    assert StatusList.from_bytes(whole.statuses).get(seal.index) == second


@pytest.mark.parametrize(("first", "second"), [(1, 0), (1, 3), (3, 0)])
async def test_a_status_cannot_become(stores: Stores, first: SealStatus, second: SealStatus) -> None:
    (seal,) = await stores.seals.reserve(1)
    await stores.seals.set_status(seal, first, reason="een")
    before = await stores.seals.load_list(seal.number)
    with pytest.raises(SealStatusFixedError):
        await stores.seals.set_status(seal, second, reason="twee")
    assert await stores.seals.load_list(seal.number) == before


async def test_the_version_grows_with_a_change_and_only_then(stores: Stores) -> None:
    seal, other = await stores.seals.reserve(2)
    fresh = await stores.seals.load_list(seal.number)
    await stores.seals.set_status(seal, 1, reason="een")
    changed = await stores.seals.load_list(seal.number)
    await stores.seals.set_status(seal, 1, reason="nog eens")
    assert await stores.seals.load_list(seal.number) == changed
    assert changed.version > fresh.version
    assert StatusList.from_bytes(changed.statuses).get(other.index) == 0


async def test_a_seal_that_was_never_given_has_no_status(stores: Stores) -> None:
    (seal,) = await stores.seals.reserve(1)
    with pytest.raises(SealIndexUnknownError):
        await stores.seals.set_status(SealIndex(seal.number, (seal.index + 1) % 64), 1, reason="een")
    with pytest.raises(SealIndexUnknownError):
        await stores.seals.set_status(SealIndex(seal.number + 1, seal.index), 1, reason="een")


async def test_an_unknown_list_is_an_error_and_not_an_empty_list(stores: Stores) -> None:
    assert list(await stores.seals.list_numbers()) == []
    with pytest.raises(SealIndexUnknownError):
        await stores.seals.load_list(1)
    assert list(await stores.seals.find("d1")) == []
