# SPDX-License-Identifier: EUPL-1.2
"""Writes ``vectors/annotated-set.md``: one whole sealed set with every member explained, the reference for spelling."""

import json
from typing import Any

from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import Period, Row, Value
from blauweknop.core.seal.content import SetContent, StatusRef
from blauweknop.core.seal.fingerprint import human_print
from blauweknop.core.seal.issue import issue_set
from blauweknop.core.seal.present import minimise_set
from blauweknop.core.seal.sealed import SealedSet, parse_sealed_set
from blauweknop.core.wire.base64url import b64url_decode
from blauweknop.testing.sealing import ISS, NAME, OIN, SCHEME_URL, fixed_random, small_definition, small_element
from tests.vectors.forge import AT, sha
from tests.vectors.good import KIT

DEFINITION = small_definition(
    "voorbeeld",
    small_element("geslachtsnaam", "tekst", on_paper=True),
    small_element("geboortedatum", "datum", on_paper=True),
    small_element("overlijdensdatum", "datum"),
    small_element("verzamelinkomen", "bedrag", on_paper=True),
    small_element("kinderen", "lijst", small_element("voornamen", "tekst"), small_element("geboortedatum", "datum")),
    small_element("partner", "groep", small_element("geslachtsnaam", "tekst")),
    small_element("toetsingsinkomen", "bedrag"),
)
DAY = "2026-11-01"
ROW: Row = {
    "geslachtsnaam": Value(waarde="Jansen", peildatum=DAY, begrip="geslachtsnaam/1"),
    "geboortedatum": Value(waarde="1978-03", peildatum=DAY, begrip="geboortedatum/1", opmerking="deels-onbekend"),
    "overlijdensdatum": Value(waarde=None, peildatum=DAY, begrip="overlijdensdatum/1"),
    "verzamelinkomen": Value(
        waarde=4650000,
        eenheid="eurocent",
        periode=Period("2024-01-01", "2024-12-31"),
        status="definitief",
        begrip="verzamelinkomen/1",
    ),
    "kinderen": Value(
        waarde=(
            {
                "voornamen": Value(waarde="Ann", begrip="voornamen/1"),
                "geboortedatum": Value(waarde="2010-01-02", begrip="geboortedatum/1", in_onderzoek="2025-12-28"),
            },
            {"voornamen": Value(waarde="Bo", begrip="voornamen/1")},
        ),
        peildatum=DAY,
        begrip="kinderen/1",
    ),
    "partner": Value(
        waarde={"geslachtsnaam": Value(waarde="de Vries", begrip="geslachtsnaam/1")}, peildatum=DAY, begrip="partner/1"
    ),
}
MISSING = (
    MissingElement(element="toetsingsinkomen", reden=Missing.NOT_ALLOWED),
    MissingElement(element="verzamelinkomen", reden=Missing.UNREACHABLE, periode=Period("2023-01-01", "2023-12-31")),
)
PATHS = (
    ("geslachtsnaam", "an element"),
    ("kinderen", "a list, with all that is in it"),
    ("kinderen[1]", "one item of a list, counted from 0 as this file shows them"),
    ("kinderen.geboortedatum", "one part of every item"),
    ("kinderen[0].voornamen", "one part of one item"),
    ("partner.geslachtsnaam", "one part of a group"),
    ("verzamelinkomen", "an element of which a period is missing: `ontbreekt` keeps that"),
    ("toetsingsinkomen", "an element that is missing: the copy says only that"),
)


def annotated_set() -> SealedSet:
    """The set of the page."""
    content = SetContent(
        definition=DEFINITION,
        iss=ISS,
        scheme_url=SCHEME_URL,
        issued_at=AT,
        environment="test",
        delivery="4f1c2a",
        rows=(ROW,),
        missing=MISSING,
        status=StatusRef(uri=f"{ISS}/v1/statuslijsten/1", idx=412),
        integrity="sha256-" + "A" * 43 + "=",
    )
    return issue_set(content, signer=KIT.signer, random=fixed_random("annotated"))


def page() -> bytes:
    """The page, Markdown."""
    made = annotated_set()
    protected, payload, _ = made.jwt.split(b".")
    return "\n".join(
        [
            *_opening(made),
            "## Header\n",
            _block(_decoded(protected), shorten="x5c"),
            *_HEADER,
            "## Payload\n",
            _block(_decoded(payload)),
            *_PAYLOAD,
            "## Disclosures\n",
            *_DISCLOSURES,
            *_table(made),
            "## Paths\n",
            *_PATHS_TEXT,
            *_paths(made),
            "## On paper\n",
            *_paper(),
            "## The file\n",
            "As `.sd-jwt` (one line, no line end):\n",
            f"```\n{made.compact().decode()}\n```\n",
            "As `.json` (one line, no line end):\n",
            f"```\n{made.json().decode()}\n```",
            "",
        ]
    ).encode()


def _decoded(encoded: bytes) -> Any:
    return json.loads(b64url_decode(encoded))


def _block(value: Any, *, shorten: str = "") -> str:
    shown = {name: ["(DER, standard base64)"] if name == shorten else each for name, each in value.items()}
    return f"```json\n{json.dumps(shown, indent=1, ensure_ascii=False)}\n```\n"


def _opening(made: SealedSet) -> list[str]:
    return [
        "# A whole sealed set, annotated\n",
        "The reference for spelling; made by `python -m tests.vectors.make`, with keys and salts that are the same",
        "every time. Nobody in it exists. What is shown here with white space is in the file without any.\n",
        f"- sealed by {NAME}, OIN `{OIN}`, `{ISS}`;",
        f"- *vingerafdruk* `{made.fingerprint}`, for the eye `{human_print(made.fingerprint)}`;",
        f"- *toonafdruk* of the whole `{made.show_print}`.\n",
    ]


_HEADER = [
    "- `alg`: ES256, because the key of the certificate is on P-256;",
    "- `typ`: `dc+sd-jwt`, nothing else;",
    "- `kid`: base64url of SHA-256 over the DER of the seal certificate;",
    "- `x5c`: the seal certificate, then intermediates if any; never the anchor. These four members, in this order.\n",
]
_PAYLOAD = [
    "- `iss`: the source; exactly the URI in the seal certificate;",
    "- `vct`: the version of the data set definition; `vct#integrity`: SHA-256 of its type metadata;",
    "- `iat`: when it was sealed, seconds since 1970, UTC; `nbf` and `exp` would follow, where there are any;",
    "- `omgeving`: `test` or `productie`; a reader of the other refuses it;",
    "- `ontvanger`, `dienst`, `levering`, `bewaren_tot`: always visible in a delivery to a requester; here only",
    "  `levering`, the id of the delivery;",
    "- `status`: the place on the source's status list; `cnf` (the holder's key) would follow, in a copy for a wallet;",
    '- `_sd`: the digests of the elements, sorted. A set of rows has `rijen` instead: a list of `{"...": digest}`;',
    "- `ontbreekt`: what is missing, each hidden by itself; only where something is;",
    "- `_sd_alg`: always `sha-256`. Members stand in this order.\n",
]
_DISCLOSURES = [
    "Each is `[salt, name, value]` for a member, `[salt, value]` for an element of an array; salts are 16 bytes. A",
    "value is an envelope, with members in the order `waarde, eenheid, periode, peildatum, status, begrip,",
    "in_onderzoek, opmerking`, those without a value left out. `waarde` is `null` where the source states that there",
    "is none; a partial date stays partial; money is integer euro cents.\n",
    "| digest | disclosure |",
    "|---|---|",
]
_PATHS_TEXT = [
    "What `blauweknop minimise FILE --keep PATH` keeps, and how many of the disclosures stay:\n",
    "| path | names | disclosures |",
    "|---|---|---|",
]


def _table(made: SealedSet) -> list[str]:
    rows = [f"| `{sha(each.decode())}` | `{b64url_decode(each).decode()}` |" for each in made.disclosures]
    return [*rows, ""]


def _paths(made: SealedSet) -> list[str]:
    whole = parse_sealed_set(made.compact())
    rows = [f"| `{path}` | {names} | {len(minimise_set(whole, [path]).disclosures)} |" for path, names in PATHS]
    return [*rows, f"| | all of it | {len(made.disclosures)} |", ""]


def _paper() -> list[str]:
    names = ", ".join(f"`{element.id}`" for element in DEFINITION.elements if element.on_paper)
    return [
        f"Elements whose definition says `papier = true` go into the paper code: {names}. The rest is only counted",
        "there; the code carries the same *vingerafdruk*.\n",
    ]
