# SPDX-License-Identifier: EUPL-1.2
"""What a requester refuses to read: a set that it may have, with one named change (system.md 3.4, 4; BK021)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from blauweknop.core.consent.line import Line
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import Period, Value
from blauweknop.core.delivery import received
from blauweknop.core.delivery.received import Expected, ReceivedSetRefusedError, verify_received
from blauweknop.core.seal.content import SetContent, StatusRef
from blauweknop.core.seal.errors import OtherEnvironmentError
from blauweknop.core.seal.sealed import UnverifiedSet
from blauweknop.core.seal.verify import VerifiedSet
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.errors import DocumentError, SignatureInvalidError
from blauweknop.testing.sealing import ISS
from tests.unit.core.seal.sets import AT, KIT, ROW, content, sealed

OWN, OTHER = "99999999900000000300", "99999999900000000303"
VISIBLE = {"ontvanger": OWN, "dienst": "hypotheek/1", "bewaren_tot": "2026-12-25"}
EXPECTED = Expected(
    line=Line(
        type="gegevensset",
        locations=(ISS,),
        datatypes=("gezin/1",),
        actions=("ophalen",),
        elementen=("naam", "kinderen.geboortedatum", "partner"),
        dienst="hypotheek/1",
        geldig_tot="2027-01-31",
        frequentie="maandelijks",
        bewaartermijn="P30D",
    ),
    recipient=OWN,
    delivery="levering-1",
    day="2026-11-25",
)
CHILDREN = Value(waarde=({"geboortedatum": Value(waarde="2010-01-02")}, {}))
GRANTED = {"naam": ROW["naam"], "kinderen": CHILDREN, "partner": ROW["partner"]}


def good(**changes: Any) -> SetContent:
    made = msgspec.structs.replace(content("enkel", (GRANTED,)), status=None, visible=VISIBLE)
    return msgspec.structs.replace(made, **changes)


def read(what: SetContent, **changes: Any) -> VerifiedSet:
    return verify_received(sealed(what), KIT.trust, replace(EXPECTED, **changes), at=AT + 60)


def showing(**elements: Value) -> dict[str, Any]:
    return {"rows": ({**GRANTED, **elements},)}


def missing(element: str) -> dict[str, Any]:
    return {"missing": (MissingElement(element=element, reden=Missing.NOT_DELIVERED),)}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"rows": ()},
        {"rows": ({"naam": ROW["naam"]},)},
        {"visible": {**VISIBLE, "bewaren_tot": "2026-11-25"}},
        showing(kinderen=Value(waarde=None)),
        showing(kinderen=Value(waarde=())),
        missing("partner"),
        missing("partner.naam"),
        missing("kinderen[1].geboortedatum"),
        missing("kinderen"),
    ],
)
def test_bk021_what_was_granted_or_less_can_be_read(changes: dict[str, Any]) -> None:
    what = good(**changes)
    assert read(what).rows == what.rows


BAD: list[tuple[str, str, dict[str, Any]]] = [
    ("check_source", "iss", {}),
    ("check_data_set", "vct", {}),
    ("check_delivery", "levering", {"delivery": "levering-2"}),
    ("check_recipient", "ontvanger", {"visible": {**VISIBLE, "ontvanger": OTHER}}),
    ("check_service", "dienst", {"visible": {**VISIBLE, "dienst": "schuldhulp/1"}}),
    ("check_unlinkable", "status", {"status": StatusRef(uri=f"{ISS}/status/zegels/1", idx=7)}),
    ("check_retention", "bewaren_tot", {"visible": {**VISIBLE, "bewaren_tot": "2026-12-26"}}),
    ("check_retention", "bewaren_tot", {"visible": {**VISIBLE, "bewaren_tot": "20261225"}}),
    ("check_retention", "bewaren_tot", {"visible": {**VISIBLE, "bewaren_tot": "ooit"}}),
    ("check_granted", "elementen", showing(overlijden=ROW["overlijden"])),
    ("check_granted", "elementen", showing(kinderen=ROW["kinderen"])),
    ("check_granted", "elementen", showing(kinderen=Value(waarde=2))),
    ("check_granted", "elementen", showing(naam_oud=ROW["naam"])),
    ("check_granted", "ontbreekt", missing("adres")),
    ("check_granted", "ontbreekt", missing("kinderen[0].voornamen")),
]
LINES = {"iss": {"locations": ("https://andere.example",)}, "vct": {"datatypes": ("gezin/2",)}}


def expected_for(rule: str) -> Expected:
    return replace(EXPECTED, line=msgspec.structs.replace(EXPECTED.line, **LINES.get(rule, {})))


@pytest.mark.parametrize(("row", "rule", "changes"), BAD)
def test_bk021_one_change_makes_it_unreadable_and_is_named(
    row: str, rule: str, changes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, expected = sealed(good(**changes)), expected_for(rule)
    with pytest.raises(ReceivedSetRefusedError) as refused:
        verify_received(made, KIT.trust, expected, at=AT)
    assert refused.value.rule == rule
    # Without its row it gets through: the row is what refuses it, and no other does.
    others = tuple(check for check in received.CHECKS if check.__name__ != row)
    assert len(others) == len(received.CHECKS) - 1
    monkeypatch.setattr(received, "CHECKS", others)
    assert verify_received(made, KIT.trust, expected, at=AT)


@pytest.mark.parametrize("member", ["ontvanger", "dienst", "bewaren_tot"])
def test_a_set_without_what_a_delivery_always_shows_is_refused(member: str) -> None:
    rest = {name: text for name, text in VISIBLE.items() if name != member}
    with pytest.raises(ReceivedSetRefusedError, match=member):
        read(good(visible=rest))


def test_a_set_bound_to_a_wallet_is_no_delivery() -> None:
    holder = {"kty": "EC", "crv": "P-256", "x": "", "y": ""}
    numbers = KIT.holder_key.public_numbers()
    holder |= {"x": b64url_encode(numbers.x.to_bytes(32, "big")), "y": b64url_encode(numbers.y.to_bytes(32, "big"))}
    with pytest.raises(DocumentError):
        read(good(holder_jwk=holder))


@pytest.mark.parametrize("trust", [KIT.anchored, KIT.stranger])
def test_a_seal_that_the_register_does_not_know_is_refused(trust: Any) -> None:
    with pytest.raises((ReceivedSetRefusedError, DocumentError)):
        verify_received(sealed(good()), trust, EXPECTED, at=AT)


def test_a_seal_by_anchor_alone_is_refused_by_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReceivedSetRefusedError, match="waarmerk"):
        verify_received(sealed(good()), KIT.anchored, EXPECTED, at=AT)
    monkeypatch.setattr(received, "CHECKS", tuple(c for c in received.CHECKS if c is not received.check_standing))
    assert verify_received(sealed(good()), KIT.anchored, EXPECTED, at=AT)


def test_a_false_seal_is_refused_before_anything_else() -> None:
    made, other = sealed(good()), sealed(good(delivery="levering-3"))
    false = UnverifiedSet(made.jwt.rpartition(b".")[0] + b"." + other.jwt.rpartition(b".")[2], made.disclosures)
    with pytest.raises(SignatureInvalidError):
        verify_received(false, KIT.trust, EXPECTED, at=AT)


def test_a_set_of_the_other_environment_is_refused() -> None:
    with pytest.raises(OtherEnvironmentError):
        read(good(environment="productie"))


EMPTY_YEAR = MissingElement(element="jaar", reden=Missing.NO_VALUE, periode=Period("2024-01-01", "2024-12-31"))


def test_an_empty_year_is_named_by_the_period_element() -> None:
    assert read(good(missing=(EMPTY_YEAR,)), period_element="jaar").missing == (EMPTY_YEAR,)


@pytest.mark.parametrize(
    "changes", [{"element": "adres"}, {"periode": None}, {"reden": Missing.NOT_DELIVERED}], ids=["other", "all", "why"]
)
def test_nothing_else_is_named_that_way(changes: dict[str, Any]) -> None:
    named = msgspec.structs.replace(EMPTY_YEAR, **changes)
    with pytest.raises(ReceivedSetRefusedError, match="ontbreekt"):
        read(good(missing=(named,)), period_element="jaar")


def test_a_refusal_names_no_value() -> None:
    with pytest.raises(ReceivedSetRefusedError) as refused:
        read(good(visible={**VISIBLE, "ontvanger": OTHER}))
    assert OTHER not in str(refused.value)
    assert OWN not in str(refused.value)
    assert not refused.value.retry
