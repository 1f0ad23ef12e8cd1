# SPDX-License-Identifier: EUPL-1.2
"""The good cases: each a set as it should be, from which the bad ones are made by one change."""

from dataclasses import dataclass, field
from typing import Any

from blauweknop.testing.sealing import ISS, seal_kit
from tests.vectors.forge import AT, AUDIENCE, NONCE, Forge, Item, Member, Node, bind, forge

KIT = seal_kit()
NO_PROOF = "geen"
OWN_COPY = "eigen"
PROOF = {"nonce": NONCE, "audience": AUDIENCE}


@dataclass
class Good:
    """One good case; ``expect`` is what a reader must find besides the fixed members."""

    name: str
    about: str
    forge: Forge
    rows: list[Any]
    missing: list[Any] = field(default_factory=list)
    trust: str = "known"
    standing: str = "in_stelsel"
    at: int = AT
    expectation: Any = NO_PROOF


def env(waarde: Any, **rest: Any) -> dict[str, Any]:
    order = ("eenheid", "periode", "peildatum", "status", "begrip", "in_onderzoek", "opmerking")
    return {"waarde": waarde, **{name: rest[name] for name in order if name in rest}}


NAME = env("Jansen", peildatum="2026-11-01", begrip="geslachtsnaam/1")
BIRTH = env("1978-03", peildatum="2026-11-01", begrip="geboortedatum/1", opmerking="deels-onbekend")
NOTHING = env(None, peildatum="2026-11-01", begrip="overlijden/1")
UNDER_INVESTIGATION = env("Dorpsstraat 1", begrip="adres/1", in_onderzoek="2025-12-28")
YEAR = {"van": "2024-01-01", "tot": "2024-12-31"}
INCOME = env(4650000, eenheid="eurocent", periode=YEAR, status="definitief", begrip="verzamelinkomen/1")
CHILD = {"voornamen": env("Ann", begrip="voornamen/1"), "geboortedatum": env("2010-01-02", begrip="geboortedatum/1")}
OTHER_CHILD = {"voornamen": env("Bo", begrip="voornamen/1")}


def node(members: dict[str, Any], *, leave: tuple[str, ...] = ()) -> Node:
    return Node([Member(name, value, shown=name not in leave) for name, value in members.items()])


def person(*, leave: tuple[str, ...] = ()) -> Forge:
    members = {"geslachtsnaam": NAME, "geboortedatum": BIRTH, "overlijden": NOTHING, "adres": UNDER_INVESTIGATION}
    return forge(KIT, data_set="persoonsgegevens/1", node=node(members, leave=leave))


PERSON = {"geslachtsnaam": NAME, "geboortedatum": BIRTH, "overlijden": NOTHING, "adres": UNDER_INVESTIGATION}


def household(*, leave_child: int | None = None, leave: tuple[str, ...] = ()) -> Forge:
    children = [Item(node(child), shown=place != leave_child) for place, child in enumerate((CHILD, OTHER_CHILD))]
    partner = node({"geslachtsnaam": NAME, "geboortedatum": BIRTH})
    members = {
        "kinderen": env(children, peildatum="2026-11-01", begrip="kinderen/1"),
        "partner": env(partner, begrip="partner/1"),
    }
    return forge(KIT, data_set="huishouden/1", node=node(members, leave=leave))


HOUSEHOLD = {
    "kinderen": env([CHILD, OTHER_CHILD], peildatum="2026-11-01", begrip="kinderen/1"),
    "partner": env({"geslachtsnaam": NAME, "geboortedatum": BIRTH}, begrip="partner/1"),
}
ROWS = [
    {"jaar": env(2024, begrip="jaar/1"), "verzamelinkomen": INCOME},
    {"jaar": env(2023, begrip="jaar/1"), "verzamelinkomen": env(4400000, eenheid="eurocent", status="voorlopig")},
]


def income(*, leave_row: int | None = None, leave: tuple[str, ...] = ()) -> Forge:
    rows = [Item(node(row, leave=leave), shown=place != leave_row) for place, row in enumerate(ROWS)]
    return forge(KIT, data_set="inkomen/1", node=None, data={"rijen": rows})


MISSING: list[dict[str, Any]] = [
    {"element": "toetsingsinkomen", "reden": "niet_toegestaan"},
    {
        "element": "verzamelinkomen",
        "reden": "bron_niet_bereikbaar",
        "periode": {"van": "2022-01-01", "tot": "2022-12-31"},
    },
]


def with_missing(made: Forge, *, leave: int | None = None) -> Forge:
    alg = made.payload.pop("_sd_alg")
    items = [Item(dict(item), shown=place != leave) for place, item in enumerate(MISSING)]
    made.payload |= {"ontbreekt": items, "_sd_alg": alg}
    return made


def plus() -> Forge:
    made = person()
    fixed = {name: made.payload[name] for name in ("iss", "vct", "vct#integrity", "iat", "omgeving")}
    asked = {
        "ontvanger": "https://vrager.voorbeeld.example",
        "dienst": "hypotheek/1",
        "levering": "4f1c2a",
        "bewaren_tot": "2027-11-01",
    }
    made.payload = {**fixed, **asked, "_sd_alg": "sha-256"}
    return made


def with_members(made: Forge, after: str, members: dict[str, Any]) -> Forge:
    """``made`` with ``members`` put in after the member ``after``."""
    payload: dict[str, Any] = {}
    for name, value in made.payload.items():
        payload[name] = value
        if name == after:
            payload |= members
    made.payload = payload
    return made


def status() -> Forge:
    place = {"status_list": {"idx": 412, "uri": f"{ISS}/statuslijsten/1"}}
    return with_members(person(), "levering", {"status": place})


def dated(**members: int) -> Forge:
    return with_members(person(), "iat", dict(members))


def made_at(moment: int) -> Forge:
    made = person()
    made.payload["iat"] = moment
    return made


def as_json(made: Forge) -> Forge:
    made.form = "json"
    return made


def in_production() -> Forge:
    made = person()
    made.payload["omgeving"] = "productie"
    return made


def empty_single() -> Forge:
    made = forge(KIT, data_set="voertuigen/1", node=None)
    made.payload.pop("levering")
    return made


def with_decoys() -> Forge:
    made = person()
    assert made.node is not None
    made.node.extra = ["A" * 43, "B" * 43]
    return made


def bind_rows() -> Forge:
    made = income()
    rows = made.payload.pop("rijen")
    return with_members(bind(made, KIT), "cnf", {"rijen": rows})


def unshown() -> Forge:
    made = bind(person(), KIT)
    made.kb_claims = None
    return made


UNICODE = {
    "geslachtsnaam": env('Şahin-Ó "\\/ Łódź 東京\n\u2028', begrip="geslachtsnaam/1"),
    "saldo": env(12.5),
    "wet": env(False),
}

GOOD = [
    Good("enkel", "one record, every element a disclosure", person(), [PERSON]),
    Good("enkel-json", "the same as flattened JSON", as_json(person()), [PERSON]),
    Good("huishouden", "a list whose items are disclosures, and a group", household(), [HOUSEHOLD]),
    Good("huishouden-json", "the same as flattened JSON", as_json(household()), [HOUSEHOLD]),
    Good("rijen", "a list of records", income(), ROWS),
    Good("rijen-json", "the same as flattened JSON", as_json(income()), ROWS),
    Good(
        "rijen-leeg",
        "a sealed empty list: nothing is known here",
        forge(KIT, data_set="inkomen/1", node=None, data={"rijen": []}),
        [],
    ),
    Good("enkel-leeg", "a sealed set of one record without a record", empty_single(), []),
    Good("ontbreekt", "with what is missing", with_missing(person()), [PERSON], MISSING),
    Good("ontbreekt-rijen", "rows, with what is missing", with_missing(income()), ROWS, MISSING),
    Good(
        "ontbreekt-deels",
        "with one of the missing elements shown",
        with_missing(person(), leave=1),
        [PERSON],
        MISSING[:1],
    ),
    Good(
        "teken",
        "characters beyond ASCII, escapes, a fraction, a boolean",
        forge(KIT, data_set="proef/1", node=node(UNICODE)),
        [UNICODE],
    ),
    Good(
        "kleiner",
        "a smaller copy: two of four elements",
        person(leave=("overlijden", "adres")),
        [{"geslachtsnaam": NAME, "geboortedatum": BIRTH}],
    ),
    Good("kleiner-niets", "a smaller copy that shows nothing", person(leave=tuple(PERSON)), [{}]),
    Good(
        "kleiner-json",
        "a smaller copy as JSON",
        as_json(person(leave=("adres",))),
        [{name: PERSON[name] for name in ("geslachtsnaam", "geboortedatum", "overlijden")}],
    ),
    Good(
        "kleiner-kind",
        "a smaller copy: one item of a list left out",
        household(leave_child=0),
        [{**HOUSEHOLD, "kinderen": env([OTHER_CHILD], peildatum="2026-11-01", begrip="kinderen/1")}],
    ),
    Good(
        "kleiner-groep",
        "a smaller copy: a group left out",
        household(leave=("partner",)),
        [{"kinderen": HOUSEHOLD["kinderen"]}],
    ),
    Good("kleiner-rij", "a smaller copy: one row left out", income(leave_row=0), ROWS[1:]),
    Good(
        "kleiner-rij-element",
        "a smaller copy: one element of every row left out",
        income(leave=("jaar",)),
        [{"verzamelinkomen": row["verzamelinkomen"]} for row in ROWS],
    ),
    Good("lokdigest", "digests without a disclosure, as another issuer may add", with_decoys(), [PERSON]),
    Good("plus", "what a delivery to a requester always shows", plus(), [PERSON]),
    Good("status", "with a place on a status list", status(), [PERSON]),
    Good("exp-nbf", "with a beginning and an end", dated(nbf=AT - 60, exp=AT + 60), [PERSON]),
    Good("iat-scheef", "made by a clock that is ten seconds ahead", made_at(AT + 10), [PERSON]),
    Good("nbf-scheef", "valid from ten seconds on, by a clock that is ahead", dated(nbf=AT + 10), [PERSON]),
    Good("exp-scheef", "ended ten seconds ago, by a clock that is behind", dated(exp=AT - 10), [PERSON]),
    Good("jaren-later", "read two years later", person(), [PERSON], at=AT + 63_000_000),
    Good(
        "buiten-stelsel",
        "a path leads to an anchor, the scheme does not know it",
        person(),
        [PERSON],
        trust="anchored",
        standing="buiten_stelsel",
    ),
    Good("onbekend", "well made, by nobody we know", person(), [PERSON], trust="stranger", standing="onbekend"),
    Good("productie", "for production, read in production", in_production(), [PERSON], trust="production"),
    Good("houder", "bound to its holder, and shown by it", bind(person(), KIT), [PERSON], expectation=PROOF),
    Good("houder-json", "the same as flattened JSON", as_json(bind(person(), KIT)), [PERSON], expectation=PROOF),
    Good(
        "houder-deel",
        "part of it, shown by its holder",
        bind(person(leave=("adres",)), KIT),
        [{name: PERSON[name] for name in ("geslachtsnaam", "geboortedatum", "overlijden")}],
        expectation=PROOF,
    ),
    Good("houder-rijen", "rows, shown by their holder", bind_rows(), ROWS, expectation=PROOF),
    Good("houder-laat", "shown five minutes ago", bind(person(), KIT), [PERSON], at=AT + 300, expectation=PROOF),
    Good(
        "houder-scheef",
        "shown by a clock that is ten seconds ahead",
        bind(made_at(AT - 10), KIT),
        [PERSON],
        at=AT - 10,
        expectation=PROOF,
    ),
    Good("houder-eigen", "bound to its holder, read by that holder", unshown(), [PERSON], expectation=OWN_COPY),
    Good("eigen-los", "bound to nobody, read by who received it", person(), [PERSON], expectation=OWN_COPY),
]
