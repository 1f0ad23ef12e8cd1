# SPDX-License-Identifier: EUPL-1.2
"""A receipt is believed only as the consent service signed it, and says what was shown and granted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import msgspec
import pytest

from blauweknop.core.consent.consent import Consent
from blauweknop.core.consent.pairwise import pairwise_sub
from blauweknop.core.consent.receipt import (
    MAX_RECEIPT_BYTES,
    TYP,
    Receipt,
    ReceiptRefusedError,
    check_recorded,
    issue_receipt,
    parse_receipt,
    text_hash,
)
from blauweknop.core.consent.recording import ConsentServiceName, ShownText, make_receipt
from blauweknop.core.wire.jws import sign_compact
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import MalformedError, SignatureInvalidError
from blauweknop.testing.sealing import FixedSigner, fixed_key

from .test_request import CATALOGUE, LINES, REQUEST

AT: Final = 1_793_534_400
KEY: Final = fixed_key("receipt")
SIGNER: Final = FixedSigner(KEY, kid="bewijs")
SERVICE: Final = ConsentServiceName(
    iss="https://toestemming.example", oin="3" * 20, name="Toestemmingsdienst", environment="test"
)
TEXT: Final = "Hypotheek Voorbeeld vraagt gegevens over u. € 1"
CONSENT: Final = Consent(
    id="g1",
    kind="gegevensset",
    citizen="ab" * 16,
    client="https://vrager.example",
    client_oin="2" * 20,
    lines=tuple(msgspec.structs.replace(line, regel=f"r{number}") for number, line in enumerate(LINES)),
    acr="substantieel",
    given_at=AT,
    until=AT + 1000,
    since=AT,
)
SUB: Final = pairwise_sub(bytes(32), "2" * 20, CONSENT.citizen)


def good(**changes: Any) -> Receipt:
    request = replace(REQUEST, **changes)
    shown = ShownText(text=TEXT, language="nl")
    return make_receipt(CONSENT, request, shown=shown, service=SERVICE, sub=SUB, catalogue=CATALOGUE)


RECEIPT: Final = good()


def verify(token: bytes) -> Receipt:
    return parse_receipt(token).verify(KEY.public_key(), iss=SERVICE.iss, environment="test").receipt


def test_what_was_issued_verifies_and_says_the_same() -> None:
    assert verify(issue_receipt(RECEIPT, SIGNER)) == RECEIPT


def test_it_holds_the_exact_text_and_its_hash() -> None:
    added = RECEIPT.blauweknop
    assert added.text == TEXT
    assert RECEIPT.privacy_notice == f"sha-256:{added.text_sha256}"


def test_it_says_who_what_why_and_how_long_in_the_words_of_27560() -> None:
    payload = parse_object(encode(RECEIPT))
    assert {"schema_version", "record_id", "receipt_id", "pii_principal_id", "purposes", "events"} <= payload.keys()
    assert [party["party_role"] for party in payload["party_identification"]] == [
        "gegevensvrager",
        "gegevenshouder",
        "gegevenshouder",
        "toestemmingsdienst",
    ]
    income = payload["purposes"][0]
    assert income["retention_period"] == "P90D"
    assert income["recipient_third_parties"] == ["2" * 20]
    assert {one["pii_attribute_id"]: one["pii_optional"] for one in income["pii_information"]} == {
        "verzamelinkomen": False,
        "spaargeld": True,
        "belastingjaar": False,
    }


def test_explicit_consent_is_called_so() -> None:
    profile = CATALOGUE.profiles["wlz/1"]
    explicit = good(profile=profile)
    assert explicit.blauweknop.explicit
    assert explicit.events[0].event_type == "uitdrukkelijk"
    assert RECEIPT.events[0].event_type == "toestemming"


def test_bk082_neither_bsn_nor_citizen_id_stands_in_it() -> None:
    assert CONSENT.citizen.encode() not in encode(RECEIPT)


def signed(payload: dict[str, Any], *, typ: str = TYP, signer: FixedSigner = SIGNER) -> bytes:
    return sign_compact({"typ": typ}, encode(payload), signer)


def payload(**changes: Any) -> dict[str, Any]:
    return {**parse_object(encode(RECEIPT)), **changes}


def test_the_same_payload_signed_here_is_good() -> None:
    assert verify(signed(payload())) == RECEIPT


@pytest.mark.parametrize(
    ("token", "error"),
    [
        (signed(payload(), signer=FixedSigner(fixed_key("other"), kid="bewijs")), SignatureInvalidError),
        (signed(payload(), typ="at+jwt"), MalformedError),
        (signed(payload(iss="https://ander.example")), ReceiptRefusedError),
        (signed(payload(receipt_id=3)), MalformedError),
        (signed({name: value for name, value in payload().items() if name != "events"}), MalformedError),
        (b"a.b", MalformedError),
        (b"x" * (2 * MAX_RECEIPT_BYTES + 1), MalformedError),
    ],
    ids=["other key", "other typ", "other iss", "other type", "member missing", "no JWS", "too large"],
)
def test_one_change_and_it_is_refused(token: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        verify(token)


def test_another_environment_is_refused() -> None:
    with pytest.raises(ReceiptRefusedError, match="omgeving"):
        parse_receipt(signed(payload())).verify(KEY.public_key(), iss=SERVICE.iss, environment="productie")


def test_another_text_than_the_hash_is_refused() -> None:
    added = {**payload()["blauweknop"], "tekst": TEXT + "!"}
    with pytest.raises(ReceiptRefusedError, match="tekst"):
        verify(signed(payload(blauweknop=added)))


def test_a_text_without_bound_is_not_signed() -> None:
    long = "x" * 60_001
    added = msgspec.structs.replace(RECEIPT.blauweknop, text=long, text_sha256=text_hash(long))
    with pytest.raises(MalformedError):
        issue_receipt(msgspec.structs.replace(RECEIPT, blauweknop=added), SIGNER)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "g2"},
        {"citizen": "cd" * 16},
        {"client_oin": "4" * 20},
        {"client": "https://ander.example"},
        {"acr": "hoog"},
        {"lines": CONSENT.lines[:1]},
        {"lines": (msgspec.structs.replace(CONSENT.lines[0], geldig_tot="2030-01-01"), *CONSENT.lines[1:])},
    ],
)
def test_a_consent_that_was_written_into_the_store_is_found(changes: dict[str, Any]) -> None:
    verified = parse_receipt(issue_receipt(RECEIPT, SIGNER)).verify(
        KEY.public_key(), iss=SERVICE.iss, environment="test"
    )
    check_recorded(CONSENT, verified, sub=SUB)
    changed = msgspec.structs.replace(CONSENT, **changes)
    with pytest.raises(ReceiptRefusedError):
        check_recorded(changed, verified, sub=pairwise_sub(bytes(32), changed.client_oin, changed.citizen))
