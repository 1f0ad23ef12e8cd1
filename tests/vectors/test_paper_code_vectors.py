# SPDX-License-Identifier: EUPL-1.2
"""Runs ``vectors/paper-code``: what is good is read as it says, what is bad is refused as it says."""

import base64
import hashlib
import json
from typing import Any

import pytest
from cryptography import x509

from blauweknop.core.dataset.value import Value
from blauweknop.core.seal.paper_code import VerifiedPaperCode, parse_paper_code
from blauweknop.core.seal.paper_value import encode_value
from blauweknop.core.seal.trust import KnownSeal, Trust
from blauweknop.errors import DocumentError
from tests.vectors import make_paper, paper_cases

CASES = {path.stem: json.loads(path.read_bytes()) for path in sorted(make_paper.FOLDER.glob("*-*.json"))}
GOOD = {name: case for name, case in CASES.items() if name.startswith("goed-")}
BAD = {name: case for name, case in CASES.items() if name.startswith("fout-")}
TRUST = json.loads((make_paper.FOLDER / "trust.json").read_bytes())


def read_trust(name: str) -> Trust:
    known = {}
    for entry in TRUST[name]["known"]:
        der = base64.b64decode(entry["certificate"])
        known[hashlib.sha256(der).digest()] = KnownSeal(
            x509.load_der_x509_certificate(der), entry["oin"], entry["name"]
        )
    anchors = tuple(x509.load_der_x509_certificate(base64.b64decode(each)) for each in TRUST[name]["anchors"])
    return Trust(anchors=anchors, known=known, environment=TRUST[name]["environment"])


def run(case: dict[str, Any]) -> VerifiedPaperCode:
    return parse_paper_code(case["input"]).verify(read_trust(case["trust"]), at=case["at"])


@pytest.mark.parametrize("name", GOOD)
def test_good(name: str) -> None:
    found = run(GOOD[name])
    assert {
        "standing": found.standing,
        "iss": found.iss,
        "vct": found.vct,
        "iat": found.issued_at,
        "fingerprint": found.fingerprint,
        "values": {path: value.envelope() for path, value in found.values.items()},
        "more": found.more,
    } == GOOD[name]["expect"]


@pytest.mark.parametrize("name", BAD)
def test_bad(name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        run(BAD[name])
    assert {"error": type(caught.value).code, "clause": caught.value.clause} == BAD[name]["expect"]


@pytest.mark.parametrize("case", paper_cases.GOOD, ids=lambda case: case.name)
def test_we_spell_each_good_value_the_same(case: paper_cases.GoodPaper) -> None:
    found = run(GOOD[f"goed-{case.name}"])
    spelt = {path: encode_value(value) for path, value in found.values.items()}
    assert spelt == case.elements
    assert all(isinstance(value, Value) for value in found.values.values())


def test_no_two_cases_are_alike_and_each_bad_one_changes_a_good_one() -> None:
    said = [json.dumps([case["trust"], case["at"], case["input"]]) for case in CASES.values()]
    assert len(set(said)) == len(said)
    assert {case["good"] for case in BAD.values()} <= {case["name"] for case in GOOD.values()}
    assert len(BAD) >= 2 * len(GOOD)


def test_the_folder_is_what_the_script_makes() -> None:
    assert {path.name: path.read_bytes() for path in make_paper.FOLDER.glob("*.json")} == make_paper.files()
