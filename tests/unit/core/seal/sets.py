# SPDX-License-Identifier: EUPL-1.2
"""Small sets of our own for the tests of the seal."""

from collections.abc import Callable

from blauweknop.core.dataset.definition import DataSetDefinition, Shape
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import Period, Row, Value
from blauweknop.core.seal.content import SetContent, StatusRef
from blauweknop.core.seal.issue import issue_set
from blauweknop.core.seal.sealed import UnverifiedSet, parse_sealed_set
from blauweknop.testing.sealing import ISS, SCHEME_URL, fixed_random, seal_kit, small_definition

AT = 1_795_600_000
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
YEARS: tuple[Row, ...] = tuple(
    {"jaar": Value(waarde=year), "inkomen": Value(waarde=100 * year, eenheid="eurocent")} for year in (2024, 2023, 2022)
)
MISSING = (
    MissingElement(element="inkomen", reden=Missing.NOT_ALLOWED, periode=Period("2024-01-01", "2024-12-31")),
    MissingElement(element="kinderen.geboortedatum", reden=Missing.NOT_DELIVERED),
    MissingElement(element="adres", reden=Missing.NO_VALUE),
)


def definition(shape: Shape) -> DataSetDefinition:
    return small_definition("gezin", shape=shape)


def content(shape: Shape, rows: tuple[Row, ...], missing: tuple[MissingElement, ...] = ()) -> SetContent:
    return SetContent(
        definition=definition(shape),
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


def sealed(what: SetContent, *, random: Callable[[int], bytes] | None = None) -> UnverifiedSet:
    """``what``, sealed and taken apart again."""
    made = issue_set(what, signer=KIT.signer, random=random or fixed_random("sets"))
    return parse_sealed_set(made.compact())
