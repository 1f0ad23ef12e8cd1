# SPDX-License-Identifier: EUPL-1.2
"""Bad cases of content: members, disclosures and digests, values, the proof of a holder."""

import base64
from typing import Any

from blauweknop.testing.sealing import FixedSigner, fixed_key
from tests.vectors.bad import (
    Bad,
    content,
    in_payload,
    item,
    member,
    payload,
    proof,
    proof_header,
    raw,
    row_content,
    value,
    without,
)
from tests.vectors.bad_form import FORM, ONE_SPELLING, SPELLING, next_character
from tests.vectors.forge import AT, Change, Forge, Item, Member, Node, b64
from tests.vectors.good import BIRTH, NAME, OWN_COPY, PROOF, env, with_members

PROFILE = "profiel-onjuist"
MALFORMED = "onthulling-ongeldig"
PROOF_WRONG = "houderbewijs-ongeldig"
MEMBER_FORM = "RFC 9901 §7.1(3.c.ii.A)"
ELEMENT_FORM = "RFC 9901 §7.1(3.c.iii.A)"
DRAFT = "draft-ietf-oauth-sd-jwt-vc, registered JWT claims"
HOLDER_KEY = "RFC 7518 §6.2.1"


def shown(change: Any) -> Change:
    def edit(made: Forge) -> None:
        made.disclosures = change

    return edit


def other_name(disclosure: str) -> str:
    return b64(base64.urlsafe_b64decode(disclosure + "==").replace(b"Jansen", b"Jensen"))


def after_proof(change: Any) -> Change:
    def edit(made: Forge) -> None:
        made.after_kb = change

    return edit


def hide(name: str, what: Any) -> Change:
    """Hides one member more, called ``name``."""

    def edit(made: Forge) -> None:
        assert made.node is not None
        made.node.hidden.append(Member(name, what))

    return edit


def hidden_instead(name: str) -> Change:
    """Hides the member ``name`` of the payload instead of showing it."""

    def edit(made: Forge) -> None:
        assert made.node is not None
        made.node.hidden.append(Member(name, made.payload.pop(name)))

    return edit


def digests(what: Any) -> Change:
    def edit(made: Forge) -> None:
        assert made.node is not None
        made.node.sd = what

    return edit


def another_digest(what: Any) -> Change:
    def edit(made: Forge) -> None:
        assert made.node is not None
        made.node.extra = [what]

    return edit


def repeated_digest(made: Forge) -> None:
    assert made.node is not None
    made.node.extra = [made.node.hidden[0]]


def digest_in_two_objects(made: Forge) -> None:
    """The digest of the second child's first names stands in the payload too."""
    assert made.node is not None
    kept = made.node
    made.written_jwt()
    wanted = Member("voornamen", None)
    kept.extra = [made.made_digest(wanted)]


def deep(levels: int) -> Change:
    def edit(made: Forge) -> None:
        inner: Any = 1
        for _ in range(levels):
            inner = Node([Member("dieper", inner)])
        member(made).value = inner

    return edit


def clear_element(made: Forge) -> None:
    assert made.node is not None
    del made.node.hidden[0]
    made.payload |= {"geslachtsnaam": NAME}


def clear_part(made: Forge) -> None:
    partner = member(made, 1).value["waarde"]
    partner.clear["voorvoegsel"] = env("de")


def clear_child(made: Forge) -> None:
    children = member(made, 0).value["waarde"]
    children[1] = children[1].value


def clear_row(made: Forge) -> None:
    made.payload["rijen"][1] = made.payload["rijen"][1].value


def clear_in_row(made: Forge) -> None:
    item(made).value.clear["opmerking"] = env("x")


def unknown_member(made: Forge) -> None:
    with_members(made, "levering", {"jti": "1"})


def row_and_record(made: Forge) -> None:
    rows: dict[str, Any] = {"rijen": []}
    with_members(made, "levering", rows)
    made.payload_bytes = lambda data: data.replace(b'"rijen":[],', b"", 1).replace(
        b'"_sd_alg"', b'"rijen":[],"_sd_alg"', 1
    )


def place(what: Any) -> Change:
    def edit(made: Forge) -> None:
        made.payload["rijen"][1] = what

    return edit


def two_same_names(made: Forge) -> None:
    member(made, 1).name = "geslachtsnaam"


def kind_in_row(made: Forge) -> None:
    item(made).content = ["zout", "naam", NAME]


def missing_item(what: Any) -> Change:
    def edit(made: Forge) -> None:
        made.payload["ontbreekt"][0] = Item(what)

    return edit


def cnf(what: Any) -> Change:
    def edit(made: Forge) -> None:
        made.payload["cnf"] = what

    return edit


def jwk(**members: Any) -> Change:
    def edit(made: Forge) -> None:
        made.payload["cnf"]["jwk"].update(members)

    return edit


def another_holder(made: Forge) -> None:
    made.kb_signer = FixedSigner(fixed_key("somebody else"))


def unshown(made: Forge) -> None:
    made.kb_claims = None


def without_claim(name: str) -> Change:
    def edit(made: Forge) -> None:
        assert made.kb_claims is not None
        del made.kb_claims[name]

    return edit


def spelt_otherwise(made: Forge) -> None:
    found = member(made)
    found.raw = b'["zout","geslachtsnaam",{"waarde":"An"}]'
    found.spelt = next_character


MEMBER_CASES = [
    Bad("iss-weg", "enkel", "no iss", PROFILE, ONE_SPELLING, without("iss")),
    Bad(
        "iss-ander",
        "enkel",
        "the iss of another organisation",
        "certificaat-ander",
        "",
        payload(iss="https://ander.voorbeeld.example"),
    ),
    Bad(
        "iss-schuine-streep",
        "enkel",
        "a slash after iss",
        "certificaat-ander",
        "",
        payload(iss="https://bron.voorbeeld.example/"),
    ),
    Bad("iat-weg", "enkel", "no iat", PROFILE, ONE_SPELLING, without("iat")),
    Bad("iat-tekst", "enkel", "iat as a text", PROFILE, ONE_SPELLING, payload(iat=str(AT))),
    Bad("iat-waar", "enkel", "iat true", PROFILE, ONE_SPELLING, payload(iat=True)),
    Bad("iat-toekomst", "enkel", "made a minute from now", "nog-niet-geldig", "RFC 9901 §7.1(6)", payload(iat=AT + 60)),
    Bad(
        "iat-voor-certificaat",
        "enkel",
        "made before the certificate was",
        "certificaat-niet-geldig",
        "RFC 5280 §6.1.3 (a)(2)",
        payload(iat=1_700_000_000),
    ),
    Bad(
        "nbf-toekomst",
        "exp-nbf",
        "valid from a minute from now",
        "nog-niet-geldig",
        "RFC 9901 §7.1(6)",
        payload(nbf=AT + 60),
    ),
    Bad("exp-voorbij", "exp-nbf", "ended a minute ago", "verlopen", "RFC 9901 §7.1(6)", payload(exp=AT - 60)),
    Bad("exp-later-gelezen", "exp-nbf", "read two minutes later", "verlopen", "RFC 9901 §7.1(6)", at=AT + 120),
    Bad("exp-tekst", "exp-nbf", "exp as a text", PROFILE, ONE_SPELLING, payload(exp="nooit")),
    Bad("vct-weg", "enkel", "no vct", PROFILE, ONE_SPELLING, without("vct")),
    Bad(
        "vct-vorm",
        "enkel",
        "a vct that names no data set",
        "vct-ongeldig",
        "system.md 5",
        payload(vct="https://stelsel.voorbeeld.example/iets"),
    ),
    Bad(
        "vct-versie",
        "enkel",
        "a version that is no number",
        "vct-ongeldig",
        "system.md 5",
        payload(vct="https://stelsel.voorbeeld.example/v1/gegevenssets/persoonsgegevens/01"),
    ),
    Bad(
        "vct-vraag",
        "enkel",
        "a query after vct",
        "vct-ongeldig",
        "system.md 5",
        payload(vct="https://stelsel.voorbeeld.example/v1/gegevenssets/persoonsgegevens/1?x"),
    ),
    Bad(
        "integriteit-vorm",
        "enkel",
        "an integrity of another hash",
        PROFILE,
        ONE_SPELLING,
        payload(**{"vct#integrity": "sha512-AAAA"}),
    ),
    Bad(
        "omgeving-ander",
        "enkel",
        "for production, read in test",
        "omgeving-onjuist",
        "system.md 4",
        payload(omgeving="productie"),
    ),
    Bad("omgeving-lezer", "enkel", "read in production", "omgeving-onjuist", "system.md 4", trust="production"),
    Bad("sd-alg-weg", "enkel", "no _sd_alg", PROFILE, ONE_SPELLING, without("_sd_alg")),
    Bad(
        "sd-alg-512",
        "enkel",
        "another hash algorithm",
        "hashalgoritme-onbekend",
        "RFC 9901 §7.1(2.d)",
        payload(_sd_alg="sha-512"),
    ),
    Bad(
        "sd-alg-hoofdletters",
        "enkel",
        "the hash algorithm in capitals",
        "hashalgoritme-onbekend",
        "RFC 9901 §7.1(2.d)",
        payload(_sd_alg="SHA-256"),
    ),
    Bad(
        "lid-volgorde",
        "enkel",
        "two members in another order",
        PROFILE,
        ONE_SPELLING,
        lambda made: setattr(made, "payload", {"vct": made.payload["vct"], **made.payload}),
    ),
    Bad(
        "lid-onbekend",
        "enkel",
        "a visible member that a set does not have",
        PROFILE,
        ONE_SPELLING,
        unknown_member,
    ),
    Bad(
        "status-negatief",
        "status",
        "an index below nothing",
        PROFILE,
        ONE_SPELLING,
        payload(status={"status_list": {"idx": -1, "uri": "https://x.example"}}),
    ),
    Bad("status-ander", "status", "a status by another mechanism", PROFILE, ONE_SPELLING, payload(status={"iets": 1})),
    Bad("sd-en-rijen", "enkel", "rows beside one record", PROFILE, ONE_SPELLING, row_and_record),
    Bad("element-zichtbaar", "enkel", "an element in the clear", PROFILE, ONE_SPELLING, clear_element),
    Bad("deel-zichtbaar", "huishouden", "a part of a group in the clear", PROFILE, ONE_SPELLING, clear_part),
    Bad("kind-zichtbaar", "huishouden", "an item of a list in the clear", PROFILE, ONE_SPELLING, clear_child),
    Bad("rij-zichtbaar", "rijen", "a row in the clear", PROFILE, ONE_SPELLING, clear_row),
    Bad("rij-element-zichtbaar", "rijen", "an element of a row in the clear", PROFILE, ONE_SPELLING, clear_in_row),
]

DISCLOSURE_CASES = [
    Bad(
        "onthulling-vreemd",
        "enkel",
        "a disclosure of another set",
        "onthulling-los",
        "RFC 9901 §7.1(5)",
        shown(lambda made: [*made, "WyJ6b3V0IiwieCIsMV0"]),
    ),
    Bad(
        "onthulling-gewijzigd",
        "enkel",
        "one character of a disclosure changed",
        "onthulling-los",
        "RFC 9901 §7.1(5)",
        shown(lambda made: [other_name(made[0]), *made[1:]]),
    ),
    Bad(
        "onthulling-verweesd",
        "huishouden",
        "a list left out, its items shown",
        "onthulling-los",
        "RFC 9901 §7.1(5)",
        shown(lambda made: made[1:]),
    ),
    Bad(
        "onthulling-dubbel",
        "enkel",
        "a disclosure twice",
        "onthulling-dubbel",
        "RFC 9901 §7.1(5)",
        shown(lambda made: [*made, made[0]]),
    ),
    Bad(
        "onthulling-dubbel-json",
        "enkel-json",
        "a disclosure twice",
        "onthulling-dubbel",
        "RFC 9901 §7.1(5)",
        shown(lambda made: [*made, made[-1]]),
    ),
    Bad("onthulling-geen-json", "enkel", "a disclosure that is not JSON", FORM, "RFC 8259 §2", raw(b"[1,")),
    Bad(
        "onthulling-geen-utf8",
        "enkel",
        "a disclosure that is not UTF-8",
        FORM,
        "RFC 8259 §2",
        raw(b'["zout","geslachtsnaam",{"waarde":"\xff"}]'),
    ),
    Bad(
        "onthulling-object",
        "enkel",
        "a disclosure that is an object",
        MALFORMED,
        "RFC 9901 §7.1(3.c)",
        raw(b'{"zout":1}'),
    ),
    Bad(
        "onthulling-lege-lijst",
        "enkel",
        "a disclosure that is an empty array",
        MALFORMED,
        "RFC 9901 §7.1(3.c)",
        raw(b"[]"),
    ),
    Bad("onthulling-een", "enkel", "a disclosure of one part", MALFORMED, MEMBER_FORM, content("zout")),
    Bad(
        "onthulling-vier",
        "enkel",
        "a disclosure of four parts",
        MALFORMED,
        MEMBER_FORM,
        content("zout", "geslachtsnaam", NAME, 1),
    ),
    Bad(
        "onthulling-zout-getal",
        "enkel",
        "a salt that is a number",
        MALFORMED,
        "RFC 9901 §7.1(3.c)",
        content(1, "geslachtsnaam", NAME),
    ),
    Bad("onthulling-naam-getal", "enkel", "a name that is a number", MALFORMED, MEMBER_FORM, content("zout", 1, NAME)),
    Bad("onthulling-naam-leeg", "enkel", "a name that is nothing", MALFORMED, MEMBER_FORM, content("zout", None, NAME)),
    Bad(
        "naam-sd",
        "enkel",
        "a claim called _sd",
        "naam-voorbehouden",
        "RFC 9901 §7.1(3.c.ii.B)",
        content("zout", "_sd", NAME),
    ),
    Bad(
        "naam-punten",
        "enkel",
        "a claim called ...",
        "naam-voorbehouden",
        "RFC 9901 §7.1(3.c.ii.B)",
        content("zout", "...", NAME),
    ),
    Bad("naam-tweemaal", "enkel", "two claims of one name", "naam-botsing", "RFC 9901 §7.1(3.c.ii.C)", two_same_names),
    Bad(
        "naam-botst-zichtbaar",
        "enkel",
        "a claim called as a visible member",
        "naam-botsing",
        "RFC 9901 §7.1(3.c.ii.C)",
        hide("levering", "x"),
    ),
    Bad(
        "naam-sd-alg",
        "enkel",
        "a claim called _sd_alg",
        "naam-botsing",
        "RFC 9901 §7.1(3.c.ii.C)",
        hide("_sd_alg", "sha-256"),
    ),
    Bad(
        "soort-in-object",
        "enkel",
        "an array element's disclosure for a member",
        "onthulling-soort",
        MEMBER_FORM,
        content("zout", NAME),
    ),
    Bad(
        "soort-in-lijst",
        "rijen",
        "a member's disclosure for an array element",
        "onthulling-soort",
        ELEMENT_FORM,
        kind_in_row,
    ),
    Bad(
        "rij-een-deel",
        "rijen",
        "an array element's disclosure of one part",
        MALFORMED,
        ELEMENT_FORM,
        row_content("zout"),
    ),
    Bad(
        "rij-zout-getal",
        "rijen",
        "an array element's salt that is a number",
        MALFORMED,
        "RFC 9901 §7.1(3.c)",
        row_content(1, {"_sd": []}),
    ),
    Bad(
        "afdruk-tweemaal",
        "lokdigest",
        "one digest twice in one object",
        "afdruk-dubbel",
        "RFC 9901 §7.1(4)",
        lambda made: made.node.extra.append("A" * 43) if made.node else None,
    ),
    Bad(
        "afdruk-onthuld-tweemaal",
        "enkel",
        "the digest of a disclosure twice",
        "afdruk-dubbel",
        "RFC 9901 §7.1(4)",
        repeated_digest,
    ),
    Bad(
        "afdruk-twee-plaatsen",
        "huishouden",
        "one digest in two objects",
        "afdruk-dubbel",
        "RFC 9901 §7.1(4)",
        digest_in_two_objects,
    ),
    Bad(
        "afdruk-rij-tweemaal",
        "rijen",
        "one digest twice in an array",
        "afdruk-dubbel",
        "RFC 9901 §7.1(4)",
        lambda made: made.payload["rijen"].extend([{"...": "A" * 43}] * 2),
    ),
    Bad(
        "sd-tekst",
        "enkel-leeg",
        "_sd that is a text",
        "afdruk-ongeldig",
        "RFC 9901 §7.1(3.b.i)",
        in_payload(b'"_sd_alg"', b'"_sd":"x","_sd_alg"'),
    ),
    Bad("sd-getal", "enkel", "a digest that is a number", "afdruk-ongeldig", "RFC 9901 §7.1(3.b)", another_digest(1)),
    Bad(
        "plaats-getal",
        "rijen",
        "an array element's digest that is a number",
        "afdruk-ongeldig",
        "RFC 9901 §7.1(3.b)",
        lambda made: made.payload["rijen"].append({"...": 1}),
    ),
    Bad(
        "plaats-extra",
        "rijen",
        "a member beside ...",
        "naam-voorbehouden",
        "RFC 9901 §7.1(3.b.ii)",
        lambda made: made.payload["rijen"].append({"...": "A" * 43, "x": 1}),
    ),
    Bad(
        "punten-in-payload",
        "enkel",
        "... as a member of the payload",
        "naam-voorbehouden",
        "RFC 9901 §4.1",
        in_payload(b'"_sd_alg"', b'"...":"x","_sd_alg"'),
    ),
    Bad(
        "punten-in-waarde",
        "huishouden",
        "... as a member of a group",
        "naam-voorbehouden",
        "RFC 9901 §4.1",
        lambda made: member(made, 1).value["waarde"].clear.update({"...": "x"}),
    ),
    Bad("verborgen-vct", "enkel", "vct hidden", "lid-verborgen", DRAFT, hidden_instead("vct")),
    Bad(
        "verborgen-integriteit",
        "enkel",
        "vct#integrity hidden",
        "lid-verborgen",
        DRAFT,
        hidden_instead("vct#integrity"),
    ),
    Bad("verborgen-status", "status", "status hidden", "lid-verborgen", DRAFT, hidden_instead("status")),
    Bad("verborgen-nbf", "exp-nbf", "nbf hidden", "lid-verborgen", DRAFT, hidden_instead("nbf")),
    Bad("verborgen-exp", "exp-nbf", "exp hidden", "lid-verborgen", DRAFT, hidden_instead("exp")),
    Bad("verborgen-cnf", "houder-eigen", "cnf hidden", "lid-verborgen", DRAFT, hidden_instead("cnf")),
    Bad("verborgen-iss", "enkel", "iss hidden", PROFILE, ONE_SPELLING, hidden_instead("iss")),
    Bad("verborgen-iat", "enkel", "iat hidden", PROFILE, ONE_SPELLING, hidden_instead("iat")),
    Bad("verborgen-omgeving", "enkel", "omgeving hidden", PROFILE, ONE_SPELLING, hidden_instead("omgeving")),
    Bad("verborgen-levering", "enkel", "levering hidden", "lid-verborgen", "system.md 5", hidden_instead("levering")),
    Bad("verborgen-sub", "enkel", "an element called sub", "lid-verborgen", "system.md 5", hide("sub", env("x"))),
    Bad("te-diep", "enkel", "disclosures within disclosures, twenty deep", "te-diep", "RFC 9901 §9.10", deep(20)),
]

VALUE_CASES = [
    Bad(
        "waarde-wit",
        "enkel",
        "a space in a disclosure",
        SPELLING,
        ONE_SPELLING,
        raw(b'["zout", "geslachtsnaam",{"waarde":1}]'),
    ),
    Bad(
        "waarde-ontsnapt",
        "enkel",
        "a character spelt by its number",
        SPELLING,
        ONE_SPELLING,
        raw(b'["zout","geslachtsnaam",{"waarde":"\\u0041"}]'),
    ),
    Bad(
        "waarde-dubbel",
        "enkel",
        "waarde twice in one envelope",
        SPELLING,
        ONE_SPELLING,
        raw(b'["zout","geslachtsnaam",{"waarde":1,"waarde":2}]'),
    ),
    Bad(
        "waarde-getal",
        "enkel",
        "a number spelt with an exponent",
        SPELLING,
        ONE_SPELLING,
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
    Bad("waarde-los", "enkel", "a value without its envelope", PROFILE, ONE_SPELLING, value("Jansen")),
    Bad(
        "waarde-weg", "enkel", "an envelope without waarde", PROFILE, ONE_SPELLING, value({"begrip": "geslachtsnaam/1"})
    ),
    Bad(
        "waarde-onbekend-lid",
        "enkel",
        "an envelope with a member it does not have",
        SPELLING,
        ONE_SPELLING,
        value({**NAME, "x": 1}),
    ),
    Bad(
        "waarde-volgorde",
        "enkel",
        "an envelope in another order",
        SPELLING,
        ONE_SPELLING,
        value(dict(reversed(BIRTH.items()))),
    ),
    Bad(
        "waarde-leeg-lid",
        "enkel",
        "an empty member spelt out",
        SPELLING,
        ONE_SPELLING,
        value({"waarde": 1, "eenheid": ""}),
    ),
    Bad("waarde-soort", "enkel", "a unit that is a number", PROFILE, ONE_SPELLING, value({"waarde": 1, "eenheid": 1})),
    Bad(
        "periode-half",
        "enkel",
        "a period without end",
        PROFILE,
        ONE_SPELLING,
        value({"waarde": 1, "periode": {"van": "2024-01-01"}}),
    ),
    Bad(
        "naam-hoofdletter",
        "enkel",
        "an element whose name has a capital",
        PROFILE,
        "system.md 5",
        lambda made: setattr(member(made), "name", "Naam"),
    ),
    Bad(
        "ontbreekt-reden",
        "ontbreekt",
        "a reason that is not on the list",
        PROFILE,
        "system.md 3.4",
        missing_item({"element": "x", "reden": "geheim"}),
    ),
    Bad(
        "ontbreekt-lid",
        "ontbreekt",
        "a member that it does not have",
        SPELLING,
        "system.md 3.4",
        missing_item({"element": "x", "reden": "geen_waarde", "x": 1}),
    ),
    Bad("ontbreekt-tekst", "ontbreekt", "a missing element that is a text", PROFILE, ONE_SPELLING, missing_item("x")),
]

HOLDER_CASES = [
    Bad("bewijs-weg", "houder", "not shown by its holder", "houderbewijs-ontbreekt", "RFC 9901 §7.3(2)", unshown),
    Bad(
        "bewijs-ongevraagd",
        "houder",
        "shown to a reader that asked for none",
        "houderbewijs-onverwacht",
        "RFC 9901 §7.3(1)",
        expectation="geen",
    ),
    Bad(
        "bewijs-bij-eigen",
        "houder",
        "shown to its own holder",
        "houderbewijs-onverwacht",
        "RFC 9901 §7.3(1)",
        expectation=OWN_COPY,
    ),
    Bad(
        "gebonden-ongevraagd",
        "houder-eigen",
        "read by who expects a set bound to nobody",
        "houderbewijs-ontbreekt",
        "RFC 9901 §7.3(2)",
        expectation="geen",
    ),
    Bad(
        "ongebonden-gevraagd",
        "enkel",
        "read by who expects a holder",
        "houderbewijs-ontbreekt",
        "RFC 9901 §7.3(5.a)",
        expectation=PROOF,
    ),
    Bad("bewijs-nonce", "houder", "another nonce", PROOF_WRONG, "RFC 9901 §7.3(5.f)", proof(nonce="n-2025")),
    Bad("bewijs-nonce-weg", "houder", "no nonce", PROOF_WRONG, "RFC 9901 §7.3(5.f)", without_claim("nonce")),
    Bad(
        "bewijs-aud",
        "houder",
        "for another reader",
        PROOF_WRONG,
        "RFC 9901 §7.3(5.f)",
        proof(aud="https://ander.voorbeeld.example"),
    ),
    Bad(
        "bewijs-aud-lijst",
        "houder",
        "for several readers",
        PROOF_WRONG,
        "RFC 9901 §7.3(5.f)",
        proof(aud=["https://vrager.voorbeeld.example"]),
    ),
    Bad("bewijs-oud", "houder", "shown six minutes ago", PROOF_WRONG, "RFC 9901 §7.3(5.e)", proof(iat=AT - 360)),
    Bad("bewijs-toekomst", "houder", "shown a minute from now", PROOF_WRONG, "RFC 9901 §7.3(5.e)", proof(iat=AT + 60)),
    Bad("bewijs-iat-weg", "houder", "without a time", PROOF_WRONG, "RFC 9901 §7.3(5.e)", without_claim("iat")),
    Bad(
        "bewijs-iat-breuk",
        "houder",
        "a time that is a fraction",
        PROOF_WRONG,
        "RFC 9901 §7.3(5.e)",
        proof(iat=AT + 0.5),
    ),
    Bad(
        "bewijs-afdruk", "houder", "over another selection", PROOF_WRONG, "RFC 9901 §7.3(5.g)", proof(sd_hash="A" * 43)
    ),
    Bad(
        "bewijs-minder",
        "houder",
        "a disclosure left out after it was shown",
        PROOF_WRONG,
        "RFC 9901 §7.3(5.g)",
        after_proof(lambda made: made[1:]),
    ),
    Bad("bewijs-andere-sleutel", "houder", "by another holder", PROOF_WRONG, "RFC 9901 §7.3(5)", another_holder),
    Bad("bewijs-typ", "houder", "typ JWT", PROOF_WRONG, "RFC 9901 §7.3(5)", proof_header(typ="JWT")),
    Bad("bewijs-alg", "houder", "alg none", PROOF_WRONG, "RFC 9901 §7.3(5)", proof_header(alg="none")),
    Bad("bewijs-crit", "houder", "crit in its header", PROOF_WRONG, "RFC 9901 §7.3(5)", proof_header(crit=["x"])),
    Bad("bewijs-exp", "houder", "a proof that has ended", PROOF_WRONG, "RFC 9901 §7.3(5.h)", proof(exp=AT - 60)),
    Bad("bewijs-nbf", "houder", "a proof that has not begun", PROOF_WRONG, "RFC 9901 §7.3(5.h)", proof(nbf=AT + 60)),
    Bad(
        "cnf-vorm", "houder", "a holder's key by its address", PROFILE, ONE_SPELLING, cnf({"jku": "https://x.example"})
    ),
    Bad("cnf-kromme", "houder", "a holder's key on another curve", PROOF_WRONG, HOLDER_KEY, jwk(crv="P-384")),
    Bad("cnf-punt", "houder", "a holder's key that is no point", PROOF_WRONG, HOLDER_KEY, jwk(x="A" * 43)),
    Bad("cnf-lengte", "houder", "a coordinate of another length", PROOF_WRONG, "RFC 7518 §6.2.1.2", jwk(x="AAAA")),
    Bad("cnf-prive", "houder", "a private key", PROOF_WRONG, HOLDER_KEY, jwk(d="A" * 43)),
    Bad(
        "cnf-eigen-punt",
        "houder-eigen",
        "a holder's key that is no point, read by the holder",
        PROOF_WRONG,
        HOLDER_KEY,
        jwk(y="A" * 43),
    ),
]
