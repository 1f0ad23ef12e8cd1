# SPDX-License-Identifier: EUPL-1.2
"""Whatever is changed in something signed, or sent as lines: it is refused, by an error of OAuth and by no other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.consent.line import Line
from blauweknop.core.oauth.client import Client
from blauweknop.core.oauth.client_assertion import AssertionSituation, check_assertion, parse_assertion
from blauweknop.core.oauth.dpop import ProofSituation, check_proof, parse_proof
from blauweknop.core.oauth.errors import OAuthError
from blauweknop.core.oauth.rar import check_lines, parse_authorization_details
from blauweknop.core.oauth.resource import open_subject, parse_access_token
from blauweknop.core.wire.strict_json import encode
from tests.unit.core.oauth.kit import (
    APP,
    INCOME,
    ISSUER,
    NONCES,
    NOW,
    OWN_ACCESS,
    REGISTRATION,
    REQUESTER,
    SOURCE_KEY,
    TODAY,
    assertion,
    proof,
)
from tests.unit.core.oauth.test_access_token import EXPECTED, made

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~%= "
ASSERTION, PROOF, TOKEN = assertion(), proof(), made()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def believe_assertion(text: str) -> None:
    found = parse_assertion(text)
    check_assertion(
        AssertionSituation(assertion=found, client_id=REQUESTER.client_id, keys=REQUESTER.keys, issuer=ISSUER, at=NOW)
    )


def believe_proof(text: str) -> None:
    found = parse_proof([text])
    check_proof(
        ProofSituation(proof=found, method="POST", url=f"{ISSUER}/token", profile="vrager", nonces=NONCES, at=NOW)
    )


def believe_token(text: str) -> None:
    token = parse_access_token(text.encode()).verify(EXPECTED, at=NOW)
    open_subject(token, SOURCE_KEY)


@pytest.mark.parametrize(
    ("good", "believe"), [(ASSERTION, believe_assertion), (PROOF, believe_proof), (TOKEN, believe_token)]
)
@given(data=st.data())
def test_any_character_changed_added_or_taken_away_is_refused(good: str, believe: Any, data: st.DataObject) -> None:
    believe(good)
    place = data.draw(st.integers(0, len(good) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    how = data.draw(st.sampled_from(["change", "add", "take"]))
    rest = good[place:] if how == "add" else good[place + 1 :]
    other = good[:place] + ("" if how == "take" else letter) + rest
    if other == good:
        return
    with pytest.raises(OAuthError):
        believe(other)


def asked(client: Client, lines: Any) -> tuple[Line, ...]:
    found = parse_authorization_details(encode(lines).decode())
    check_lines(found, client, REGISTRATION, TODAY)
    return found


@given(JSON)
def test_no_json_is_anything_but_lines_or_a_refusal(value: object) -> None:
    with pytest.raises(OAuthError):
        asked(REQUESTER, value)


@given(st.sampled_from(sorted({*INCOME, "regel", "samen"})), JSON, st.booleans())
def test_any_value_in_a_member_is_within_the_cap_or_refused(member: str, value: object, app: bool) -> None:
    client, good = (APP, OWN_ACCESS) if app else (REQUESTER, INCOME)
    assert asked(client, [good])
    try:
        (line,) = asked(client, [{**good, member: value}])
    except OAuthError:
        return
    if not app:
        # What passes asks no element, source or service that the profile does not have.
        assert line.dienst == "hypotheek/1"
        assert line.source in REGISTRATION.sources
