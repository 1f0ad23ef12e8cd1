# SPDX-License-Identifier: EUPL-1.2
"""Clients and sources as the register has them: what counts now, and one change that makes it count no more."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.oauth.client import Client
from blauweknop.core.oauth.rar import Registration
from blauweknop.core.oauth.registered import registered_client, registration_of
from blauweknop.core.scheme.document import Index
from blauweknop.core.scheme.errors import DetailMissingError
from blauweknop.core.scheme.register import VerifiedRegister
from blauweknop.core.status.status_list import StatusList
from blauweknop.core.status.token import StatusListTimes, VerifiedStatusList
from blauweknop.testing.registering import (
    AT,
    MANAGER_OIN,
    REQUESTER_ISS,
    REQUESTER_OIN,
    SOURCE_ISS,
    SOURCE_OIN,
    RegisterKit,
    key_entry,
    make_signer,
    register_kit,
)

CLIENT_KID, DPOP_KID = make_signer("requester client").kid, make_signer("requester dpop").kid
CALLBACK = f"{REQUESTER_ISS}/terug"


def listed(place: int = 0, value: int = 0) -> VerifiedStatusList:
    statuses = StatusList(16)
    statuses.set(place, value)
    return VerifiedStatusList("https://r.example/s", StatusListTimes(AT, AT + 60, 30), statuses, 1)


def kit(
    requester: dict[str, Any] | None = None, participant: dict[str, Any] | None = None, **index: Any
) -> RegisterKit:
    made = register_kit()
    made.details[REQUESTER_OIN] |= {"redirect_uris": [CALLBACK], **(requester or {})}
    made.payload["deelnemers"][2] |= participant or {}
    made.payload.update(index)
    made.link_details()
    return made


def register(made: RegisterKit) -> VerifiedRegister:
    index = msgspec.convert(made.payload, Index)
    return VerifiedRegister(index, "f").with_details([made.detail_bytes(oin) for oin in made.details])


def found(made: RegisterKit, *, at: int = AT, status: VerifiedStatusList | None = None) -> Client:
    known = register(made)
    client = registered_client(known, known.participant(REQUESTER_OIN), listed=status or listed(), at=at)
    assert client is not None
    return client


def key_change(number: int, **changes: Any) -> dict[str, Any]:
    keys = register_kit().details[REQUESTER_OIN]["sleutels"]
    keys[number] |= changes
    return {"sleutels": keys}


def test_a_requester_is_a_client_with_its_keys_and_services() -> None:
    client = found(kit())
    assert (client.client_id, client.oin, client.profile, client.refusal) == (
        REQUESTER_ISS,
        REQUESTER_OIN,
        "vrager",
        "",
    )
    assert set(client.keys) == {CLIENT_KID}
    assert client.dpop == {DPOP_KID}
    assert client.services == {"hypotheek/1"}
    assert client.redirect_uris == {CALLBACK}
    assert not client.command_line
    assert client.app_origins == frozenset()


def test_an_app_has_origins_and_a_vault_is_a_requester() -> None:
    app = found(
        kit({"app_origins": ["https://app.example"], "redirect_uris": ["http://127.0.0.1/x"]}, {"rollen": ["app"]})
    )
    assert app.profile == "app"
    assert app.app_origins == {"https://app.example"}
    assert app.command_line
    assert found(kit({}, {"rollen": ["kluis"]})).profile == "vrager"
    both = found(kit({"app_origins": ["https://app.example"]}, {"rollen": ["app", "vrager"]}))
    assert both.profile == "vrager"
    assert both.app_origins == frozenset()


def test_who_has_no_role_for_it_is_no_client() -> None:
    known = register(kit())
    for oin in (SOURCE_OIN, MANAGER_OIN):
        assert registered_client(known, known.participant(oin), listed=listed(), at=AT) is None


def test_a_detail_that_is_not_there_is_said() -> None:
    bare = VerifiedRegister(msgspec.convert(kit().payload, Index), "f")
    with pytest.raises(DetailMissingError):
        registered_client(bare, bare.participant(REQUESTER_OIN), listed=listed(), at=AT)
    with pytest.raises(DetailMissingError):
        registration_of(bare, listed(), load_catalogue(), at=AT)


@pytest.mark.parametrize(
    ("stage", "status", "reason"),
    [
        ("geschorst", 0, "deelnemer-geschorst"),
        ("beeindigd", 0, "deelnemer-beeindigd"),
        ("aangemeld", 0, "deelnemer-niet-toegelaten"),
        ("gecertificeerd", 2, "deelnemer-geschorst"),
        ("toegelaten", 1, "deelnemer-beeindigd"),
    ],
)
def test_bk061_who_does_not_take_part_now_is_known_and_refused(stage: str, status: int, reason: str) -> None:
    assert found(kit()).refusal == ""
    assert found(kit({}, {"fase": stage}), status=listed(2, status)).refusal == reason


@pytest.mark.parametrize(
    ("changes", "at", "place"),
    [
        ({"tot": AT}, AT, 0),
        ({"van": AT + 1}, AT, 0),
        ({"gecompromitteerd_op": AT + 9}, AT, 0),
        ({}, AT, 8),
    ],
    ids=["ended", "not-yet", "compromised", "stopped-by-the-list"],
)
def test_a_key_that_does_not_count_now_is_not_given(changes: dict[str, Any], at: int, place: int) -> None:
    assert set(found(kit(), at=at).keys) == {CLIENT_KID}
    client = found(kit(key_change(0, **changes)), at=at, status=listed(place, 1 if place else 0))
    assert client.keys == {}
    assert client.dpop == {DPOP_KID}


def test_a_key_for_another_purpose_is_no_key_of_a_client() -> None:
    keys = [*register_kit().details[REQUESTER_OIN]["sleutels"], key_entry("requester encryption", "encryption", 10)]
    client = found(kit({"sleutels": keys}))
    assert set(client.keys) == {CLIENT_KID}
    assert client.dpop == {DPOP_KID}


def test_a_dpop_key_that_is_stopped_is_not_given() -> None:
    client = found(kit(), status=listed(9, 2))
    assert (set(client.keys), client.dpop) == ({CLIENT_KID}, frozenset())


def test_an_admission_counts_from_its_day_on() -> None:
    later = kit({"toelatingen": [{"dienst": "hypotheek/1", "sinds": AT + 1}]})
    assert found(later).services == frozenset()
    assert found(later, at=AT + 1).services == {"hypotheek/1"}


def asked(made: RegisterKit, *, status: VerifiedStatusList | None = None, at: int = AT) -> Registration:
    return registration_of(register(made), status or listed(), load_catalogue(), at=at)


def test_a_source_that_takes_part_offers_its_sets_and_a_suspended_one_nothing() -> None:
    assert asked(kit()).sources == {SOURCE_ISS: frozenset(["inkomen/1"])}
    assert asked(kit(), status=listed(1, 2)).sources == {}


def test_a_version_that_ended_cannot_be_asked_from_then_on() -> None:
    made = kit(versies_beeindigd={"diensten:hypotheek/1": AT, "gegevenssets:inkomen/1": AT + 5})
    assert "hypotheek/1" in asked(made, at=AT - 1).catalogue.profiles
    assert "hypotheek/1" not in asked(made).catalogue.profiles
    assert "inkomen/1" in asked(made).catalogue.definitions
    assert "inkomen/1" not in asked(made, at=AT + 5).catalogue.definitions
