# SPDX-License-Identifier: EUPL-1.2
"""One sealed set of the kit's source, printed: what the tests of paper and verifying start from."""

import functools

import msgspec

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.paper.certify import make_certified_pdf
from blauweknop.adapters.paper.printed import Printed, print_of
from blauweknop.core.dataset.definition import DataSetDefinition
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import Period, Row, Value
from blauweknop.core.seal.content import SetContent, StatusRef
from blauweknop.core.seal.issue import issue_set
from blauweknop.core.seal.paper_code import PaperContent, encode_paper_code
from blauweknop.core.seal.sealed import SealedSet, parse_sealed_set
from blauweknop.testing.sealing import ISS, SCHEME_URL, fixed_random, seal_kit
from blauweknop.texts import Language

AT = 1_795_600_000
KIT = seal_kit()
DEFINITIONS = load_catalogue().definitions


def year(number: int, cents: int, status: str) -> Row:
    of_year = Period(f"{number}-01-01", f"{number}-12-31")
    return {
        "belastingjaar": Value(waarde=number, peildatum="2026-11-01", begrip="belastingjaar/1"),
        "verzamelinkomen": Value(
            waarde=cents,
            eenheid="eurocent",
            periode=of_year,
            peildatum="2026-11-01",
            status=status,
            begrip="verzamelinkomen/1",
        ),
        "aangifte_status": Value(waarde=status, peildatum="2026-11-01", begrip="aangifte-status/1"),
        "saldo_eigen_woning": Value(waarde=-7_500_000, eenheid="eurocent", peildatum="2026-11-01"),
    }


INCOME: tuple[Row, ...] = (year(2024, 4_650_000, "definitief"), year(2025, 4_820_000, "voorlopig"))
PERSON: tuple[Row, ...] = (
    {
        "voornamen": Value(waarde="Denise", peildatum="2026-11-01", begrip="voornamen/1"),
        "geslachtsnaam": Value(waarde="Lohstroh", peildatum="2026-11-01", begrip="geslachtsnaam/1"),
        "geboortedatum": Value(waarde="1978-03", peildatum="2026-11-01", in_onderzoek="2021-12-28"),
        "geslacht": Value(waarde="V", peildatum="2026-11-01"),
        "overlijdensdatum": Value(waarde=None, peildatum="2026-11-01"),
    },
)
ROWS = {"inkomen/1": INCOME, "persoonsgegevens/1": PERSON}
MISSING = (
    MissingElement(element="verzamelinkomen", reden=Missing.NOT_DELIVERED, periode=Period("2023-01-01", "2023-12-31")),
)


def definition(ref: str) -> DataSetDefinition:
    return DEFINITIONS[ref]


@functools.cache
def sealed(ref: str = "inkomen/1") -> SealedSet:
    """A set of the kit's source, sealed at ``AT``."""
    content = SetContent(
        definition=definition(ref),
        iss=ISS,
        scheme_url=SCHEME_URL,
        issued_at=AT,
        environment="test",
        delivery="levering-1",
        rows=ROWS[ref],
        missing=MISSING if ref == "inkomen/1" else (),
        status=StatusRef(uri=f"{ISS}/status/zegels/1", idx=7),
        integrity="sha256-" + "A" * 43 + "=",
    )
    return issue_set(content, signer=KIT.signer, random=fixed_random(ref))


@functools.cache
def paper_code(ref: str = "inkomen/1") -> str:
    content = PaperContent(
        definition=definition(ref),
        scheme_url=SCHEME_URL,
        iss=ISS,
        issued_at=AT,
        fingerprint=sealed(ref).fingerprint,
        rows=ROWS[ref],
    )
    return encode_paper_code(content, signer=KIT.signer)


def printed(ref: str = "inkomen/1") -> Printed:
    compact = sealed(ref).compact()
    verified = parse_sealed_set(compact).verify(KIT.trust, at=AT)
    return print_of(verified, compact, definition=definition(ref), paper_code=paper_code(ref))


def printed_with(rows: tuple[Row, ...], ref: str = "persoonsgegevens/1") -> Printed:
    """The same page about other values (its attachment says what it always says)."""
    return msgspec.structs.replace(printed(ref), rows=rows)


@functools.cache
def certified(ref: str = "inkomen/1", language: Language = "nl") -> bytes:
    return make_certified_pdf(printed(ref), language=language, signer=KIT.signer)
