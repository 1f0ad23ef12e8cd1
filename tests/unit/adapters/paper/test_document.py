# SPDX-License-Identifier: EUPL-1.2
"""The page a person reads: right words, right form, and no value that becomes more than text."""

import re
import subprocess
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings, strategies

from blauweknop.adapters.paper.document import ATTACHMENT, render_document
from blauweknop.adapters.paper.printable import UNPRINTABLE, printable
from blauweknop.core.dataset.value import Value
from blauweknop.texts import LANGUAGES, Language
from tests.unit.adapters.paper.printing import PERSON, certified, printed, printed_with

ALL_LETTERS = "".join(
    letter for code in range(0x20, 0x3000) if printable(letter := chr(code)) == letter and letter != UNPRINTABLE
)


def text_of(pdf: bytes, folder: Path) -> str:
    """All text of the PDF, blanks and line ends as one blank."""
    file = folder / "page.pdf"
    file.write_bytes(pdf)
    run = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True, text=True)
    return re.sub(r"\s+", " ", run.stdout.replace("\u200b", ""))


def named(name: str) -> tuple[dict[str, Value], ...]:
    return ({**PERSON[0], "geslachtsnaam": Value(waarde=name, peildatum="2026-11-01")},)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nl",
            ["€ 46.500,00", "−€ 75.000,00", "Over heel 2024", "Definitief", "Voorlopig", "stand op 1 november 2026"],
        ),
        ("en", ["€46,500.00", "−€75,000.00", "For all of 2024", "Final", "Provisional", "as of 1 November 2026"]),
    ],
)
def test_bk041_each_value_says_amount_period_status_source_and_date(
    language: Language, said: list[str], tmp_path: Path
) -> None:
    text = text_of(render_document(printed(), language=language), tmp_path)
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ["maart 1978 (dag onbekend)", "onderzoekt sinds 28 december 2021", "Geen waarde", "Denise Lohstroh"]),
        ("en", ["March 1978 (day unknown)", "since 28 December 2021", "No value", "Denise Lohstroh"]),
    ],
)
def test_hard_values_say_what_is_unknown(language: Language, said: list[str], tmp_path: Path) -> None:
    text = text_of(render_document(printed("persoonsgegevens/1"), language=language), tmp_path)
    assert [words for words in said if words not in text] == []
    assert "1 maart" not in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ["geen antwoord op een inzageverzoek", "AVG, artikel 15", "Zo vraagt u dat"]),
        ("en", ["not the answer to an access request", "GDPR, article 15", "How to ask for that"]),
    ],
)
def test_bk045_it_says_it_is_no_answer_to_an_access_request_and_how_to_ask(
    language: Language, said: list[str], tmp_path: Path
) -> None:
    text = text_of(render_document(printed(), language=language), tmp_path)
    assert [words for words in said if words not in text] == []


def test_first_page_has_the_code_the_print_and_how_to_check(tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(certified())
    run = subprocess.run(["pdftotext", "-l", "1", str(file), "-"], capture_output=True, check=True, text=True)
    assert "Controleer dit document" in run.stdout
    assert re.search(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", run.stdout)
    assert "Voorbeeldgegevens" in run.stdout


def test_sample_is_said_only_of_samples(tmp_path: Path) -> None:
    real = msgspec.structs.replace(printed(), sample=False)
    assert "Voorbeeldgegevens" not in text_of(render_document(real, language="nl"), tmp_path)


def test_bk035_a_smaller_copy_says_that_the_pdf_has_no_seal(tmp_path: Path) -> None:
    copy = msgspec.structs.replace(printed(), copy=True, paper_code="", left_out=2)
    text = text_of(render_document(copy, language="nl"), tmp_path)
    assert "De PDF zelf heeft geen zegel" in text
    assert "2 gegevens zijn later weggelaten" in text
    assert "geen zegel" not in text_of(render_document(printed(), language="nl"), tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_equal_input_gives_equal_bytes(language: Language) -> None:
    assert render_document(printed(), language=language) == render_document(printed(), language=language)


@pytest.mark.parametrize(
    "name",
    [
        "#panic(1) *vet* _schuin_ $x$ @bron <doel> // = Kop",
        '"); #read("/etc/passwd")',
        "<Onbekend> & </Onbemind>",
        "Rente @ 100%",
        r"\u{41} \ ` ``` ~ - + / 1.",
        "/ByteRange [0 1 2 3] %%EOF startxref",
    ],
)
def test_markup_in_a_name_is_text(name: str, tmp_path: Path) -> None:
    text = text_of(render_document(printed_with(named(name)), language="nl"), tmp_path)
    assert re.sub(r"\s+", " ", name) in text


def test_a_very_long_name_is_printed_whole_and_inside_the_page(tmp_path: Path) -> None:
    name = "Abcdefghij" * 20
    pdf = render_document(printed_with(named(name)), language="nl")
    assert name in text_of(pdf, tmp_path).replace(" ", "")
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "page.pdf"), "-"], capture_output=True, check=True, text=True
    ).stdout
    assert max(float(edge) for edge in re.findall(r'xMax="([\d.]+)"', boxes)) < 595.3


def test_direction_marks_vanish_and_unknown_letters_are_shown_as_such(tmp_path: Path) -> None:
    text = text_of(render_document(printed_with(named("Jan\u202egro\u200f\u2066x 陈")), language="nl"), tmp_path)
    assert f"Jangrox {UNPRINTABLE}" in text
    assert "kan drukken" in text
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)


def test_every_letter_called_printable_is_printed(tmp_path: Path) -> None:
    assert len(ALL_LETTERS) > 1000
    render_document(printed_with(named(ALL_LETTERS)), language="nl")


@pytest.mark.parametrize("code", [0x00, 0x1B, 0x7F, 0x2028, 0x2029, 0x0301, 0xE000, 0x1F600, 0x10FFFF])
def test_what_is_not_printable_is_replaced(code: int) -> None:
    assert printable(f"a{chr(code)}b") in ("a b", f"a{UNPRINTABLE}b", "áb")


@settings(max_examples=20, deadline=None, derandomize=True)
@given(strategies.text(max_size=300))
def test_any_text_can_be_printed(text: str) -> None:
    assert render_document(printed_with(named(text)), language="en").startswith(b"%PDF-1.7")


def test_the_attachment_is_what_was_sealed(tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(certified())
    subprocess.run(["pdfdetach", "-saveall", "-o", str(tmp_path), str(file)], check=True, capture_output=True)
    assert (tmp_path / ATTACHMENT).read_bytes() == printed().sealed_set
