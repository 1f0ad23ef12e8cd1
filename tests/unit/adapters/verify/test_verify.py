# SPDX-License-Identifier: EUPL-1.2
"""One report for every form: what passes, what does not, and what nobody can say."""

import json
import random
import time
import zlib
from collections.abc import Callable

import msgspec
import pytest

from blauweknop.adapters.paper.certify import make_certified_pdf
from blauweknop.adapters.paper.document import render_document
from blauweknop.adapters.paper.qr import qr_png
from blauweknop.adapters.verify.kind import detect
from blauweknop.adapters.verify.report import Outcome, Report, Status
from blauweknop.adapters.verify.verify import MAX_BYTES, CheckStatus, verify_bytes
from blauweknop.core.seal.present import minimise_set
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.seal.trust import Standing, Trust
from blauweknop.testing.sealing import seal_kit
from blauweknop.texts import LANGUAGES, Language, load_messages
from tests.unit.adapters.paper.printing import (
    AT,
    DEFINITIONS,
    INCOME,
    KIT,
    certified,
    paper_code,
    printed,
    sealed,
    year,
)

FORMS: dict[str, Callable[[], bytes]] = {
    "sd-jwt": lambda: sealed().compact(),
    "json": lambda: sealed().json(),
    "pdf": certified,
    "papiercode": lambda: paper_code().encode("ascii"),
    "afbeelding": lambda: qr_png(paper_code()),
}
FILES = ("sd-jwt", "json", "pdf")


def report(data: bytes, trust: Trust = KIT.trust, check_status: CheckStatus | None = None) -> Report:
    return verify_bytes(data, trust=trust, at=AT + 60, definitions=DEFINITIONS, check_status=check_status)


@pytest.mark.parametrize("form", FORMS)
def test_bk009_every_form_passes_and_names_the_same_sealing(form: str) -> None:
    found = report(FORMS[form]())
    assert (found.kind, found.outcome, found.detail) == (form, Outcome.PASSED, "")
    assert found.fingerprint == sealed().fingerprint
    assert found.origin is not None
    assert found.origin.standing == Standing.IN_STELSEL
    assert found.json()["waarden"]["rijen[0].verzamelinkomen"]["waarde"] == 4_650_000


@pytest.mark.parametrize("form", FILES)
def test_a_path_to_an_anchor_passes_as_outside_the_scheme(form: str) -> None:
    found = report(FORMS[form](), KIT.anchored)
    assert found.outcome is Outcome.PASSED
    assert found.json()["stand"] == "buiten_stelsel"


@pytest.mark.parametrize("form", FORMS)
def test_a_seal_that_nobody_vouches_for_is_indeterminate(form: str) -> None:
    found = report(FORMS[form](), KIT.stranger)
    assert (found.outcome, found.finding.why) == (Outcome.INDETERMINATE, "zegel-onbekend")


@pytest.mark.parametrize("form", FILES)
def test_the_other_environment_fails(form: str) -> None:
    found = report(FORMS[form](), seal_kit(environment="productie").trust)
    assert (found.outcome, found.finding.why) == (Outcome.FAILED, "andere-omgeving")
    assert found.values == ()


@pytest.mark.long
@pytest.mark.parametrize("form", FILES)
def test_no_form_passes_with_a_byte_changed_added_or_taken_away(form: str, whole: bool) -> None:
    data = FORMS[form]()
    every = range(len(data))
    tried = every if whole else sorted({0, len(data) - 1, *random.Random(form).sample(every, 80)})
    passed = []
    for at in tried:
        changes = (
            bytes([data[at] ^ 1]),
            bytes([data[at] ^ 0x20]),
            b"",
            data[at : at + 1] + b"0",
            b"\n" + data[at : at + 1],
        )
        # Whole, every place gets one change, in turn; by sample, every place gets all of them.
        tries = changes[at % len(changes) :][:1] if whole else changes
        if any(report(data[:at] + new + data[at + 1 :]).outcome is Outcome.PASSED for new in tries):
            passed.append(at)
    assert passed == []


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("extra", [b"\n", b"\r\n", b" ", b"\0", b"~", b"}"])
def test_no_file_passes_with_something_after_or_before_it(form: str, extra: bytes) -> None:
    data = FORMS[form]()
    assert report(data + extra).outcome is Outcome.FAILED
    assert report(extra + data).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "spelling", [lambda c: c + "\n", lambda c: " " + c, str.lower, lambda c: c[:40] + "\n" + c[40:]]
)
def test_a_paper_code_of_another_spelling_says_what_to_do(spelling: Callable[[str], str]) -> None:
    assert report(paper_code().encode()).outcome is Outcome.PASSED
    found = report(spelling(paper_code()).encode())
    assert (found.outcome, found.finding.why) == (Outcome.FAILED, "papiercode-spelling")
    assert "één regel" in found.text("nl", definitions=DEFINITIONS)


def test_a_changed_paper_code_fails() -> None:
    code = paper_code()
    for at in range(4, len(code), 9):
        other = "0" if code[at] != "0" else "1"
        assert report((code[:at] + other + code[at + 1 :]).encode()).outcome is not Outcome.PASSED


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "soort-onbekend"),
        (b"hello", "soort-onbekend"),
        (b"<!doctype html>", "soort-onbekend"),
        (b"{}", "vorm"),
        (b"[" * 100_000, "soort-onbekend"),
        (b"{" * 100_000, "vorm"),
        (b"a.b.c~", "vorm"),
        (b"%PDF-1.7\nx", "vorm"),
        (b"BK1:", "vorm"),
        (b"BK1:%%%%", "vorm"),
        (b"\x89PNG\r\n\x1a\n", "beeld-onleesbaar"),
        (b"\xff\xd8\xff\xe0", "beeld-onleesbaar"),
        (qr_png("geen papieren code"), "geen-code-in-beeld"),
        (b"{" + b" " * MAX_BYTES, "vorm"),
    ],
    ids=range(14),
)
def test_what_is_no_certified_set_fails_with_a_reason(data: bytes, why: str) -> None:
    found = report(data)
    assert (found.outcome, found.finding.sub, found.finding.why) == (Outcome.FAILED, "FORMAT_FAILURE", why)
    assert found.code
    assert found.origin is None


@pytest.mark.parametrize(
    "data",
    [
        b" " * 9_999_999,
        b"a" * 9_999_999,
        b"a.a." + b"~a" * 450_000,
        b'{"a":' * 1_000_000,
        b"%PDF-1.7\n" + b"/ByteRange [0 1 2 3]" * 400_000,
        b"%PDF-1.7\n" + b"<</Length 1/Type/EmbeddedFile/Filter/FlateDecode" * 200_000,
        b"BK1:" + b"A" * 9_000_000,
    ],
    ids=range(7),
)
def test_large_rubbish_is_answered_at_once(data: bytes) -> None:
    before = time.process_time()
    assert report(data).outcome is Outcome.FAILED
    assert time.process_time() - before < 2


def test_an_attachment_that_expands_is_not_expanded() -> None:
    packed = zlib.compress(b"a" * 50_000_000, 9)
    attachment = (
        b"<</Length %d/Type/EmbeddedFile/Filter/FlateDecode/Subtype/application#2Fdc+sd-jwt"
        b"/Params<</Size 999999/ModDate(D:20261125101010Z)>>>>\nstream\n%b\nendstream\n"
    )
    found = report(b"%PDF-1.7\n" + attachment % (len(packed), packed) + b"startxref\n1\n%%EOF\n")
    assert (found.outcome, found.code) == (Outcome.FAILED, "pdf-vorm-ongeldig")
    assert "attachment is not as long" in found.detail


def test_bk035_a_pdf_of_a_smaller_copy_is_not_passed_but_shows_what_its_attachment_says() -> None:
    smaller = minimise_set(parse_sealed_set(sealed().compact()), ["rijen[0].verzamelinkomen"])
    alone = report(smaller.compact())
    assert (alone.outcome, list(alone.json()["waarden"])) == (Outcome.PASSED, ["rijen[0].verzamelinkomen"])
    page = msgspec.structs.replace(printed(), sealed_set=smaller.compact(), copy=True, paper_code="")
    found = report(render_document(page, language="nl"))
    assert (found.outcome, found.finding.why) == (Outcome.INDETERMINATE, "pdf-zonder-zegel")
    assert found.json()["waarden"] == alone.json()["waarden"]
    assert found.fingerprint == sealed().fingerprint
    assert found.hidden > 0


def test_a_seal_of_one_organisation_around_a_set_of_another_fails() -> None:
    other = seal_kit(iss="https://ander.voorbeeld.example")
    both = Trust(
        anchors=KIT.trust.anchors + other.trust.anchors,
        known={**KIT.trust.known, **other.trust.known},
        environment="test",
    )
    assert report(certified(), both).outcome is Outcome.PASSED
    found = report(make_certified_pdf(printed(), language="nl", signer=other.signer), both)
    assert (found.outcome, found.finding.sub) == (Outcome.FAILED, "HASH_FAILURE")


@pytest.mark.parametrize(
    ("status", "outcome", "why"),
    [
        (Status.VALID, Outcome.PASSED, "in-orde"),
        (Status.SUPERSEDED, Outcome.PASSED, "in-orde"),
        (Status.WITHDRAWN, Outcome.FAILED, "ingetrokken"),
        (Status.UNKNOWN, Outcome.INDETERMINATE, "status-onbekend"),
    ],
)
def test_bk009_withdrawn_superseded_and_unknown_are_told_apart(status: Status, outcome: Outcome, why: str) -> None:
    found = report(sealed().compact(), check_status=lambda _verified: status)
    assert (found.outcome, found.finding.why, found.status) == (outcome, why, status)
    said = found.text("nl", definitions=DEFINITIONS)
    assert load_messages("nl")(f"verify-status-{status.value}") in said


def test_offline_the_status_says_that_it_was_not_checked() -> None:
    assert "Status: niet gecontroleerd" in report(sealed().compact()).text("nl", definitions=DEFINITIONS)


@pytest.mark.parametrize("form", ["papiercode", "afbeelding"])
def test_a_paper_code_has_no_status_and_is_not_passed_when_one_is_asked(form: str) -> None:
    data = FORMS[form]()
    offline, asked = report(data), report(data, check_status=lambda _verified: Status.VALID)
    assert (offline.outcome, offline.status) == (Outcome.PASSED, Status.NOT_ON_PAPER)
    assert (asked.outcome, asked.finding.why) == (Outcome.INDETERMINATE, "papiercode-status")
    unknown = report(data, KIT.stranger, lambda _verified: Status.VALID)
    assert unknown.finding.why == "zegel-onbekend"


def test_the_status_of_an_unknown_seal_is_never_asked() -> None:
    def ask(_verified: object) -> Status:
        raise AssertionError

    assert report(sealed().compact(), KIT.stranger, ask).status is Status.NOT_CHECKED


def test_changing_one_value_changes_that_value_and_no_other() -> None:
    before = report(sealed().compact()).json()["waarden"]
    assert before == json.loads(json.dumps(before))
    changed = {**INCOME[1], "verzamelinkomen": year(2025, 4_820_001, "voorlopig")["verzamelinkomen"]}
    rows = (INCOME[0], changed)
    after = {**before, "rijen[1].verzamelinkomen": {**before["rijen[1].verzamelinkomen"], "waarde": 4_820_001}}
    from blauweknop.adapters.verify.values import list_values

    listed = Report(kind="json", finding=report(b"x").finding, values=list_values(rows, DEFINITIONS["inkomen/1"]))
    assert listed.json()["waarden"] == after


MEMBERS = [
    *(
        "bestand",
        "soort",
        "uitkomst",
        "subindicatie",
        "waarom",
        "foutcode",
        "detail",
        "stand",
        "organisatie",
        "oin",
        "iss",
    ),
    *("vct", "gegevensset", "gemaakt_op", "omgeving", "levering", "vingerafdruk", "vingerafdruk_kort", "toonafdruk"),
    "tijdstempel",
    *("status", "waarden", "ontbreekt", "niet_getoond"),
]


@pytest.mark.parametrize("data", [b"x", sealed().compact()])
def test_the_json_report_always_has_all_members(data: bytes) -> None:
    assert list(report(data).json(file="a.sd-jwt")) == MEMBERS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_standing_and_status_has_words(language: Language) -> None:
    from blauweknop.adapters.verify import report as r
    from blauweknop.adapters.verify.reasons import _TABLE

    said = load_messages(language)
    findings = [finding for _, finding in _TABLE]
    findings += [
        r.OK,
        r.UNKNOWN_SEAL,
        r.UNSEALED_PDF,
        r.TIME_STAMP_UNKNOWN,
        r.NO_STATUS,
        r.NO_STATUS_ON_PAPER,
        r.WITHDRAWN,
    ]
    assert all(said(f"verify-waarom-{finding.why}") for finding in findings)
    assert all(said(f"verify-stand-{standing}") for standing in Standing)
    assert all(said(f"verify-status-{status}") for status in Status)
    assert all(said(f"verify-uitkomst-{outcome}") for outcome in Outcome)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_reads_as_text(language: Language) -> None:
    text = report(certified()).text(language, definitions=DEFINITIONS, file="a.pdf")
    assert text.startswith("a.pdf: PASSED")
    assert ("€ 46.500,00" if language == "nl" else "€46,500.00") in text.replace("\u00a0", " ")


def test_a_definition_that_is_not_known_still_lists_values() -> None:
    found = verify_bytes(sealed().compact(), trust=KIT.trust, at=AT, definitions={})
    assert found.json()["waarden"]["rijen[0].verzamelinkomen"]["titel"] == "rijen[0].verzamelinkomen"
    assert "verzamelinkomen" in found.text("nl", definitions={})


def test_kinds_are_told_by_content() -> None:
    assert {form: detect(make()) for form, make in FORMS.items()} == {form: form for form in FORMS}
