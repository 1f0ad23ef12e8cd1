# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop source withdraw``: what it changes, what it says, and with which exit code."""

from __future__ import annotations

import asyncio
import random
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.log.sqlite import SqliteLogStore
from blauweknop.adapters.store.seals.sqlite import SqliteSealStatusStore
from blauweknop.cli import main
from blauweknop.core.delivery.model import Permission
from tests.log_drafts import log_draft, log_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blauweknop.adapters.store.seals.contract import SealStanding

DELIVERY = "0199a0a0-0000-7000-8000-000000000001"
SETTINGS = str(resources.files("blauweknop.demo.bronnen").joinpath("rdw.toml"))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with one delivery and a repeat of it."""
    monkeypatch.setenv("BK_DEMO", str(tmp_path))
    file = tmp_path / "opslag" / "rdw.sqlite"
    file.parent.mkdir()
    asyncio.run(fill(file))
    return file


async def fill(file: Path) -> None:
    engine = SqliteEngine.open(file)
    log = SqliteLogStore(engine, monotonic_ns=lambda: 1)
    seals = SqliteSealStatusStore(engine, random_below=random.Random(1).randrange)
    for repeat in ("", DELIVERY):
        entry = log_entry(DELIVERY, gegevensset="voertuigen/1", elementen=("kenteken",), herhaling_van=repeat)
        (seal,) = await seals.reserve(1)
        draft = log_draft(DELIVERY, entry=entry, idempotency_key="k", seal=seal)
        await log.append(draft, decide=lambda _: Permission())
    await engine.close()


def standings(file: Path) -> Sequence[SealStanding]:
    async def look() -> Sequence[SealStanding]:
        engine = SqliteEngine.open(file)
        found = await SqliteSealStatusStore(engine, random_below=random.Random(1).randrange).find(DELIVERY)
        await engine.close()
        return found

    return asyncio.run(look())


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["blauweknop", "source", "withdraw", *words])
    try:
        return main()
    except SystemExit as stop:
        return int(stop.code or 0)


def withdraw(monkeypatch: pytest.MonkeyPatch, *, delivery: str = DELIVERY, reason: str = "fout in de bron") -> int:
    return run(monkeypatch, "--instelling", SETTINGS, delivery, "--reden", reason)


def test_every_seal_of_the_delivery_is_withdrawn(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [standing.status for standing in standings(store)] == [0, 0]
    assert withdraw(monkeypatch) == 0
    assert [(standing.status, standing.reason) for standing in standings(store)] == [(1, "fout in de bron")] * 2
    assert capsys.readouterr().out.count(": withdrawn (list 1, index ") == 2


def test_a_second_time_changes_nothing_and_says_so(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert withdraw(monkeypatch) == 0
    first = standings(store)
    capsys.readouterr()
    assert withdraw(monkeypatch, reason="nog eens") == 0
    assert standings(store) == first
    assert capsys.readouterr().out.count("was withdrawn before") == 2


def test_an_unknown_delivery_is_exit_1(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert withdraw(monkeypatch, delivery=DELIVERY[:-1] + "2") == 1
    assert "no file was sealed" in capsys.readouterr().err
    assert [standing.status for standing in standings(store)] == [0, 0]


@pytest.mark.parametrize(
    "reason",
    ["", "   ", "x" * 201, "twee\nregels", "van 999999990", "van 9999.99.990", "van 999 999 990", "dossier 20261101"],
)
def test_a_reason_that_cannot_be_kept_is_exit_2(store: Path, monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    assert withdraw(monkeypatch, reason=reason) == 2
    assert [standing.status for standing in standings(store)] == [0, 0]


def test_a_reason_may_hold_a_year(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert withdraw(monkeypatch, reason="verkeerd jaar: 2024 in plaats van 2025") == 0
    assert [standing.status for standing in standings(store)] == [1, 1]


def test_without_a_store_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BK_DEMO", str(tmp_path))
    assert withdraw(monkeypatch) == 2
    assert list(tmp_path.iterdir()) == []


def test_without_settings_it_is_exit_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["--instelling", str(tmp_path / "none.toml"), DELIVERY, "--reden", "fout"]
    assert run(monkeypatch, *words) == 2
