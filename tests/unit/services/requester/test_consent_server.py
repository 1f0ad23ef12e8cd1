# SPDX-License-Identifier: EUPL-1.2
"""What a consent service may answer a requester: a good answer, with one named change."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from blauweknop.adapters.http.client import CallFailedError, HttpAnswer, HttpCaller
from blauweknop.core.oauth.client_side import ProofKey
from blauweknop.services.requester.calls import ProvenCalls
from blauweknop.services.requester.consent_server import ConsentServer, Tokens
from blauweknop.services.requester.errors import ConsentEndedError, ConsentServerRefusedError, ConsentWaitsError
from blauweknop.testing.sealing import FixedSigner, fixed_key

GOOD: dict[str, Any] = {"access_token": "a", "token_type": "DPoP", "expires_in": 300, "grant_id": "g"}
KEY = fixed_key("requester")
NOW = 1_795_600_000


class Answering(HttpCaller):
    """Gives the answers it was made with, one a call, and fails when asked for more."""

    def __init__(self, *answers: HttpAnswer) -> None:
        super().__init__("https://toestemming.example")
        self.answers = list(answers)

    async def call(self, method: str, path: str, **_: Any) -> HttpAnswer:
        assert (method, path) == ("POST", "/token")
        return self.answers.pop(0)


def answer(said: Any, status: int = 200, *, media: str = "application/json") -> HttpAnswer:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return HttpAnswer(status, {"content-type": media, "dpop-nonce": "n"}, body)


def renewed(*answers: HttpAnswer) -> Tokens:
    caller = Answering(*answers)
    proof = ProofKey(FixedSigner(KEY), KEY.public_key())
    calls = ProvenCalls("https://toestemming.example", caller, proof, now=lambda: NOW)
    server = ConsentServer(calls, "https://bank.example", FixedSigner(KEY), now=lambda: NOW)
    tokens = asyncio.run(server.renew("r", "https://bron.example"))
    assert not caller.answers
    return tokens


def test_a_good_answer_is_read() -> None:
    assert renewed(answer(GOOD)).access_token == "a"


def test_a_nonce_that_is_asked_for_is_sent_once_more() -> None:
    assert renewed(answer({"error": "use_dpop_nonce"}, 400), answer(GOOD)).access_token == "a"


def test_a_nonce_that_is_asked_for_again_is_a_refusal() -> None:
    wanted = answer({"error": "use_dpop_nonce"}, 400)
    with pytest.raises(ConsentServerRefusedError, match="use_dpop_nonce"):
        renewed(wanted, wanted)


@pytest.mark.parametrize(
    "bad",
    [
        answer(GOOD, media="text/html"),
        answer(b"{"),
        answer(b'{"access_token":"a","access_token":"b"}'),
        answer([]),
        answer({**GOOD, "token_type": "Bearer"}),
        answer({**GOOD, "expires_in": "300"}),
        answer({**GOOD, "access_token": ""}),
        answer({**GOOD, "access_token": 1}),
        answer({**GOOD, "authorization_details": []}),
        answer({}, 400),
    ],
)
def test_an_answer_with_one_change_is_unreadable(bad: HttpAnswer) -> None:
    with pytest.raises(CallFailedError, match="onleesbaar"):
        renewed(bad)


def test_the_end_of_a_consent_is_final() -> None:
    with pytest.raises(ConsentEndedError) as ended:
        renewed(answer({"error": "invalid_grant"}, 400))
    assert not ended.value.retry


@pytest.mark.parametrize(("interval", "wait"), [(5, 5), ("5", 60), (True, 60), (None, 60)])
def test_a_consent_that_waits_says_why_and_how_long(interval: Any, wait: int) -> None:
    said = {"error": "authorization_pending", "reden": "gepauzeerd\n<b>", "interval": interval}
    with pytest.raises(ConsentWaitsError) as waits:
        renewed(answer(said, 400))
    assert (waits.value.reason, waits.value.interval) == ("gepauzeerdb", wait)
    assert waits.value.retry
