# SPDX-License-Identifier: EUPL-1.2
"""The stand of status lists: signed, of now, never lower."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from blauweknop.core.status.stand import (
    TYP,
    RegisterSeen,
    Stand,
    StandAsked,
    StandRefusedError,
    StandRolledBackError,
    issue_stand,
    parse_stand,
)
from blauweknop.core.wire.jws import sign_compact
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import BlauweKnopError, MalformedError, SignatureInvalidError
from blauweknop.testing.registering import AT, make_signer, named_key

SIGNER = make_signer("consent status")
KEY = named_key("consent status").public_key()
STAND = Stand(
    iss="https://t.example",
    sub="00000001999999999000",
    iat=AT,
    exp=AT + 60,
    serial=12,
    lists={"https://t.example/status/1": "A" * 43},
    register_seen=RegisterSeen(5, AT - 20),
)
ASKED = StandAsked(iss=STAND.iss, sub=STAND.sub, highest=12, sent_ns=1_000)


def verify(token: bytes, asked: StandAsked = ASKED, at: int = AT) -> Stand:
    return parse_stand(token).verify(KEY, asked=asked, at=at).stand


def changed(**members: Any) -> bytes:
    return issue_stand(msgspec.structs.replace(STAND, **members), SIGNER)


def test_a_stand_is_believed() -> None:
    assert verify(changed()) == STAND
    assert verify(changed(serial=13, register_seen=None)).register_seen is None


def test_absent_is_not_null() -> None:
    payload = parse_stand(changed(register_seen=None)).jws.dangerous_payload
    assert "register_gezien" not in parse_object(payload)


@pytest.mark.parametrize(
    ("token", "asked", "at", "error"),
    [
        (changed(iss="https://elders.example"), ASKED, AT, StandRefusedError),
        (changed(sub="00000001888888888000"), ASKED, AT, StandRefusedError),
        (changed(iat=AT + 11), ASKED, AT, StandRefusedError),
        (changed(exp=AT), ASKED, AT - 5, StandRefusedError),
        (changed(), ASKED, AT + 60, StandRefusedError),
        (changed(serial=11), ASKED, AT, StandRolledBackError),
        (changed(), replace(ASKED, highest=13), AT, StandRolledBackError),
        (sign_compact({"typ": TYP}, encode({"iss": STAND.iss}), SIGNER), ASKED, AT, MalformedError),
        (sign_compact({"typ": "jwt"}, encode(STAND), SIGNER), ASKED, AT, MalformedError),
        (issue_stand(STAND, make_signer("another")), ASKED, AT, SignatureInvalidError),
        (b"a" * 500_000, ASKED, AT, MalformedError),
    ],
)
def test_one_change_and_it_is_refused(token: bytes, asked: StandAsked, at: int, error: type[BlauweKnopError]) -> None:
    verify(changed())
    with pytest.raises(error):
        verify(token, asked, at)


@pytest.mark.parametrize(("now", "fresh"), [(1_000, True), (1_000_001_000, True), (1_000_001_001, False), (999, False)])
def test_a_stand_counts_for_one_second_since_its_poll_was_sent(now: int, fresh: bool) -> None:
    assert parse_stand(changed()).verify(KEY, asked=ASKED, at=AT).is_fresh(now_ns=now) is fresh
