# SPDX-License-Identifier: EUPL-1.2
"""What a bad case is: a good one, one change, and the error that must follow."""

from dataclasses import dataclass
from typing import Any

from tests.vectors.forge import Change, Forge, Item, Member


@dataclass
class Bad:
    """One bad case: the good case ``good`` with one change. The last three change the reader instead of the set."""

    name: str
    good: str
    change: str
    error: str
    clause: str
    edit: Change | None = None
    at: int | None = None
    trust: str | None = None
    expectation: Any = None


def member(made: Forge, place: int = 0) -> Member:
    """The hidden member at ``place`` of the payload."""
    assert made.node is not None
    return made.node.hidden[place]


def item(made: Forge, place: int = 0, name: str = "rijen") -> Item:
    """The hidden element at ``place`` of ``name`` in the payload."""
    found = made.payload[name][place]
    assert isinstance(found, Item)
    return found


def header(**members: Any) -> Change:
    """Puts ``members`` into the header."""
    return lambda made: made.header.update(members)


def payload(**members: Any) -> Change:
    """Puts ``members`` into the payload, at their place where they are there."""
    return lambda made: made.payload.update(members)


def without(name: str) -> Change:
    """Leaves ``name`` out of the payload."""

    def edit(made: Forge) -> None:
        del made.payload[name]

    return edit


def whole(old: bytes, new: bytes) -> Change:
    """Replaces the first ``old`` in the file."""

    def edit(made: Forge) -> None:
        made.whole = lambda data: _replaced(data, old, new)

    return edit


def _replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


def in_payload(old: bytes, new: bytes) -> Change:
    """Replaces the first ``old`` in the JSON of the payload, before it is signed."""

    def edit(made: Forge) -> None:
        made.payload_bytes = lambda data: _replaced(data, old, new)

    return edit


def in_header(old: bytes, new: bytes) -> Change:
    """As ``in_payload``, in the header."""

    def edit(made: Forge) -> None:
        made.header_bytes = lambda data: _replaced(data, old, new)

    return edit


def content(*parts: Any, place: int = 0) -> Change:
    """Seals ``parts`` as the whole content of a member's disclosure."""

    def edit(made: Forge) -> None:
        member(made, place).content = list(parts)

    return edit


def raw(text: bytes, place: int = 0) -> Change:
    """Seals the bytes ``text`` as the whole content of a member's disclosure."""

    def edit(made: Forge) -> None:
        member(made, place).raw = text

    return edit


def value(what: Any, place: int = 0) -> Change:
    """Seals ``what`` as the value of a member."""

    def edit(made: Forge) -> None:
        member(made, place).value = what

    return edit


def row_content(*parts: Any) -> Change:
    """Seals ``parts`` as the whole content of the first row's disclosure."""

    def edit(made: Forge) -> None:
        item(made).content = list(parts)

    return edit


def proof(**claims: Any) -> Change:
    """Puts ``claims`` into the key binding JWT."""

    def edit(made: Forge) -> None:
        assert made.kb_claims is not None
        made.kb_claims.update(claims)

    return edit


def proof_header(**members: Any) -> Change:
    """Puts ``members`` into the header of the key binding JWT."""
    return lambda made: made.kb_header.update(members)
