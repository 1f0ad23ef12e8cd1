# SPDX-License-Identifier: EUPL-1.2
"""Chains of log records, by the vectors others can use too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from blauweknop.core.ledger.chain import ChainBrokenError, ChainHead, ChainLink, verify_chain
from blauweknop.core.wire.base64url import b64url_decode, b64url_encode

VECTORS = Path(__file__).resolve().parents[4] / "vectors" / "ledger-chain.json"
CASES: list[dict[str, Any]] = msgspec.json.decode(VECTORS.read_bytes())["cases"]
# What the message says, by the number of the rule.
SAYS = {
    1: ("not a log entry", "the entry is not in canonical form"),
    2: ("nummer is not the next number",),
    3: ("vorige is not the leaf before",),
    4: ("a salt is 32 bytes", "a leaf is 32 bytes", "the leaf does not fit the entry"),
}


def links(case: dict[str, Any]) -> list[ChainLink]:
    return [
        ChainLink(entry_json=link["entry"].encode(), salt=b64url_decode(link["salt"]), leaf=b64url_decode(link["leaf"]))
        for link in case["links"]
    ]


def named(expect: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in CASES if case["expect"] == expect]


@pytest.mark.parametrize("case", named("ok"))
def test_a_whole_chain(case: dict[str, Any]) -> None:
    after = ChainHead(case["after"]["number"], b64url_decode(case["after"]["leaf"])) if "after" in case else None
    head = verify_chain(links(case), after=after)
    assert (head.number, b64url_encode(head.leaf)) == (case["number"], case["leaf"])


@pytest.mark.parametrize("case", named("fault"))
def test_a_chain_with_one_change(case: dict[str, Any]) -> None:
    with pytest.raises(ChainBrokenError) as caught:
        verify_chain(links(case))
    assert caught.value.code == case["code"]
    assert caught.value.number == case["number"]
    assert caught.value.detail.removeprefix(f"record {case['number']}: ") in SAYS[case["rule"]]


def test_no_two_cases_are_the_same_and_each_rule_is_broken() -> None:
    bodies = [msgspec.json.encode(case["links"]) + str(case.get("after")).encode() for case in CASES]
    assert len(set(bodies)) == len(CASES)
    assert {case["rule"] for case in CASES if "rule" in case} == set(SAYS)
    assert sum(case["expect"] == "fault" for case in CASES) * 3 >= len(CASES) * 2


def test_every_flipped_byte_of_an_entry_is_found() -> None:
    case = next(case for case in CASES if case["name"] == "one record")
    (link,) = links(case)
    assert verify_chain([link]).number == 1
    for place in range(len(link.entry_json)):
        changed = bytearray(link.entry_json)
        changed[place] ^= 1
        with pytest.raises(ChainBrokenError):
            verify_chain([msgspec.structs.replace(link, entry_json=bytes(changed))])
