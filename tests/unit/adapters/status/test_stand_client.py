# SPDX-License-Identifier: EUPL-1.2
"""The reader of stands: what is fresh counts, what is old, older, of another or changed is ``onbekend``."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any, cast

import msgspec
import pytest

from blauweknop.adapters.http.client import CallFailedError, HttpAnswer
from blauweknop.adapters.status import client as module
from blauweknop.adapters.status.client import StandClient
from blauweknop.adapters.status.contract import StatusUnknownError
from blauweknop.core.scheme.errors import StatusRolledBackError
from blauweknop.core.seal.content import StatusRef
from blauweknop.core.status.stand import RegisterSeen, Stand, VerifiedStand, issue_stand
from blauweknop.core.status.status_list import StatusList
from blauweknop.core.status.token import StatusListTimes, issue_status_list
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.testing.sealing import FixedSigner, fixed_key

ISS = "http://localhost:8200"
OIN = "00000001999999999000"
URI = f"{ISS}/status/{OIN}/lijsten/1"
NOW = 1_800_000_000
SIGNER = FixedSigner(fixed_key("status"), kid="k1")
THIEF = FixedSigner(fixed_key("dief"), kid="k1")
REF = StatusRef(uri=URI, idx=5)


class Clock:
    def __init__(self) -> None:
        self.mono = 1_000 * 1_000_000_000

    def now_ns(self) -> int:
        return NOW * 1_000_000_000

    def monotonic_ns(self) -> int:
        return self.mono

    def today(self) -> str:
        return "2026-11-01"


class Memory:
    def __init__(self) -> None:
        self.serial = 0

    async def highest(self, iss: str) -> int:
        assert iss == ISS
        return self.serial

    async def raise_to(self, _iss: str, serial: int) -> None:
        self.serial = max(self.serial, serial)


class Register:
    """What the source has seen of the register; a list it does not believe raises."""

    def __init__(self) -> None:
        self.serial = 3
        self.taken: list[bytes] = []
        self.believes = True

    async def highest(self) -> int:
        return self.serial

    async def relay(self, token: bytes) -> None:
        if not self.believes:
            raise StatusRolledBackError
        self.taken.append(token)


class Service:
    """Answers as the consent service would; what it signs can be changed."""

    def __init__(self) -> None:
        self.statuses = StatusList(64)
        self.serial = 7
        self.signer = SIGNER
        self.list_signer = SIGNER
        self.changes: dict[str, Any] = {}
        self.spoil: Callable[[bytes], bytes] = lambda token: token
        self.down = False
        self.calls: list[str] = []
        self.during: Callable[[], Awaitable[None]] | None = None

    def token(self) -> bytes:
        times = StatusListTimes(NOW, NOW + 86_400, 30)
        return issue_status_list(self.statuses, uri=URI, times=times, signer=self.list_signer, serial=self.serial)

    async def call(self, method: str, path: str, *, timeout: float, headers: dict[str, str]) -> HttpAnswer:  # noqa: ASYNC109
        assert (method, timeout, "accept" in headers) == ("GET", 1.0, True)
        self.calls.append(path)
        if self.during is not None:
            await self.during()
        if self.down:
            raise CallFailedError("onbereikbaar")
        if path == "/status/deelnemers":
            return HttpAnswer(200, {}, b"relayed")
        token = self.token()
        if path.endswith("/stand"):
            lists = {URI: b64url_encode(hashlib.sha256(token).digest())}
            stand = Stand(iss=ISS, sub=OIN, iat=NOW, exp=NOW + 60, serial=self.serial, lists=lists)
            return HttpAnswer(200, {}, issue_stand(msgspec.structs.replace(stand, **self.changes), self.signer))
        return HttpAnswer(200, {}, self.spoil(token))

    async def close(self) -> None:
        self.calls.append("close")


class Setup:
    def __init__(self) -> None:
        self.service, self.clock, self.memory, self.register = Service(), Clock(), Memory(), Register()
        self.client = StandClient(
            cast("Any", self.service),
            iss=ISS,
            oin=OIN,
            find_key=self.find_key,
            register=cast("Any", self.register),
            memory=self.memory,
            clock=self.clock,
        )

    async def find_key(self, kid: str) -> Any:
        assert kid == "k1"
        return fixed_key("status").public_key()


def run(case: Callable[[Setup], Awaitable[None]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(module, "_AGAIN_SECONDS", 0.005)
    monkeypatch.setattr(module, "POLL_SECONDS", 0.005)

    async def whole() -> None:
        setup = Setup()
        try:
            await case(setup)
        finally:
            await setup.client.close()
            await setup.client.close()

    asyncio.run(whole())


def test_a_fresh_stand_tells_each_status(monkeypatch: pytest.MonkeyPatch) -> None:
    async def case(s: Setup) -> None:
        for value, word in {0: "geldig", 1: "geeindigd", 2: "opgeschort", 3: "onbekend"}.items():
            s.service.statuses.set(5, value)
            s.service.serial += 1
            s.clock.mono += 2_000_000_000
            await s.client.fresh(None)
            assert s.client.status_of(REF) == word
        assert s.memory.serial == s.service.serial
        assert isinstance(s.client.stand(), VerifiedStand)

    run(case, monkeypatch)


def test_within_half_a_second_nothing_is_asked_and_after_a_whole_one_all_is_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def case(s: Setup) -> None:
        assert s.client.status_of(REF) == "onbekend"
        await s.client.fresh(None)
        s.clock.mono += 500_000_000
        await s.client.fresh(None)
        assert len(s.service.calls) == 2
        s.clock.mono += 500_000_000
        assert s.client.status_of(REF) == "geldig"
        s.clock.mono += 1
        assert s.client.status_of(REF) == "onbekend"

    run(case, monkeypatch)


def test_the_first_consent_of_a_list_is_waited_for_though_the_stand_still_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def case(s: Setup) -> None:
        s.service.changes = {"lists": {}}
        await s.client.fresh(None)
        s.service.changes = {}
        s.clock.mono += 1_000_000
        assert s.client.status_of(REF) == "onbekend"
        await s.client.fresh(REF)
        assert s.client.status_of(REF) == "geldig"
        elsewhere = StatusRef(uri=f"{ISS}/status/{OIN}/lijsten/9", idx=5)
        with pytest.raises(StatusUnknownError):
            await s.client.fresh(elsewhere)

    run(case, monkeypatch)


def test_the_age_counts_from_when_the_poll_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    async def case(s: Setup) -> None:
        async def slow() -> None:
            s.clock.mono += 1_100_000_000
            await asyncio.sleep(0)

        s.service.during = slow  # stand and list: 1.2 s before both are there
        with pytest.raises(StatusUnknownError):
            await s.client.fresh(None)

    run(case, monkeypatch)


def test_a_list_that_did_not_change_is_fetched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def case(s: Setup) -> None:
        for _ in range(3):
            s.clock.mono += 2_000_000_000
            await s.client.fresh(None)
        assert [path.rsplit("/", 1)[1] for path in s.service.calls] == ["stand", "1", "stand", "stand"]

    run(case, monkeypatch)


def test_twenty_who_wait_ask_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def case(s: Setup) -> None:
        await asyncio.gather(*(s.client.fresh(None) for _ in range(20)))
        assert len(s.service.calls) == 2

    run(case, monkeypatch)


def test_inside_a_delivery_the_stand_is_kept_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    async def case(s: Setup) -> None:
        polled = asyncio.Event()
        async with s.client.delivering(), s.client.delivering():
            await s.client.fresh(None)
            s.clock.mono += 900_000_000
            before = len(s.service.calls)

            async def seen() -> None:
                if len(s.service.calls) > before:
                    polled.set()

            s.service.during = seen
            s.service.down = True  # one that fails is tried again
            await polled.wait()
            s.service.down = False
            s.clock.mono += 200_000_000
            await s.client.fresh(None)
            assert s.client.status_of(REF) == "geldig"

    run(case, monkeypatch)


BAD: dict[str, Callable[[Setup], None]] = {
    "down": lambda s: setattr(s.service, "down", True),
    "signed by another": lambda s: setattr(s.service, "signer", THIEF),
    "list signed by another": lambda s: setattr(s.service, "list_signer", THIEF),
    "of another service": lambda s: s.service.changes.update(iss="http://localhost:8201"),
    "about another source": lambda s: s.service.changes.update(sub="00000001999999999001"),
    "expired": lambda s: s.service.changes.update(exp=NOW),
    "from the future": lambda s: s.service.changes.update(iat=NOW + 11),
    "a lower serial than stored": lambda s: setattr(s.memory, "serial", 8),
    "a list of another host": lambda s: s.service.changes.update(lists={"http://localhost:1/status/1": "x"}),
    "a list of another hash": lambda s: s.service.changes.update(lists={URI: b64url_encode(bytes(32))}),
    "a list with one byte changed": lambda s: setattr(s.service, "spoil", lambda t: t[:-1] + bytes([t[-1] ^ 1])),
}


@pytest.mark.parametrize("change", BAD)
def test_one_change_and_nothing_is_known(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def case(s: Setup) -> None:
        await s.client.fresh(None)
        s.clock.mono += 1_500_000_000
        s.service.statuses.set(9, 1)  # another token, so that the list is fetched again
        BAD[change](s)
        with pytest.raises(StatusUnknownError):
            await s.client.fresh(None)
        assert s.client.status_of(REF) == "onbekend"

    run(case, monkeypatch)


@pytest.mark.parametrize("ref", [StatusRef(uri=URI, idx=64), StatusRef(uri=f"{URI}0", idx=5)])
def test_a_place_that_is_not_there_is_unknown(ref: StatusRef, monkeypatch: pytest.MonkeyPatch) -> None:
    async def case(s: Setup) -> None:
        await s.client.fresh(None)
        assert s.client.status_of(REF) == "geldig"
        assert s.client.status_of(ref) == "onbekend"

    run(case, monkeypatch)


def test_a_poll_sent_earlier_and_answered_later_does_not_replace_a_newer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def case(s: Setup) -> None:
        await s.client.fresh(None)
        newest = s.client.stand()
        assert isinstance(newest, VerifiedStand)
        s.clock.mono -= 500_000_000  # as if this poll had been sent before
        await s.client._ask()
        assert s.client.stand() is newest

    run(case, monkeypatch)


@pytest.mark.parametrize(("seen", "taken"), [(None, 0), (2, 0), (3, 0), (4, 1)])
def test_the_register_s_list_is_fetched_when_the_stand_has_seen_a_newer(
    seen: int | None, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def case(s: Setup) -> None:
        s.service.changes = {"register_seen": None if seen is None else RegisterSeen(seen, NOW)}
        await s.client.fresh(None)
        assert s.register.taken == [b"relayed"] * taken
        assert s.service.calls.count("/status/deelnemers") == taken

    run(case, monkeypatch)


def test_a_relayed_list_that_is_not_believed_takes_nothing_from_what_is_said_of_consents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def case(s: Setup) -> None:
        s.service.changes = {"register_seen": RegisterSeen(9, NOW)}
        s.register.believes = False
        await s.client.fresh(None)
        assert s.register.taken == []
        assert s.client.status_of(REF) == "geldig"
        s.register.believes = True
        s.clock.mono += 2_000_000_000
        await s.client.fresh(None)  # asked again at the next stand
        assert s.register.taken == [b"relayed"]

    run(case, monkeypatch)
