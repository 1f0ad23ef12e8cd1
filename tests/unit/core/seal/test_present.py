# SPDX-License-Identifier: EUPL-1.2
"""Smaller copies: what is kept stays whole, what is not kept leaves no trace."""

from typing import Any

import msgspec
import pytest

from blauweknop.core.dataset.missing import MissingElement
from blauweknop.core.dataset.value import Row, Value
from blauweknop.core.seal.errors import (
    DigestRepeatedError,
    DisclosureMalformedError,
    HolderProofInvalidError,
    PathUnknownError,
    ProfileError,
    TooDeepError,
)
from blauweknop.core.seal.key_binding import HolderProof, public_jwk
from blauweknop.core.seal.present import minimise_set, present_set
from blauweknop.core.seal.sealed import SealedSet, UnverifiedSet, parse_sealed_set
from blauweknop.core.seal.verify import VerifiedSet
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import MalformedError
from tests.unit.core.seal.sets import AT, KIT, MISSING, ROW, YEARS, content, sealed

SINGLE = sealed(content("enkel", (ROW,)))
ROWS = sealed(content("rijen", YEARS))
GAPS = sealed(content("enkel", (ROW,), MISSING))


def read(made: SealedSet) -> VerifiedSet:
    return parse_sealed_set(made.compact()).verify(KIT.trust, at=AT)


def kept(whole: UnverifiedSet, *keep: str) -> tuple[Row, ...]:
    return read(minimise_set(whole, keep)).rows


def children(*rows: Row) -> dict[str, Value]:
    return {"kinderen": msgspec.structs.replace(ROW["kinderen"], waarde=rows)}


def items(value: Value) -> tuple[Row, ...]:
    assert isinstance(value.waarde, tuple)
    return value.waarde


ANN, BO = items(ROW["kinderen"])


@pytest.mark.parametrize(
    ("keep", "row"),
    [
        (["naam"], {"naam": ROW["naam"]}),
        (["overlijden", "naam"], {"naam": ROW["naam"], "overlijden": ROW["overlijden"]}),
        (["kinderen"], children(ANN, BO)),
        (["kinderen[0]"], children(ANN)),
        (["kinderen[1]"], children(BO)),
        (["kinderen.voornamen"], children({"voornamen": ANN["voornamen"]}, BO)),
        (["kinderen.geboortedatum"], children({"geboortedatum": ANN["geboortedatum"]})),
        (["kinderen[0].geboortedatum"], children({"geboortedatum": ANN["geboortedatum"]})),
        (["partner"], {"partner": ROW["partner"]}),
        (["partner.naam"], {"partner": ROW["partner"]}),
        ([], {}),
        (list(ROW), ROW),
    ],
)
def test_one_record(keep: list[str], row: Row) -> None:
    assert kept(SINGLE, *keep) == (row,)


@pytest.mark.parametrize(
    ("keep", "rows"),
    [
        (["rijen"], YEARS),
        (["rijen[1]"], YEARS[1:2]),
        (["rijen[0]", "rijen[2]"], (YEARS[0], YEARS[2])),
        (["inkomen"], tuple({"inkomen": row["inkomen"]} for row in YEARS)),
        (["rijen.jaar"], tuple({"jaar": row["jaar"]} for row in YEARS)),
        (["rijen[1].inkomen"], ({"inkomen": YEARS[1]["inkomen"]},)),
        (["rijen[0]", "rijen[1].jaar"], (YEARS[0], {"jaar": YEARS[1]["jaar"]})),
        ([], ()),
    ],
)
def test_rows(keep: list[str], rows: tuple[Row, ...]) -> None:
    assert kept(ROWS, *keep) == rows


@pytest.mark.parametrize(
    ("keep", "missing"),
    [
        (["naam"], ()),
        (["kinderen.voornamen"], ()),
        (["kinderen[0].voornamen", "naam"], ()),
        (["kinderen"], MISSING[1:2]),
        (["kinderen.geboortedatum"], MISSING[1:2]),
        (["kinderen[0]"], MISSING[1:2]),
        (["inkomen"], MISSING[:1]),
        (["adres", "naam"], MISSING[2:]),
        (list(ROW), MISSING[1:2]),
        ([], ()),
    ],
)
def test_what_is_missing_is_said_only_of_what_is_kept(keep: list[str], missing: tuple[MissingElement, ...]) -> None:
    assert read(minimise_set(GAPS, keep)).missing == missing


@pytest.mark.parametrize(
    "path", ["onbekend", "naam.deel", "kinderen[2]", "kinderen.naam", "rijen", "rijen[0]", "partner[0]"]
)
def test_a_path_that_names_nothing_is_named(path: str) -> None:
    for whole in (SINGLE, GAPS):
        with pytest.raises(PathUnknownError) as caught:
            minimise_set(whole, ["naam", path])
        assert path in str(caught.value)
        assert caught.value.clause


@pytest.mark.parametrize("path", ["", "Naam", "a..b", "kinderen[x]", "a.b.c.d", "kinderen[-1]", "naam "])
def test_what_is_no_path_is_refused(path: str) -> None:
    for whole in (SINGLE, GAPS):
        with pytest.raises(MalformedError):
            minimise_set(whole, [path])


def test_a_smaller_copy_holds_nothing_that_was_not_kept() -> None:
    smaller = minimise_set(GAPS, ["naam", "partner"])
    assert smaller.jwt == GAPS.jwt
    assert set(smaller.disclosures) < set(GAPS.disclosures)
    assert len(smaller.disclosures) == 3
    assert smaller.fingerprint == GAPS.fingerprint
    assert smaller.show_print != GAPS.show_print


def test_a_copy_of_a_copy_counts_what_is_shown() -> None:
    once = parse_sealed_set(minimise_set(ROWS, ["rijen[1]", "rijen[2]"]).compact())
    assert kept(once, "rijen[0]") == YEARS[1:2]
    with pytest.raises(PathUnknownError):
        minimise_set(once, ["rijen[2]"])


def test_a_holder_shows_a_part() -> None:
    bound = msgspec.structs.replace(content("enkel", (ROW,)), holder_jwk=public_jwk(KIT.holder_key))
    shown = present_set(sealed(bound), ["naam"], nonce="n", audience="https://vrager.example", at=AT, holder=KIT.holder)
    expect = HolderProof("n", "https://vrager.example")
    for data in (shown.compact(), shown.json()):
        assert parse_sealed_set(data).verify(KIT.trust, at=AT, expect=expect).rows == ({"naam": ROW["naam"]},)
    assert shown.show_print == parse_sealed_set(shown.compact()).show_print
    again = minimise_set(parse_sealed_set(shown.compact()), ["naam"])
    assert again.kb_jwt == b""
    with pytest.raises(HolderProofInvalidError):
        parse_sealed_set(shown.compact()).verify(KIT.trust, at=AT + 301, expect=expect)


def made_of(payload: Any, *disclosures: Any) -> UnverifiedSet:
    """A set that nobody signed, for what is refused before anything is read."""
    parts = tuple(b64url_encode(encode(each)).encode() for each in disclosures)
    return UnverifiedSet(b"e30." + b64url_encode(encode(payload)).encode() + b".AA", parts)


def digest(disclosure: Any) -> str:
    from blauweknop.core.seal.fingerprint import fingerprint

    return fingerprint(b64url_encode(encode(disclosure)).encode())


@pytest.mark.parametrize(
    "disclosure",
    [["zout"], ["zout", {"waarde": 1}], {"zout": 1}, ["zout", 1, {"waarde": 1}], ["zout", "naam", "los"]],
)
def test_a_malformed_set_is_refused_before_it_is_cut(disclosure: Any) -> None:
    good = ["zout", "naam", {"waarde": 1}]
    assert minimise_set(made_of({"_sd": [digest(good)]}, good), ["naam"]).disclosures
    with pytest.raises(DisclosureMalformedError):
        minimise_set(made_of({"_sd": [digest(disclosure)]}, disclosure), ["naam"])


@pytest.mark.parametrize("item", ["x", {}, {"element": 1}])
def test_a_malformed_missing_element_is_refused_before_it_is_cut(item: Any) -> None:
    disclosure = ["zout", item]
    with pytest.raises(ProfileError):
        minimise_set(made_of({"ontbreekt": [{"...": digest(disclosure)}]}, disclosure), ["naam"])


@pytest.mark.parametrize("payload", [[], 1, "x"])
def test_a_payload_that_is_no_object_is_refused_before_it_is_cut(payload: Any) -> None:
    with pytest.raises(MalformedError):
        minimise_set(made_of(payload), ["naam"])


@pytest.mark.parametrize("digests", ["x", 1, [1], [["x"]], [{}], None])
def test_what_should_be_digests_and_is_not_names_nothing(digests: Any) -> None:
    for payload in ({"_sd": digests}, {"rijen": digests}, {"rijen": [{"...": digests}]}):
        with pytest.raises(PathUnknownError):
            minimise_set(made_of(payload), ["naam"])


def nest(levels: int, width: int) -> tuple[dict[str, Any], list[Any]]:
    """A payload whose one element holds ``width`` places for the next, so many levels deep."""
    made: list[Any] = [["zout", "n0", {"waarde": 1}]]
    for level in range(1, levels):
        made.append(["zout", f"n{level}", {"waarde": {"_sd": [digest(made[-1])] * width}}])
    return {"_sd": [digest(made[-1])]}, made


def test_a_small_file_that_would_be_walked_for_ever_is_refused() -> None:
    payload, made = nest(6, 1)
    assert len(minimise_set(made_of(payload, *made), ["n5"]).disclosures) == 6
    payload, made = nest(6, 2)
    with pytest.raises(DigestRepeatedError):
        minimise_set(made_of(payload, *made), ["n5"])


def test_a_file_nested_deeper_than_any_set_is_refused() -> None:
    payload, made = nest(500, 1)
    with pytest.raises(TooDeepError):
        minimise_set(made_of(payload, *made), ["n499"])
