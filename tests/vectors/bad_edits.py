# SPDX-License-Identifier: EUPL-1.2
"""The changes of content from which bad cases are made, and the errors that several share."""

import base64
from typing import Any

from blauweknop.testing.sealing import FixedSigner, fixed_key
from tests.vectors.bad import (
    item,
    member,
)
from tests.vectors.bad_form import next_character
from tests.vectors.forge import Change, Forge, Item, Member, Node, b64
from tests.vectors.good import NAME, env, with_members

PROFILE = "profiel-onjuist"
MALFORMED = "onthulling-ongeldig"
PROOF_WRONG = "houderbewijs-ongeldig"
MEMBER_FORM = "RFC 9901 §7.1(3.c.ii.A)"
ELEMENT_FORM = "RFC 9901 §7.1(3.c.iii.A)"
DRAFT = "draft-ietf-oauth-sd-jwt-vc-19 §2.2.2.3"
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
