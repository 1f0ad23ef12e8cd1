# SPDX-License-Identifier: EUPL-1.2
"""Runs ``vectors/sd-jwt-vc``: what is good is read as it says, what is bad is refused as it says."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography import x509

from blauweknop.core.seal.key_binding import NO_HOLDER_PROOF, OWN_COPY, Expectation, HolderProof
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.seal.trust import KnownSeal, Trust
from blauweknop.core.seal.verify import VerifiedSet
from blauweknop.errors import DocumentError
from tests.vectors import annotated, make
from tests.vectors.forge import AT

FOLDER = Path(__file__).resolve().parents[2] / "vectors" / "sd-jwt-vc"
CASES = {path.stem: json.loads(path.read_bytes()) for path in sorted(FOLDER.glob("*-*.json"))}
GOOD = {name: case for name, case in CASES.items() if name.startswith("goed-")}
BAD = {name: case for name, case in CASES.items() if name.startswith("fout-")}
EXPECTATIONS: dict[str, Expectation] = {"geen": NO_HOLDER_PROOF, "eigen": OWN_COPY}


def read_trust(name: str) -> Trust:
    given = json.loads((FOLDER / "trust.json").read_bytes())[name]
    known = {}
    for entry in given["known"]:
        der = base64.b64decode(entry["certificate"])
        certificate = x509.load_der_x509_certificate(der)
        known[hashlib.sha256(der).digest()] = KnownSeal(certificate=certificate, oin=entry["oin"], name=entry["name"])
    anchors = tuple(x509.load_der_x509_certificate(base64.b64decode(each)) for each in given["anchors"])
    return Trust(anchors=anchors, known=known, environment=given["environment"])


def run(case: dict[str, Any]) -> VerifiedSet:
    data = base64.b64decode(case["input_base64"]) if "input_base64" in case else case["input"].encode()
    given = case["expectation"]
    expect = HolderProof(**given) if isinstance(given, dict) else EXPECTATIONS[given]
    return parse_sealed_set(data).verify(read_trust(case["trust"]), at=case["at"], expect=expect)


@pytest.mark.parametrize("name", GOOD)
def test_good(name: str) -> None:
    case, expect = GOOD[name], GOOD[name]["expect"]
    read = run(case)
    assert json.loads(msgspec.json.encode(read.rows)) == expect["rows"]
    assert json.loads(msgspec.json.encode(read.missing)) == expect["missing"]
    assert (read.standing, read.vct, read.issued_at) == (expect["standing"], expect["vct"], expect["iat"])
    assert (read.hidden, read.fingerprint, read.show_print) == (
        expect["hidden"],
        expect["fingerprint"],
        expect["show_print"],
    )


@pytest.mark.parametrize("name", BAD)
def test_bad(name: str) -> None:
    case = BAD[name]
    with pytest.raises(DocumentError) as caught:
        run(case)
    assert (type(caught.value).code, caught.value.clause) == (case["expect"]["error"], case["expect"]["clause"])


def test_every_bad_case_changes_one_good_case_and_no_two_are_alike() -> None:
    assert {case["good"] for case in BAD.values()} <= {case["name"] for case in GOOD.values()}
    fields = ("trust", "at", "expectation", "input", "input_base64")
    said = [json.dumps([case.get(name) for name in fields]) for case in CASES.values()]
    assert len(set(said)) == len(said)


def test_two_thirds_are_bad() -> None:
    assert len(CASES) >= 80
    assert len(BAD) >= 2 * len(GOOD)


def test_the_annotated_set_is_a_set_and_its_page_is_what_the_script_makes() -> None:
    assert make.ANNOTATED.read_bytes() == annotated.page()
    read = parse_sealed_set(annotated.annotated_set().json()).verify(read_trust("known"), at=AT)
    assert read.rows == (annotated.ROW,)
    assert read.missing == annotated.MISSING
    assert annotated.annotated_set().compact().decode() in make.ANNOTATED.read_text(encoding="utf-8")


def test_the_folder_is_what_the_script_makes() -> None:
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == make.files()
