# SPDX-License-Identifier: EUPL-1.2
"""What is signed of own access: believed as it was signed, and only for the own access that is stored beside it."""

from __future__ import annotations

from typing import Any, Final

import msgspec
import pytest

from blauweknop.core.consent.consent import Consent
from blauweknop.core.consent.own_access import (
    MAX_BYTES,
    TYP,
    OwnAccessRefusedError,
    check_own_access,
    issue_own_access,
    make_own_access,
    parse_own_access,
)
from blauweknop.core.consent.receipt import TYP as RECEIPT
from blauweknop.core.wire.jws import sign_compact
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import MalformedError, SignatureInvalidError
from blauweknop.testing.sealing import FixedSigner, fixed_key

from .test_request import LINES

AT: Final = 1_793_534_400
ISS: Final = "https://toestemming.example"
KEY: Final = fixed_key("receipt")
SIGNER: Final = FixedSigner(KEY, kid="bewijs")
SUB: Final = "s" * 43
GIVEN: Final = Consent(
    id="g1",
    kind="eigen_inzage",
    citizen="ab" * 16,
    client="https://app.example",
    client_oin="2" * 20,
    lines=tuple(
        msgspec.structs.replace(line, type="eigen_inzage", dienst="", frequentie="", bewaartermijn="", regel="r1")
        for line in LINES[:1]
    ),
    acr="substantieel",
    given_at=AT,
    until=AT + 3600,
    since=AT,
)
TOKEN: Final = issue_own_access(make_own_access(GIVEN, iss=ISS, environment="test", sub=SUB), SIGNER)


def believed(token: bytes = TOKEN, **changes: Any) -> Any:
    wanted = {"iss": ISS, "environment": "test", **changes}
    return parse_own_access(token).verify(KEY.public_key(), **wanted)


def signed(**changes: Any) -> bytes:
    payload = {**parse_object(parse_own_access(TOKEN).jws.dangerous_payload), **changes}
    return sign_compact({"typ": TYP}, encode(payload), SIGNER)


def test_bk029_a_record_of_own_access_is_believed_and_fits_what_is_stored() -> None:
    check_own_access(GIVEN, believed(), sub=SUB)
    check_own_access(GIVEN, believed(signed()), sub=SUB)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "gegevensset"},
        {"id": "g2"},
        {"client": "https://elders.example"},
        {"acr": "hoog"},
        {"until": AT + 7200},
        {"given_at": AT - 1},
        {"lines": (msgspec.structs.replace(GIVEN.lines[0], elementen=("belastingjaar",)),)},
        {"lines": (msgspec.structs.replace(GIVEN.lines[0], locations=("https://elders.example",)),)},
        {"lines": GIVEN.lines * 2},
    ],
)
def test_one_change_in_the_store_and_it_was_written_in(change: dict[str, Any]) -> None:
    with pytest.raises(OwnAccessRefusedError):
        check_own_access(msgspec.structs.replace(GIVEN, **change), believed(), sub=SUB)


def test_own_access_of_another_citizen_is_refused() -> None:
    with pytest.raises(OwnAccessRefusedError):
        check_own_access(GIVEN, believed(), sub="t" * 43)


@pytest.mark.parametrize(
    ("token", "error"),
    [
        (sign_compact({"typ": RECEIPT}, parse_own_access(TOKEN).jws.dangerous_payload, SIGNER), MalformedError),
        (TOKEN[:-6] + b"AAAAAA", SignatureInvalidError),
        (
            issue_own_access(
                make_own_access(GIVEN, iss=ISS, environment="test", sub=SUB),
                FixedSigner(fixed_key("dief"), kid="bewijs"),
            ),
            SignatureInvalidError,
        ),
        (signed(sub=1), MalformedError),
        (signed(exp="straks"), MalformedError),
        (signed(iss="https://elders.example"), OwnAccessRefusedError),
        (signed(omgeving="productie"), OwnAccessRefusedError),
        (b"x" * (2 * MAX_BYTES + 1), MalformedError),
        (b"", MalformedError),
    ],
)
def test_a_record_of_another_or_another_kind_is_not_believed(token: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        believed(token)
