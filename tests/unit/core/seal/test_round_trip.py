# SPDX-License-Identifier: EUPL-1.2
"""What is sealed comes out again, in both forms and in every shape."""

import msgspec
import pytest

from blauweknop.core.dataset.definition import DataSetDefinition, Shape, Text
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import Period, Row, Value
from blauweknop.core.seal.content import SetContent, StatusRef
from blauweknop.core.seal.issue import issue_set
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.seal.trust import Standing
from blauweknop.testing.sealing import ISS, NAME, OIN, SCHEME_URL, fixed_random, seal_kit

AT = 1_795_600_000
WORDS = Text("nl", "en")
KIT = seal_kit()
ROW: Row = {
    "naam": Value(waarde="Jansen", begrip="naam/1"),
    "geboortedatum": Value(waarde="1978-03", begrip="geboortedatum/1", opmerking="deels-onbekend"),
    "overlijden": Value(waarde=None, begrip="overlijden/1"),
    "kinderen": Value(
        waarde=(
            {"voornamen": Value(waarde="Ann"), "geboortedatum": Value(waarde="2010-01-02")},
            {"voornamen": Value(waarde="Bo")},
        ),
        peildatum="2026-11-01",
    ),
    "partner": Value(waarde={"naam": Value(waarde="Vries", periode=Period("2020-01-01", "2024-12-31"))}),
}


def content(shape: Shape, rows: tuple[Row, ...], missing: tuple[MissingElement, ...] = ()) -> SetContent:
    definition = DataSetDefinition(
        id="gezin",
        version=1,
        shape=shape,
        title=WORDS,
        explanation=WORDS,
        source_kind=WORDS,
        unknown_person="leeg",
        freshness="P1D",
        report_error=WORDS,
        assurance="hoog",
        elements=(),
    )
    return SetContent(
        definition=definition,
        iss=ISS,
        scheme_url=SCHEME_URL,
        issued_at=AT,
        environment="test",
        delivery="levering-1",
        rows=rows,
        missing=missing,
        status=StatusRef(uri=f"{ISS}/statuslijsten/1", idx=7),
        integrity="sha256-" + "A" * 43 + "=",
    )


@pytest.mark.parametrize(
    ("shape", "rows"), [("enkel", (ROW,)), ("enkel", ()), ("rijen", (ROW, ROW)), ("rijen", (ROW,)), ("rijen", ())]
)
@pytest.mark.parametrize("form", ["compact", "json"])
def test_what_is_sealed_comes_out_again(shape: Shape, rows: tuple[Row, ...], form: str) -> None:
    missing = (
        MissingElement(element="inkomen", reden=Missing.NOT_ALLOWED, periode=Period("2024-01-01", "2024-12-31")),
    )
    made = issue_set(content(shape, rows, missing), signer=KIT.signer, random=fixed_random("round trip"))
    read = parse_sealed_set(getattr(made, form)()).verify(KIT.trust, at=AT + 5)
    assert read.rows == rows
    assert [list(row) for row in read.rows] == [list(row) for row in rows]
    assert read.missing == missing
    assert (read.iss, read.oin, read.organisation, read.standing) == (ISS, OIN, NAME, Standing.IN_STELSEL)
    assert (read.data_set, read.issued_at, read.delivery, read.hidden) == ("gezin/1", AT, "levering-1", 0)
    assert read.status == StatusRef(uri=f"{ISS}/statuslijsten/1", idx=7)
    assert read.fingerprint == made.fingerprint


def test_the_same_content_sealed_twice_has_other_digests() -> None:
    draw = fixed_random("twice")
    first, second = (issue_set(content("enkel", (ROW,)), signer=KIT.signer, random=draw) for _ in range(2))
    assert not set(first.disclosures) & set(second.disclosures)


def test_standing_follows_what_the_verifier_was_given() -> None:
    made = issue_set(content("enkel", (ROW,)), signer=KIT.signer, random=fixed_random("standing"))
    parsed = parse_sealed_set(made.compact())
    assert parsed.verify(KIT.anchored, at=AT).standing is Standing.BUITEN_STELSEL
    assert parsed.verify(KIT.stranger, at=AT).standing is Standing.ONBEKEND


def test_one_random_draw_seals_a_whole_set() -> None:
    calls: list[int] = []

    def draw(count: int) -> bytes:
        calls.append(count)
        return bytes(count)

    made = issue_set(content("rijen", (ROW, ROW)), signer=KIT.signer, random=draw)
    assert calls == [16 * len(made.disclosures)]
    assert msgspec.json.decode(b'"' + made.jwt[:4] + b'"') == "eyJh"
