# SPDX-License-Identifier: EUPL-1.2
"""Which seals the register vouches for, at the time of a set."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from blauweknop.core.scheme.detail import verify_detail
from blauweknop.core.scheme.document import issue_register
from blauweknop.core.scheme.errors import DetailError, DetailMissingError, RegisterStaleError
from blauweknop.core.scheme.register import NO_PROOF, NOTHING_SEEN, Nothing, VerifiedRegister, parse_register
from blauweknop.core.scheme.seals import seal_trust
from blauweknop.testing.registering import (
    AT,
    SOURCE_OIN,
    YEAR,
    RegisterKit,
    make_certificate,
    make_root,
    register_kit,
)

Edit = Callable[[RegisterKit], Any]


def register(edit: Edit = lambda kit: None) -> VerifiedRegister:
    kit = register_kit()
    edit(kit)
    kit.link_details()
    verified = parse_register(kit.sign()).verify(kit.trust, at=AT, last_seen=NOTHING_SEEN)
    return verified.with_details(map(kit.detail_bytes, kit.details))


def known(edit: Edit = lambda kit: None, sealed_at: int = AT, existed_at: int | Nothing = NO_PROOF) -> bool:
    trust = seal_trust(register(edit), anchors=(make_root(),), sealed_at=sealed_at, existed_at=existed_at)
    assert trust.environment == "test"
    der = base64.b64decode(register_kit().details[SOURCE_OIN]["sleutels"][0]["x5c"][0])
    assert len(trust.known) <= 1
    return hashlib.sha256(der).digest() in trust.known


def stage(value: str) -> Edit:
    return lambda kit: kit.payload["deelnemers"][1].update(fase=value)


def since(moment: int) -> Edit:
    return lambda kit: kit.payload["deelnemers"][1].update(waarmerk_sinds=moment)


def stolen(kit: RegisterKit) -> None:
    kit.details[SOURCE_OIN]["sleutels"][0]["gecompromitteerd_op"] = AT - 60


def test_a_seal_of_a_participant_is_known_with_the_name_of_the_register() -> None:
    assert known()
    trust = seal_trust(register(), anchors=(), sealed_at=AT)
    assert [(one.oin, one.name) for one in trust.known.values()] == [(SOURCE_OIN, "Bron Voorbeeld")]


@pytest.mark.parametrize("value", ["toegelaten", "geschorst", "beeindigd"])
def test_what_was_sealed_stays_good_after_a_participant_left(value: str) -> None:
    assert known(stage(value))


def test_a_source_that_joins_later_is_backdated() -> None:
    assert known(since(AT - YEAR), sealed_at=AT - YEAR)
    assert not known(since(AT - YEAR + 1), sealed_at=AT - YEAR)


@pytest.mark.parametrize(
    ("edit", "sealed_at", "existed_at"),
    [
        (stage("aangemeld"), AT, NO_PROOF),
        (lambda kit: None, AT - YEAR - 1, NO_PROOF),
        (lambda kit: None, AT + YEAR, NO_PROOF),
        (stolen, AT, NO_PROOF),
        (stolen, AT - 3600, NO_PROOF),
        (stolen, AT - 3600, AT - 60),
    ],
)
def test_bk061_not_admitted_out_of_time_or_stolen_is_not_known(
    edit: Edit, sealed_at: int, existed_at: int | Nothing
) -> None:
    assert known()
    assert not known(edit, sealed_at, existed_at)


def test_bk061_a_stolen_key_keeps_what_provably_existed_before() -> None:
    assert known(stolen, AT - 3600, AT - 61)


def test_a_participant_whose_detail_was_not_fetched_is_not_known() -> None:
    kit = register_kit()
    verified = parse_register(kit.sign()).verify(kit.trust, at=AT, last_seen=NOTHING_SEEN)
    assert not seal_trust(verified, anchors=(), sealed_at=AT).known
    with pytest.raises(DetailMissingError):
        verified.detail(SOURCE_OIN)


@pytest.mark.parametrize(("hours", "good"), [(23, True), (24, False), (25, False)])
def test_a_verified_register_goes_on_for_24_hours(hours: int, good: bool) -> None:
    verified = register()
    assert (verified.environment, verified.version) == ("test", 7)
    if good:
        verified.check_current(at=AT + hours * 3600)
    else:
        with pytest.raises(RegisterStaleError):
            verified.check_current(at=AT + hours * 3600)


def test_what_was_seen_makes_the_same_register_pass_again() -> None:
    kit = register_kit()
    seen = register().seen()
    assert parse_register(kit.sign()).verify(kit.trust, at=AT, last_seen=seen).seen() == seen


def test_a_key_without_certificate_has_none() -> None:
    keys = register().detail(SOURCE_OIN).keys
    certificate = make_certificate("source seal", uri="https://bron.voorbeeld.example", oin=SOURCE_OIN, purpose="seal")
    assert [key.certificate for key in keys if not key.x5c] == [None]
    assert keys[0].certificate == certificate


def test_a_detail_is_what_its_name_says() -> None:
    kit = register_kit()
    data = kit.detail_bytes(SOURCE_OIN)
    name = kit.payload["deelnemers"][1]["detail"]
    assert verify_detail(data, name).oin == SOURCE_OIN
    with pytest.raises(DetailError):
        verify_detail(data + b" ", name)


def test_a_register_is_issued_as_it_is_read() -> None:
    kit = register_kit()
    token = issue_register(register().index, kit.signer)
    assert parse_register(token).verify(kit.trust, at=AT, last_seen=NOTHING_SEEN).index == register().index
