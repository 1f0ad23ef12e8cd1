# SPDX-License-Identifier: EUPL-1.2
"""Whatever a source signs, however odd: it is read or refused, and nothing else comes out."""

import contextlib
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blauweknop.core.seal.content import MEMBERS
from blauweknop.core.seal.present import minimise_set
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.errors import BlauweKnopError, DocumentError
from tests.unit.core.seal.sets import AT, KIT
from tests.vectors.forge import Forge, Item, Member, Node, dump, forge
from tests.vectors.good import CHILD, env

TEXTS = ["", "x", "_sd", "...", "A" * 43, "sha-256", "2024-01-01", "\u2028", "\x00", "10000000000000000000"]
KEYS = ["_sd", "...", "waarde", "element", "reden", "x", "jwk", "idx"]
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)
SHOWN = [name for name in MEMBERS if name != "_sd_alg"]
NAMES = st.sampled_from([*MEMBERS, "naam", "Naam", "...", "sub", "x", ""]) | st.none() | st.integers(0, 3)


def parts(depth: int) -> st.SearchStrategy[Any]:
    inner = ODD if not depth else ODD | st.builds(env, nodes(depth - 1) | st.lists(items(depth - 1), max_size=2))
    return inner | st.builds(env, ODD)


def nodes(depth: int) -> st.SearchStrategy[Node]:
    return st.builds(
        Node,
        hidden=st.lists(st.builds(Member, name=NAMES, value=parts(depth), shown=st.booleans()), max_size=3),
        clear=st.dictionaries(st.sampled_from(["x", "..."]), ODD, max_size=1),
        extra=st.lists(ODD, max_size=1),
    )


def items(depth: int) -> st.SearchStrategy[Item]:
    return st.builds(Item, value=nodes(depth) | ODD, shown=st.booleans())


def outcome(made: Forge) -> str:
    """How it ended; anything but these ends the test."""
    data = made.write()
    try:
        unverified = parse_sealed_set(data)
    except DocumentError:
        return "form"
    with contextlib.suppress(BlauweKnopError):
        minimise_set(unverified, ["naam", "rijen[0]", "ontbreekt"])
    try:
        unverified.verify(KIT.trust, at=AT)
    except DocumentError:
        return "refused"
    return "read"


@given(nodes(2), st.dictionaries(st.sampled_from(SHOWN), ODD | st.lists(items(1), max_size=2), max_size=2))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_odd_members_and_disclosures(node: Node, members: dict[str, Any]) -> None:
    made = forge(KIT, data_set="proef/1", node=node)
    made.payload.update(members)
    assert outcome(made) in ("read", "refused", "form")


@given(ODD, ODD)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_odd_payloads_and_headers(payload: Any, header: Any) -> None:
    made = forge(KIT, data_set="proef/1", node=Node([Member("naam", env("x"))]))
    assert outcome(made) == "read"
    other_payload, other_header = made.copy(), made.copy()
    other_payload.payload_bytes = lambda _data: dump(payload)
    other_header.header_bytes = lambda _data: dump(header)
    assert outcome(other_payload) in ("refused", "form")
    assert outcome(other_header) in ("refused", "form")


@given(st.lists(items(1), max_size=3), st.lists(items(0), max_size=2))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_odd_rows_and_missing_elements(rows: list[Item], missing: list[Item]) -> None:
    good = [Item(Node([Member(name, value) for name, value in CHILD.items()]))]
    made = forge(KIT, data_set="proef/1", node=None, data={"rijen": good})
    assert outcome(made) == "read"
    made.payload["rijen"] = [*good, *rows]
    alg = made.payload.pop("_sd_alg")
    made.payload |= {"ontbreekt": missing, "_sd_alg": alg}
    assert outcome(made) in ("read", "refused", "form")
