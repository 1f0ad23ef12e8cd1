# SPDX-License-Identifier: EUPL-1.2
"""The address that the browser came back on: one that is ours, with one named change (RFC 6749, RFC 9207)."""

from __future__ import annotations

import pytest

from blauweknop.core.oauth.callback import CallbackRefusedError, NotGrantedError, read_callback

BACK, ISSUER, STATE = "https://bank.example/terug", "https://toestemming.example", "s" * 22
GOOD = f"{BACK}?code=abc&state={STATE}&iss=https%3A%2F%2Ftoestemming.example"


def read(address: str, *, state: str = STATE) -> str:
    return read_callback(address, redirect_uri=BACK, state=state, issuer=ISSUER)


def test_the_code_of_our_own_request() -> None:
    assert read(GOOD) == "abc"


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        (GOOD.replace(STATE, "t" * 22), "state"),
        (GOOD.replace(f"&state={STATE}", ""), "state"),
        (GOOD.replace(STATE, "%C3%A9"), "state"),
        (GOOD.replace("2Ftoestemming", "2Fandere"), "iss"),
        (GOOD.partition("&iss")[0], "iss"),
        (GOOD + "%2F", "iss"),
        (GOOD.replace("bank.example", "bank.example.evil.example"), "redirect_uri"),
        (GOOD.replace("/terug", "/terug/"), "redirect_uri"),
        (GOOD + "#x", "redirect_uri"),
        (GOOD + "&code=def", "twice"),
        (GOOD + f"&state={STATE}", "twice"),
        (GOOD + "&error=access_denied", "a code or an error"),
        (GOOD.replace("code=abc&", ""), "a code or an error"),
        (BACK, "state"),
        (BACK + "?code", "query"),
        (GOOD + "&x=1" * 20, "query"),
        ("http://[", "query"),
    ],
)
def test_an_answer_to_another_request_is_refused(address: str, rule: str) -> None:
    with pytest.raises(CallbackRefusedError, match=rule):
        read(address)


def test_without_a_request_under_way_every_answer_is_refused() -> None:
    with pytest.raises(CallbackRefusedError, match="state"):
        read(GOOD.replace(STATE, ""), state="")


def test_a_no_is_a_no() -> None:
    with pytest.raises(NotGrantedError) as refused:
        read(GOOD.replace("code=abc", "error=access_denied"))
    assert refused.value.error == "access_denied"


def test_a_no_from_a_stranger_is_not_believed() -> None:
    with pytest.raises(CallbackRefusedError, match="iss"):
        read(GOOD.replace("code=abc", "error=access_denied").replace("2Ftoestemming", "2Fandere"))


def test_an_error_code_brings_nothing_into_a_log() -> None:
    with pytest.raises(NotGrantedError) as refused:
        read(GOOD.replace("code=abc", "error=a%0Ab%20%3Cscript%3E" + "x" * 100))
    assert refused.value.error.startswith("abscript")
    assert len(refused.value.error) <= 64
