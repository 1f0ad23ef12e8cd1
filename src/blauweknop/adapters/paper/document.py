# SPDX-License-Identifier: EUPL-1.2
"""Makes the document a person reads: PDF/A-3a and PDF/UA-1 in one file, with the sealed set attached.

The layout is ``document.typ``; everything that stands on the page goes there as data (one JSON text), so no value can
ever become markup. Equal input gives equal bytes: fonts are the typesetter's own and the date is ``issued_at``.

Spec: ISO 19005-3 (PDF/A-3a, attachment with ``AFRelationship`` *Data*), ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

import functools
import threading
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from blauweknop.adapters.paper.lines import Line, missing_line, sections
from blauweknop.adapters.paper.pdf_errors import PaperMissingError
from blauweknop.adapters.paper.printable import UNPRINTABLE, printable
from blauweknop.adapters.paper.qr import qr_svg
from blauweknop.core.seal.fingerprint import human_print
from blauweknop.errors import BlauweKnopError
from blauweknop.texts import Language, Messages, load_messages
from blauweknop.texts.amsterdam import amsterdam
from blauweknop.texts.spelling import pick, spell_date

if TYPE_CHECKING:
    import typst

    from blauweknop.adapters.paper.printed import Printed

ATTACHMENT: Final = "gegevens.sd-jwt"
MEDIA_TYPE: Final = "application/dc+sd-jwt"
_STANDARDS: Final[list[Literal["a-3a", "ua-1"]]] = ["a-3a", "ua-1"]
_NAME_PARTS = ("voornamen", "voorvoegsel", "geslachtsnaam")


class PdfNotMadeError(BlauweKnopError):
    """The PDF could not be made."""

    code = "pdf-niet-gemaakt"


def render_document(printed: Printed, *, language: Language) -> bytes:
    """The PDF, without a seal of its own. Raises: ``PdfNotMadeError``, ``PaperMissingError``.

    Safe to call from several threads; one document is typeset at a time.
    """
    data = msgspec.json.encode(_content(printed, load_messages(language))).decode("utf-8")
    typesetter, template, failure = _typesetter()
    moment = datetime.fromtimestamp(printed.issued_at, UTC)
    with _ONE_AT_A_TIME:
        try:
            pdf = typesetter.compile(
                template, format="pdf", sys_inputs={"data": data}, pdf_standards=[*_STANDARDS], timestamp=moment
            )
        except failure as error:
            # Its message may quote what it could not print.
            raise PdfNotMadeError from error
    assert isinstance(pdf, bytes)
    return pdf


_ONE_AT_A_TIME = threading.Lock()


@functools.cache
def _typesetter() -> tuple[typst.Compiler, bytes, type[Exception]]:
    try:
        import typst
    except ImportError as error:
        raise PaperMissingError("typst") from error
    template = (resources.files(__package__) / "document.typ").read_bytes()
    return typst.Compiler(ignore_system_fonts=True), template, typst.TypstError


def _content(printed: Printed, messages: Messages) -> dict[str, Any]:
    language, organisation = messages.language, printable(printed.organisation)
    title = pick(printed.definition.title, language)
    local = amsterdam(printed.issued_at)
    made = messages("paper-tijdstip", datum=spell_date(local.date().isoformat(), language), tijd=f"{local:%H:%M}")
    groups = human_print(printed.fingerprint)
    content = {
        "taal": language,
        "titel": f"{title} – {organisation}",
        "kop": title,
        "merk": messages("paper-blauwe-knop"),
        "beeldmerk": _mark(),
        "merk_noot": messages("paper-beeldmerk-noot"),
        "ondertitel": messages(
            "paper-ondertitel-kopie" if printed.copy else "paper-ondertitel", organisatie=organisation
        ),
        "voorbeeld": messages("paper-voorbeeld") if printed.sample else "",
        "uitleg": pick(printed.definition.explanation, language),
        "feiten": _facts(printed, made, messages),
        "controle": _check(printed, groups, messages),
        "gegevens": _data(printed, messages),
        "ontbreekt": _missing(printed, messages),
        "zegel": _seal(organisation, made, messages),
        "inzage": _access(printed, organisation, messages),
        "voet": messages("paper-voet", organisatie=organisation, titel=title, vingerafdruk=groups),
        "bladzijde": messages("paper-bladzijde", nummer="{n}", totaal="{t}"),
        "bijlage": {
            "naam": ATTACHMENT,
            "inhoud": printed.sealed_set.decode("ascii"),
            "soort": MEDIA_TYPE,
            "omschrijving": messages("paper-bijlage-omschrijving"),
        },
    }
    shows_substitute = UNPRINTABLE in msgspec.json.encode([content["feiten"], content["gegevens"]]).decode("utf-8")
    content["onafdrukbaar"] = messages("paper-onafdrukbaar") if shows_substitute else ""
    return content


@functools.cache
def _mark() -> str:
    return (resources.files("blauweknop") / "web" / "merk.svg").read_text("utf-8")


def _facts(printed: Printed, made: str, messages: Messages) -> list[tuple[str, str]]:
    organisation = messages("paper-oin", organisatie=printable(printed.organisation), oin=printed.oin)
    kind = f"{pick(printed.definition.title, messages.language)} ({printed.definition.ref})"
    facts = [
        (messages("paper-feit-van"), organisation),
        (messages("paper-feit-over"), _about(printed, messages)),
        (messages("paper-feit-gemaakt"), made),
        (messages("paper-feit-soort"), kind),
    ]
    if printed.delivery:
        facts.append((messages("paper-feit-levering"), printable(printed.delivery)))
    return facts


def _about(printed: Printed, messages: Messages) -> str:
    row = printed.rows[0] if printed.definition.shape == "enkel" and printed.rows else {}
    words = [row[part].waarde for part in _NAME_PARTS if part in row]
    name = printable(" ".join(word for word in words if isinstance(word, str)))
    if not name:
        return messages("paper-over-onbekend")
    lines = {line.path: line for section in sections(printed.definition, (row,), messages) for line in section.lines}
    born = lines.get("geboortedatum")
    if born is None or born.value.waarde is None:
        return messages("paper-over-naam", naam=name)
    return messages("paper-over-naam-geboren", naam=name, datum=printable(born.text))


def _check(printed: Printed, groups: str, messages: Messages) -> dict[str, Any]:
    address = f"{printed.iss}/controleer"
    check = {
        "kop": messages("paper-controleer"),
        "label": messages("paper-vingerafdruk"),
        "vingerafdruk": groups,
        "adres": address,
    }
    if not printed.paper_code:
        text = messages("paper-controleer-kopie", adres=address, bijlage=ATTACHMENT)
        return {**check, "stappen": [text], "vergelijk": "", "code": "", "breed": 0.0, "alt": ""}
    drawing, width = qr_svg(printed.paper_code)
    return {
        **check,
        "stappen": [messages("paper-controleer-bestand", adres=address), messages("paper-controleer-papier")],
        "vergelijk": messages("paper-controleer-vergelijk"),
        "code": drawing,
        "breed": width,
        "alt": messages("paper-qr-alt", vingerafdruk=groups),
    }


def _data(printed: Printed, messages: Messages) -> dict[str, Any]:
    parts = [
        {
            "kop": printable(section.heading),
            # A group is told by its parts, which have lines of their own.
            "regels": [
                _table_row(line, printed, messages) for line in section.lines if not isinstance(line.value.waarde, dict)
            ],
        }
        for section in sections(printed.definition, printed.rows, messages)
    ]
    return {
        "kop": messages("paper-gegevens"),
        "koppen": [messages(f"paper-kop-{name}") for name in ("gegeven", "waarde", "bron")],
        "delen": [part for part in parts if part["regels"]],
        "leeg": messages("paper-geen-rijen"),
    }


def _table_row(line: Line, printed: Printed, messages: Messages) -> dict[str, Any]:
    as_of = messages("paper-stand-op", datum=printable(line.reference_date)) if line.reference_date else ""
    return {
        "naam": line.title,
        "uitleg": line.explanation,
        "waarde": printable(line.text),
        "leeg": line.value.waarde is None,
        "noten": [printable(note) for note in line.notes],
        "bron": printable(printed.organisation),
        "stand": as_of,
    }


def _missing(printed: Printed, messages: Messages) -> dict[str, Any]:
    lines = [missing_line(item, printed.definition, messages) for item in printed.missing]
    left_out = messages("paper-weggelaten", aantal=printed.left_out) if printed.left_out else ""
    return {
        "kop": messages("paper-ontbreekt"),
        "koppen": [messages("paper-kop-gegeven"), messages("paper-ontbreekt-kop-reden")],
        "regels": [[printable(title), reason] for title, reason in lines],
        "niets": "" if lines or left_out else messages("paper-ontbreekt-niets"),
        "weggelaten": left_out,
    }


def _seal(organisation: str, made: str, messages: Messages) -> dict[str, Any]:
    return {
        "kop": messages("paper-zegel"),
        "wel": [
            messages("paper-zegel-wel-1", organisatie=organisation),
            messages("paper-zegel-wel-2", tijdstip=made),
            messages("paper-zegel-wel-3"),
        ],
        "kop_niet": messages("paper-zegel-niet"),
        "niet": [messages(f"paper-zegel-niet-{number}") for number in (1, 2, 3)],
        "bijlage": messages("paper-zegel-bijlage", bijlage=ATTACHMENT),
    }


def _access(printed: Printed, organisation: str, messages: Messages) -> dict[str, Any]:
    return {
        "kop_fout": messages("paper-klopt-niet"),
        "fout": pick(printed.definition.report_error, messages.language),
        "kop": messages("paper-inzage"),
        "uitleg": messages("paper-inzage-uitleg", organisatie=organisation),
        "hoe": messages("paper-inzage-hoe", organisatie=organisation),
    }
