# SPDX-License-Identifier: EUPL-1.2
"""Bad cases of values, of their spelling, and of what is missing."""

from tests.vectors.bad import Bad, member, raw, value
from tests.vectors.bad_edits import PROFILE, missing_item, spelt_otherwise
from tests.vectors.bad_form import FORM, OWN_RULE, SPELLING
from tests.vectors.good import BIRTH, NAME

VALUE_CASES = [
    Bad(
        "waarde-wit",
        "enkel",
        "a space in a disclosure",
        SPELLING,
        OWN_RULE,
        raw(b'["zout", "geslachtsnaam",{"waarde":1}]'),
    ),
    Bad(
        "waarde-ontsnapt",
        "enkel",
        "a character spelt by its number",
        SPELLING,
        OWN_RULE,
        raw(b'["zout","geslachtsnaam",{"waarde":"\\u0041"}]'),
    ),
    Bad(
        "waarde-dubbel",
        "enkel",
        "waarde twice in one envelope",
        FORM,
        "RFC 8259 §4",
        raw(b'["zout","geslachtsnaam",{"waarde":1,"waarde":2}]'),
    ),
    Bad(
        "waarde-getal",
        "enkel",
        "a number spelt with an exponent",
        SPELLING,
        OWN_RULE,
        raw(b'["zout","geslachtsnaam",{"waarde":1e2}]'),
    ),
    Bad(
        "waarde-groot",
        "enkel",
        "an integer that readers round",
        FORM,
        "RFC 7493 §2.2",
        raw(b'["zout","geslachtsnaam",{"waarde":9007199254740993}]'),
    ),
    Bad(
        "waarde-surrogaat",
        "enkel",
        "half a surrogate pair",
        FORM,
        "RFC 7493 §2.1",
        raw(b'["zout","geslachtsnaam",{"waarde":"\\ud800"}]'),
    ),
    Bad("waarde-bits", "enkel", "an unused bit of a disclosure set", SPELLING, "RFC 4648 §3.5", spelt_otherwise),
    Bad("waarde-los", "enkel", "a value without its envelope", PROFILE, OWN_RULE, value("Jansen")),
    Bad("waarde-weg", "enkel", "an envelope without waarde", PROFILE, OWN_RULE, value({"begrip": "geslachtsnaam/1"})),
    Bad(
        "waarde-onbekend-lid",
        "enkel",
        "an envelope with a member it does not have",
        SPELLING,
        OWN_RULE,
        value({**NAME, "x": 1}),
    ),
    Bad(
        "waarde-volgorde",
        "enkel",
        "an envelope in another order",
        SPELLING,
        OWN_RULE,
        value(dict(reversed(BIRTH.items()))),
    ),
    Bad(
        "waarde-leeg-lid",
        "enkel",
        "an empty member spelt out",
        SPELLING,
        OWN_RULE,
        value({"waarde": 1, "eenheid": ""}),
    ),
    Bad("waarde-soort", "enkel", "a unit that is a number", PROFILE, OWN_RULE, value({"waarde": 1, "eenheid": 1})),
    Bad(
        "periode-half",
        "enkel",
        "a period without end",
        PROFILE,
        OWN_RULE,
        value({"waarde": 1, "periode": {"van": "2024-01-01"}}),
    ),
    Bad(
        "naam-hoofdletter",
        "enkel",
        "an element whose name has a capital",
        PROFILE,
        OWN_RULE,
        lambda made: setattr(member(made), "name", "Naam"),
    ),
    Bad(
        "ontbreekt-reden",
        "ontbreekt",
        "a reason that is not on the list",
        PROFILE,
        OWN_RULE,
        missing_item({"element": "x", "reden": "geheim"}),
    ),
    Bad(
        "ontbreekt-lid",
        "ontbreekt",
        "a member that it does not have",
        SPELLING,
        OWN_RULE,
        missing_item({"element": "x", "reden": "geen_waarde", "x": 1}),
    ),
    Bad("ontbreekt-tekst", "ontbreekt", "a missing element that is a text", PROFILE, OWN_RULE, missing_item("x")),
]
