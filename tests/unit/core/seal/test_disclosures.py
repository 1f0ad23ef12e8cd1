# SPDX-License-Identifier: EUPL-1.2
"""The generic rules of RFC 9901: other people's SD-JWTs, in any spelling of JSON."""

import json
from typing import Any

import pytest

from blauweknop.core.seal.disclosures import MAX_DEPTH, decode_disclosure, digests_of, reveal
from blauweknop.core.seal.errors import (
    ClaimHiddenError,
    DisclosureUnreferencedError,
    HashAlgorithmError,
    TooDeepError,
)
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.errors import MalformedError

# RFC 9901 §4.2: disclosures with the digests that the RFC gives for them.
RFC_PAIRS = [
    (
        "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
        "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
    ),
    ("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIlVTIl0", "pFndjkZ_VCzmyTa6UjlZo3dh-ko8aIKQc9DlGzhaVYo"),
]


def spelt(*contents: Any) -> tuple[list[bytes], list[Any]]:
    """Disclosures of ``contents``, spelt with white space, and what they hold."""
    encoded = [b64url_encode(json.dumps(each, indent=1).encode()).encode() for each in contents]
    return encoded, [decode_disclosure(each) for each in encoded]


@pytest.mark.parametrize(("disclosure", "digest"), RFC_PAIRS)
def test_the_digests_of_the_rfc(disclosure: str, digest: str) -> None:
    assert digests_of([disclosure.encode()]) == [digest]


def test_no_disclosure_has_no_digest() -> None:
    assert digests_of([]) == []


def test_any_spelling_of_json_is_processed() -> None:
    encoded, contents = spelt(["s1", "city", "Den Haag"], ["s2", "NL"], ["s3", "deep", {"_sd": []}])
    city, country, deep = digests_of(encoded)
    payload = {"address": {"_sd": [city, "decoy", deep]}, "nationalities": [{"...": country}, {"...": "decoy2"}, "BE"]}
    revealed = reveal({**payload, "_sd_alg": "sha-256"}, encoded, contents)
    assert revealed.claims == {"address": {"city": "Den Haag", "deep": {}}, "nationalities": ["NL", "BE"]}
    assert revealed.hidden == 2


def test_no_hash_algorithm_is_sha_256_and_another_is_refused() -> None:
    assert reveal({"a": 1}, [], []).claims == {"a": 1}
    for name in ("sha-384", "", None, 256):
        with pytest.raises(HashAlgorithmError):
            reveal({"a": 1, "_sd_alg": name}, [], [])


def test_disclosures_inside_disclosures_are_followed_and_orphans_refused() -> None:
    (inner,), (inner_content,) = spelt(["s", "street", "x"])
    encoded, contents = spelt(["s", "address", {"_sd": digests_of([inner])}])
    payload = {"_sd": digests_of(encoded)}
    assert reveal(payload, [*encoded, inner], [*contents, inner_content]).claims == {"address": {"street": "x"}}
    assert reveal(payload, encoded, contents).hidden == 1
    with pytest.raises(DisclosureUnreferencedError):
        reveal(payload, [inner], [inner_content])


def test_a_name_that_may_not_be_hidden_at_the_top_may_be_hidden_below() -> None:
    encoded, contents = spelt(["s", "status", "gehuwd"])
    digests = digests_of(encoded)
    assert reveal({"persoon": {"_sd": digests}}, encoded, contents).claims == {"persoon": {"status": "gehuwd"}}
    with pytest.raises(ClaimHiddenError):
        reveal({"_sd": digests}, encoded, contents)


@pytest.mark.parametrize("wrap", [lambda inner: [inner], lambda inner: {"x": inner}])
def test_depth_has_an_end(wrap: Any) -> None:
    value: Any = 1
    for _ in range(MAX_DEPTH):
        value = wrap(value)
    reveal({"a": value}, [], [])
    with pytest.raises(TooDeepError):
        reveal({"a": wrap(value)}, [], [])


@pytest.mark.parametrize("encoded", [b"W10=", b"e", b"WyJhIiwiYSI", b"", b"+/+/"])
def test_what_is_no_disclosure_is_refused(encoded: bytes) -> None:
    with pytest.raises(MalformedError):
        decode_disclosure(encoded)
