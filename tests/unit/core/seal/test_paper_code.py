# SPDX-License-Identifier: EUPL-1.2
"""The paper code: what goes on it, that it is checked, and that it has one spelling."""

import datetime as dt
import functools
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.dataset.definition import DataSetDefinition, Shape
from blauweknop.core.dataset.value import REMARKS, STATUSES, Period, Row, Value
from blauweknop.core.seal.certificate_errors import CertificateIssuerError, SealUnknownError
from blauweknop.core.seal.errors import ContentError, NotYetValidError
from blauweknop.core.seal.paper_code import (
    MAX_CHARACTERS,
    PREFIX,
    PaperContent,
    VerifiedPaperCode,
    encode_paper_code,
    parse_paper_code,
)
from blauweknop.core.seal.paper_value import WORDS, decode_value, encode_value
from blauweknop.core.seal.trust import Standing
from blauweknop.core.wire.base45 import base45_decode, base45_encode
from blauweknop.core.wire.base64url import b64url_decode
from blauweknop.core.wire.cbor import encode_cbor, parse_cbor
from blauweknop.core.wire.cose import parse_sign1, sign_sign1
from blauweknop.errors import DocumentError, MalformedError, SignatureInvalidError
from blauweknop.testing.sealing import (
    ISS,
    NAME,
    OIN,
    SCHEME_URL,
    FixedSigner,
    fixed_key,
    seal_kit,
    small_definition,
    small_element,
)

AT = 1_795_600_000
KIT = seal_kit()
FINGERPRINT = "0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdQ"


def definition(shape: Shape) -> DataSetDefinition:
    on_paper = functools.partial(small_element, on_paper=True)
    return small_definition(
        "gezin",
        on_paper("naam", "tekst"),
        on_paper("geboortedatum", "datum"),
        small_element("burgerservicenummer", "code"),
        on_paper("inkomen", "bedrag"),
        on_paper("gehuwd", "janee"),
        on_paper("partner", "groep", on_paper("naam", "tekst"), small_element("adres", "tekst")),
        on_paper("kinderen", "lijst", on_paper("naam", "tekst"), on_paper("geboortedatum", "datum")),
        shape=shape,
    )


ROW: Row = {
    "naam": Value(waarde="Jansen", begrip="naam/1"),
    "geboortedatum": Value(waarde="1978-03", peildatum="2026-11-01", opmerking="deels-onbekend"),
    "burgerservicenummer": Value(waarde="000000012"),
    "inkomen": Value(
        waarde=-4_650_000,
        eenheid="eurocent",
        periode=Period("2024-01-01", "2024-12-31"),
        peildatum="2026",
        status="voorlopig",
        in_onderzoek="2021-12",
    ),
    "gehuwd": Value(waarde=None),
    "partner": Value(waarde={"naam": Value(waarde="Vries"), "adres": Value(waarde="Kade 1")}),
    "kinderen": Value(
        waarde=(
            {"naam": Value(waarde="Ann"), "geboortedatum": Value(waarde="2010-01-02")},
            {"geboortedatum": Value(waarde="2012")},
        )
    ),
}
ON_PAPER = {
    "naam": Value(waarde="Jansen"),
    "geboortedatum": ROW["geboortedatum"],
    "inkomen": ROW["inkomen"],
    "gehuwd": Value(waarde=None),
    "partner.naam": Value(waarde="Vries"),
    "kinderen[0].naam": Value(waarde="Ann"),
    "kinderen[0].geboortedatum": Value(waarde="2010-01-02"),
    "kinderen[1].geboortedatum": Value(waarde="2012"),
}


def content(shape: Shape = "enkel", rows: tuple[Row, ...] = (ROW,), **changes: Any) -> PaperContent:
    made = PaperContent(
        definition=definition(shape),
        scheme_url=SCHEME_URL,
        iss=ISS,
        issued_at=AT,
        fingerprint=FINGERPRINT,
        rows=rows,
    )
    return msgspec.structs.replace(made, **changes)


def code(**changes: Any) -> str:
    return encode_paper_code(content(**changes), signer=KIT.signer)


def read(text: str) -> VerifiedPaperCode:
    return parse_paper_code(text).verify(KIT.trust, at=AT)


def test_bk009_what_is_printed_is_read_back_without_a_network() -> None:
    found = read(code())
    assert dict(found.values) == ON_PAPER
    assert (found.iss, found.vct) == (ISS, f"{SCHEME_URL}/v1/gegevenssets/gezin/1")
    assert (found.data_set, found.issued_at, found.fingerprint, found.more) == ("gezin/1", AT, FINGERPRINT, 0)
    assert (found.oin, found.organisation, found.standing) == (OIN, NAME, Standing.IN_STELSEL)


def test_a_set_of_rows_names_the_row() -> None:
    found = read(code(shape="rijen", rows=({"naam": Value(waarde="A")}, {}, {"naam": Value(waarde="C")})))
    assert {path: value.waarde for path, value in found.values.items()} == {"rijen[0].naam": "A", "rijen[2].naam": "C"}


@pytest.mark.parametrize("shape", ["enkel", "rijen"])
def test_a_set_with_nothing_in_it_says_so(shape: Shape) -> None:
    found = read(code(shape=shape, rows=()))
    assert (dict(found.values), found.more) == ({}, 0)


@pytest.mark.parametrize("count", [1, 12, 40, 200])
def test_it_is_filled_in_order_of_the_definition_and_says_how_many_more(count: int) -> None:
    rows = tuple({"naam": Value(waarde=f"Naam {number}"), "inkomen": Value(waarde=number)} for number in range(count))
    text = code(shape="rijen", rows=rows)
    found = read(text)
    order = [f"rijen[{number}].{name}" for number in range(count) for name in ("naam", "inkomen")]
    assert len(text) <= MAX_CHARACTERS
    assert set(found.values) == set(order[: len(found.values)])
    assert found.more == 2 * count - len(found.values)
    if found.more:
        # One value more of the same size would not have fitted.
        assert len(text) > MAX_CHARACTERS - 60


def test_what_never_goes_on_paper_is_not_there_in_any_form() -> None:
    raw = base45_decode(code()[len(PREFIX) :])
    assert b"Vries" in raw
    assert b"000000012" not in raw
    assert b"Kade" not in raw


@pytest.mark.parametrize("ref", sorted(item.ref for item in load_catalogue().definitions.values()))
def test_each_data_set_of_the_catalogue_has_something_on_paper(ref: str) -> None:
    found = load_catalogue().definitions[ref]
    row = {part.id: Value(waarde="x") for part in found.elements if part.kind not in ("lijst", "groep")}
    said = read(code(definition=found, rows=(row,)))
    assert len(said.values) == sum(part.on_paper for part in found.elements)
    assert said.data_set == ref


def test_a_name_too_long_for_any_code_is_our_own_fault() -> None:
    with pytest.raises(ContentError):
        code(iss="https://" + "a" * 700)


# What is wrong with the text


BAD_TEXTS = {
    "no prefix": lambda text: text[len(PREFIX) :],
    "prefix in lower case": lambda text: "bk1:" + text[len(PREFIX) :],
    "prefix of another version": lambda text: "BK2:" + text[len(PREFIX) :],
    "a space before it": lambda text: " " + text,
    "a new line after it": lambda text: text + "\n",
    "lower case": str.lower,
    "cut off by one": lambda text: text[:-1],
    "cut off by two": lambda text: text[:-2],
    "cut off by three": lambda text: text[:-3],
    "nothing after the prefix": lambda _text: PREFIX,
    "something after it": lambda text: text + "00",
    "padded beyond the limit": lambda text: text + "0" * MAX_CHARACTERS,
}


@pytest.mark.parametrize("change", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_another_spelling_of_the_text_is_refused(change: Any) -> None:
    assert read(code())
    with pytest.raises(MalformedError):
        parse_paper_code(change(code()))


# What is wrong with what was signed: by the source's own key, so that only the form can refuse it


def forged(payload: bytes, *, kid: bytes = b64url_decode(KIT.signer.kid), signer: FixedSigner = KIT.signer) -> str:
    return PREFIX + base45_encode(sign_sign1(payload, kid=kid, signer=signer))


def said() -> dict[str, Any]:
    sign1 = parse_sign1(base45_decode(code()[len(PREFIX) :]), max_bytes=1000)
    payload = parse_cbor(sign1.dangerous_payload, max_bytes=1000)
    assert isinstance(payload, dict)
    return payload


def test_the_forger_of_these_tests_makes_the_good_one_too() -> None:
    assert forged(encode_cbor(said())) == code()


BAD_PAYLOADS = {
    "a member less": {key: value for key, value in said().items() if key != "meer"},
    "a member more": said() | {"sub": "1"},
    "iat as text": said() | {"iat": str(AT)},
    "iat as a boolean": said() | {"iat": True},
    "iat as a float": said() | {"iat": AT + 0.5},
    "iat before 1970": said() | {"iat": -1},
    "iat far beyond": said() | {"iat": 2**41},
    "meer below nothing": said() | {"meer": -1},
    "fingerprint too short": said() | {"vingerafdruk": bytes(31)},
    "fingerprint as text": said() | {"vingerafdruk": FINGERPRINT},
    "iss as a number": said() | {"iss": 1},
    "vct of something else": said() | {"vct": "https://stelsel.example/gezin"},
    "vct with a version 0": said() | {"vct": f"{SCHEME_URL}/v1/gegevenssets/gezin/0"},
    "elements as a list": said() | {"elementen": []},
    "element without a name": said() | {"elementen": {"": [1]}},
    "element by number": said() | {"elementen": {1: [1]}},
    "element with an index spelt otherwise": said() | {"elementen": {"kinderen[01].naam": [1]}},
    "element not as an array": said() | {"elementen": {"naam": "Jansen"}},
    "element without a value": said() | {"elementen": {"naam": []}},
    "element with eight members": said() | {"elementen": {"naam": [1, 2, 3, None, 1, 1, 1, 1]}},
    "element with a null at the end": said() | {"elementen": {"naam": ["Jansen", None]}},
    "value that is a list": said() | {"elementen": {"naam": [["Jansen"]]}},
    "value that is a map": said() | {"elementen": {"naam": [{}]}},
    "value that is bytes": said() | {"elementen": {"naam": [b"Jansen"]}},
    "unit as text that has a number": said() | {"elementen": {"naam": [1, "eurocent"]}},
    "unit that is empty": said() | {"elementen": {"naam": [1, ""]}},
    "unit with no such number": said() | {"elementen": {"naam": [1, len(WORDS)]}},
    "unit below nothing": said() | {"elementen": {"naam": [1, -1]}},
    "unit as a boolean": said() | {"elementen": {"naam": [1, True]}},
    "whole date as text": said() | {"elementen": {"naam": [1, None, "2026-11-01"]}},
    "date that is none": said() | {"elementen": {"naam": [1, None, "2026-13"]}},
    "date after the calendar": said() | {"elementen": {"naam": [1, None, 2_932_897]}},
    "date before the calendar": said() | {"elementen": {"naam": [1, None, -719_163]}},
    "date as a float": said() | {"elementen": {"naam": [1, None, 1.5]}},
    "period of one date": said() | {"elementen": {"naam": [1, None, None, [1]]}},
    "period without an end": said() | {"elementen": {"naam": [1, None, None, [1, None]]}},
    "period as text": said() | {"elementen": {"naam": [1, None, None, "2024"]}},
}


@pytest.mark.parametrize("payload", BAD_PAYLOADS.values(), ids=BAD_PAYLOADS)
def test_another_spelling_of_the_content_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(MalformedError):
        parse_paper_code(forged(encode_cbor(payload)))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        encode_cbor([]),
        encode_cbor(said()) + b"\0",
        encode_cbor(said()).replace(b"\x63iat\x1a", b"\x63iat\x1b\0\0\0\0"),  # a number in more bytes than it needs
    ],
)
def test_another_encoding_of_the_content_is_refused(payload: bytes) -> None:
    with pytest.raises(MalformedError):
        parse_paper_code(forged(payload))


def test_a_key_that_is_no_hash_is_refused() -> None:
    with pytest.raises(MalformedError, match="kid"):
        parse_paper_code(forged(encode_cbor(said()), kid=bytes(20)))


# Who sealed it, and when


def test_a_seal_that_is_not_known_here_cannot_be_checked() -> None:
    unverified = parse_paper_code(code())
    for trust in (KIT.stranger, KIT.anchored):
        with pytest.raises(SealUnknownError):
            unverified.verify(trust, at=AT)


def test_the_seal_of_another_organisation_is_refused() -> None:
    other = seal_kit(iss="https://ander.example")
    text = encode_paper_code(content(), signer=other.signer)
    with pytest.raises(CertificateIssuerError):
        parse_paper_code(text).verify(other.trust, at=AT)


def test_a_signature_by_another_key_is_refused() -> None:
    text = forged(encode_cbor(said()), signer=FixedSigner(fixed_key("another")))
    with pytest.raises(SignatureInvalidError):
        read(text)


def test_a_code_from_the_future_is_refused() -> None:
    text = code(issued_at=AT + 10)
    assert parse_paper_code(text).verify(KIT.trust, at=AT)
    with pytest.raises(NotYetValidError):
        parse_paper_code(code(issued_at=AT + 61)).verify(KIT.trust, at=AT)


CODE = code()


@given(st.integers(len(PREFIX), len(CODE) - 1), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
def test_no_changed_character_passes(place: int, character: str) -> None:
    changed = CODE[:place] + character + CODE[place + 1 :]
    if changed == CODE:
        return
    with pytest.raises(DocumentError):
        read(changed)


# Values


WHOLE = st.dates().map(dt.date.isoformat)
DATES = WHOLE | st.dates().map(lambda date: date.isoformat()[:7]) | st.dates().map(lambda date: date.isoformat()[:4])
WORDS_OR_EMPTY = st.just("") | st.sampled_from([*STATUSES, *REMARKS, "eurocent", "procent", "kilometer"])
VALUES = st.builds(
    Value,
    waarde=st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | DATES,
    eenheid=WORDS_OR_EMPTY,
    periode=st.none() | st.builds(Period, van=WHOLE, tot=WHOLE),
    peildatum=st.just("") | DATES,
    status=WORDS_OR_EMPTY,
    in_onderzoek=st.just("") | DATES,
    opmerking=WORDS_OR_EMPTY,
)


@given(VALUES)
def test_every_value_comes_back_as_it_was(value: Value) -> None:
    members = encode_value(value)
    back = decode_value(parse_cbor(encode_cbor(members), max_bytes=1000))
    assert back == value
    assert type(back.waarde) is type(value.waarde)


@given(st.dictionaries(st.sampled_from(["naam", "geboortedatum", "inkomen", "gehuwd"]), VALUES))
def test_every_row_comes_back_as_it_was(row: Row) -> None:
    found = read(code(rows=(row,)))
    assert len(found.values) + found.more == len(row)
    assert all(found.values[path] == row[path] for path in found.values)


def test_a_word_that_was_printed_keeps_its_number() -> None:
    assert WORDS[:6] == (
        "eurocent",
        "definitief",
        "voorlopig",
        "in-behandeling",
        "datum-onleesbaar",
        "deels-onbekend",
    )
    assert {*STATUSES, *REMARKS} <= set(WORDS)


def test_a_date_that_is_none_is_not_printed() -> None:
    with pytest.raises(MalformedError):
        encode_value(Value(waarde=1, peildatum="20261101"))
