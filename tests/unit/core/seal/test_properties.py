# SPDX-License-Identifier: EUPL-1.2
"""What holds for every set: round trips, no byte changed unseen, nothing kept that was not named."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blauweknop.core.dataset.definition import RESERVED_IDS, Shape
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import Period, Row, Value
from blauweknop.core.seal.present import minimise_set
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.errors import DocumentError
from tests.unit.core.seal.sets import AT, KIT, MISSING, ROW, YEARS, content, sealed

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: name not in RESERVED_IDS)
SCALARS = TEXT | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none() | st.sampled_from([0.5, -12.25, 1e-3])


def values(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Value]:
    return st.builds(
        Value,
        waarde=inner,
        eenheid=st.sampled_from(["", "eurocent"]),
        periode=st.none() | st.just(Period("2024-01-01", "2024-12-31")),
        status=st.sampled_from(["", "definitief"]),
        opmerking=TEXT,
    )


PARTS: st.SearchStrategy[Row] = st.dictionaries(NAMES, values(SCALARS), max_size=3)
RECORDS: st.SearchStrategy[Row] = st.dictionaries(
    NAMES, values(SCALARS | PARTS | st.lists(PARTS, max_size=3).map(tuple)), max_size=4
)
GAPS = st.lists(st.builds(MissingElement, element=NAMES, reden=st.sampled_from(Missing)), max_size=2).map(tuple)
WHOLES = [sealed(content("enkel", (ROW,), MISSING)), sealed(content("rijen", YEARS))]
PATHS = [
    ["naam", "geboortedatum", "overlijden", "kinderen", "kinderen[0]", "kinderen[1].voornamen", "kinderen.voornamen"],
    ["rijen[0]", "rijen[1]", "rijen[2].jaar", "inkomen", "jaar", "rijen"],
]
NAMED = [
    {name: {name} for name in ("naam", "geboortedatum", "overlijden")}
    | {path: {"kinderen"} for path in PATHS[0] if path.startswith("kinderen")},
    {"rijen[2].jaar": {"jaar"}, "inkomen": {"inkomen"}, "jaar": {"jaar"}}
    | {path: {"jaar", "inkomen"} for path in ("rijen", "rijen[0]", "rijen[1]")},
]


@given(st.sampled_from(["enkel", "rijen"]), st.data(), GAPS)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_is_sealed_is_read(shape: Shape, data: st.DataObject, missing: tuple[MissingElement, ...]) -> None:
    record = RECORDS.filter(bool)
    rows = tuple(data.draw(st.lists(record if shape == "enkel" else RECORDS, max_size=1 if shape == "enkel" else 3)))
    made = sealed(content(shape, rows, missing))
    for form in (made.compact(), made.json()):
        read = parse_sealed_set(form).verify(KIT.trust, at=AT)
        assert read.rows == rows
        assert [list(row) for row in read.rows] == [list(row) for row in rows]
        assert read.missing == missing


def is_refused(data: bytes) -> bool:
    try:
        parse_sealed_set(data).verify(KIT.trust, at=AT)
    except DocumentError as error:
        return bool(str(error))
    return False


FILES = [form for whole in WHOLES for form in (whole.compact(), whole.json())]


@given(st.sampled_from(FILES), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_byte_changed_added_or_taken_away_is_found(data: bytes, draw: st.DataObject) -> None:
    place = draw.draw(st.integers(0, len(data) - 1))
    byte = bytes([draw.draw(st.integers(0, 255))])
    assert is_refused(data[:place] + data[place + 1 :])
    assert is_refused(data[:place] + byte + data[place:])
    if byte != data[place : place + 1]:
        assert is_refused(data[:place] + byte + data[place + 1 :])
    assert is_refused(data + byte)


@pytest.mark.parametrize("data", FILES, ids=["enkel", "enkel-json", "rijen", "rijen-json"])
def test_the_last_bit_of_every_byte_counts(data: bytes, whole: bool) -> None:
    assert not is_refused(data)
    for place in range(0, len(data), 1 if whole else 29):
        turned = bytearray(data)
        turned[place] ^= 1
        assert is_refused(bytes(turned)), place


@given(st.sampled_from([0, 1]), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_smaller_copy_holds_nothing_that_was_not_named(which: int, data: st.DataObject) -> None:
    keep = data.draw(st.lists(st.sampled_from(PATHS[which]), unique=True))
    named = set().union(*(NAMED[which][path] for path in keep))
    smaller = minimise_set(WHOLES[which], keep)
    read = parse_sealed_set(smaller.compact()).verify(KIT.trust, at=AT)
    assert {name for row in read.rows for name in row} == named
    assert {item.element.split(".")[0] for item in read.missing} <= named
    assert read.fingerprint == WHOLES[which].fingerprint
    shown = b"".join(smaller.disclosures)
    assert all(each in shown or each not in smaller.compact() for each in WHOLES[which].disclosures)


@given(st.sampled_from([0, 1]), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_consent_never_widens(which: int, data: st.DataObject) -> None:
    """Less named is never more shown; a copy of a copy never shows what the first left out."""
    whole = WHOLES[which]
    more = data.draw(st.lists(st.sampled_from(PATHS[which]), unique=True))
    fewer = [path for path in more if data.draw(st.booleans())]
    first, second = minimise_set(whole, more), minimise_set(whole, fewer)
    assert set(second.disclosures) <= set(first.disclosures) <= set(whole.disclosures)
    names = [path for path in fewer if "[" not in path]
    again = minimise_set(parse_sealed_set(first.compact()), names)
    assert set(again.disclosures) <= set(first.disclosures)
    assert set(minimise_set(whole, names).disclosures) <= set(again.disclosures)
