# SPDX-License-Identifier: EUPL-1.2
"""A decision of the scheme manager counts only as its account signed it."""

from typing import Any

import msgspec
import pytest

from blauweknop.core.scheme.decision import OLDEST, TYP, Decision, sign_decision, verify_decision
from blauweknop.core.scheme.errors import DecisionRefusedError
from blauweknop.core.scheme.stages import Act
from blauweknop.core.wire.jws import sign_compact
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import BlauweKnopError, MalformedError, SignatureInvalidError
from blauweknop.testing.registering import AT, REGISTER_ISS, SOURCE_OIN, make_signer, named_key

SIGNER = make_signer("account anna")
GOOD = Decision(register=REGISTER_ISS, act=Act.SUSPEND, oin=SOURCE_OIN, content="A" * 43, account="anna", at=AT)


def verify(token: bytes, label: str = "account anna", **expected: Any) -> Decision:
    key = named_key(label).public_key()
    return verify_decision(token, key, expected=msgspec.structs.replace(GOOD, **expected))


@pytest.mark.parametrize("later", [-10, 0, OLDEST])
def test_a_decision_of_just_now_counts(later: int) -> None:
    assert verify(sign_decision(GOOD, SIGNER), at=AT + later) == GOOD


@pytest.mark.parametrize(
    ("expected", "error"),
    [
        ({"register": "https://elders.example"}, DecisionRefusedError),
        ({"act": Act.END}, DecisionRefusedError),
        ({"oin": "0" * 20}, DecisionRefusedError),
        ({"content": "B" * 43}, DecisionRefusedError),
        ({"account": "bram"}, DecisionRefusedError),
        ({"at": AT + OLDEST + 1}, DecisionRefusedError),
        ({"at": AT - 11}, DecisionRefusedError),
        ({"label": "account bram"}, SignatureInvalidError),
    ],
)
def test_for_something_else_it_does_not(expected: dict[str, Any], error: type[BlauweKnopError]) -> None:
    with pytest.raises(error):
        verify(sign_decision(GOOD, SIGNER), **expected)


@pytest.mark.parametrize(
    ("header", "payload", "error"),
    [
        ({"typ": "jwt"}, GOOD, MalformedError),
        ({"typ": TYP}, {"handeling": "schorsen"}, DecisionRefusedError),
        ({"typ": TYP}, {**msgspec.to_builtins(GOOD), "handeling": "wissen"}, DecisionRefusedError),
    ],
)
def test_another_form_is_refused(header: dict[str, str], payload: object, error: type[BlauweKnopError]) -> None:
    with pytest.raises(error):
        verify(sign_compact(header, encode(payload), SIGNER))
