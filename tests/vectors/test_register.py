# SPDX-License-Identifier: EUPL-1.2
"""Every register of ``vectors/register/``, and the cases it is made from, are read as they say."""

import json
from typing import Any

import pytest

from blauweknop.core.scheme.detail import RegisteredKey
from blauweknop.core.scheme.register import NO_PROOF, VerifiedRegister, parse_register
from blauweknop.core.scheme.vocabulary import KeyPurpose
from blauweknop.errors import BlauweKnopError
from tests.vectors.make_register import FOLDER, vectors
from tests.vectors.register_cases import BAD, GOOD, Bad, Case, Change, good_case


def read(case: Case) -> tuple[VerifiedRegister, RegisteredKey]:
    """The whole way of a reader: verify, fetch details, ask for a key."""
    register = parse_register(case.made()).verify(case.reader, at=case.at, last_seen=case.seen)
    register.check_current(at=case.at)
    register = register.with_details(case.blobs())
    wanted: dict[str, Any] = case.ask or {}
    existed = NO_PROOF if wanted["existed_at"] == "geen" else wanted["existed_at"]
    purpose = KeyPurpose(wanted["purpose"])
    return register, register.key(wanted["iss"], purpose, wanted["kid"], at=wanted["at"], existed_at=existed)


@pytest.mark.parametrize(("name", "about", "edit"), GOOD, ids=[name for name, _, _ in GOOD])
def test_a_good_register_is_believed(name: str, about: str, edit: Change) -> None:
    case = good_case()
    edit(case)
    register, key = read(case)
    assert case.ask is not None
    assert (key.kid, register.version) == (case.ask["kid"], case.kit.payload["version"]), about


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
def test_one_change_makes_it_refused(bad: Bad) -> None:
    read(good_case())
    case = good_case()
    bad.edit(case)
    with pytest.raises(BlauweKnopError) as caught:
        read(case)
    assert caught.value.code == bad.error, f"{bad.change}: {caught.value}"


def test_the_files_are_those_of_the_cases() -> None:
    files = {path.name: path.read_bytes() for path in FOLDER.glob("*.json")}
    assert files == vectors(), "run python -m tests.vectors.make_register"


def test_no_two_cases_share_name_or_change_and_bad_ones_outnumber_good_ones() -> None:
    names = [bad.name for bad in BAD] + [name for name, _, _ in GOOD]
    assert len(set(names)) == len(names)
    assert len({bad.change for bad in BAD}) == len(BAD) > 2 * len(GOOD)
    assert len(list(FOLDER.glob("fout-*.json"))) > 2 * len(list(FOLDER.glob("goed-*.json")))
    assert all(json.loads(path.read_bytes())["expect"] for path in FOLDER.glob("*.json"))
