# SPDX-License-Identifier: EUPL-1.2
"""The members of a sealed set: which there are, of which form, in which order, and the values in them.

On top of RFC 9901 and the SD-JWT VC draft (``docs/profile/sd-jwt-vc.md``):

- the visible members are those of ``content.MEMBERS``, in that order, each of its form;
- every element, row, item and missing element is a disclosure of its own: nothing of it is left in the clear;
- every value is an envelope in its one spelling, every name that of an element.

Called once the signature has been checked and the disclosures put in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec

from blauweknop.core.dataset.definition import RESERVED_IDS
from blauweknop.core.dataset.missing import MissingElement
from blauweknop.core.dataset.value import Row, Value
from blauweknop.core.seal.content import MEMBERS
from blauweknop.core.seal.errors import (
    PROFILE,
    ClaimHiddenError,
    ExpiredError,
    NotYetValidError,
    ProfileError,
    SpellingError,
    VctError,
)
from blauweknop.core.seal.key_binding import SKEW
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    from collections.abc import Sequence

_MEMBER_PARTS: Final = 3
_VCT: Final = re.compile(r"https?://[^\s?#]+/v1/gegevenssets/([a-z][a-z0-9_-]*/[1-9][0-9]*)", re.ASCII)
_ELEMENT: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


class _StatusClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    idx: Annotated[int, msgspec.Meta(ge=0)]
    uri: str


class _Status(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    status_list: _StatusClaim


class _Confirmation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    jwk: dict[str, str]


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """The visible members, by form; which ones and in which order is ``check_members``."""

    iss: str
    vct: str
    integrity: Annotated[str, msgspec.Meta(pattern="^sha256-[A-Za-z0-9+/]{43}=$")] = msgspec.field(name="vct#integrity")
    iat: Annotated[int, msgspec.Meta(ge=0)]
    nbf: int | None = None
    exp: int | None = None
    omgeving: str
    ontvanger: str = ""
    dienst: str = ""
    levering: str = ""
    bewaren_tot: str = ""
    status: _Status | None = None
    cnf: _Confirmation | None = None
    sd: list[str] | None = msgspec.field(name="_sd", default=None)
    rijen: list[dict[str, Any]] | None = None
    ontbreekt: list[dict[str, Any]] | None = None
    sd_alg: str = msgspec.field(name="_sd_alg")


def check_members(payload: dict[str, Any]) -> Claims:
    """The visible members: those of a sealed set, in their order, each of its form."""
    if list(payload) != [name for name in MEMBERS if name in payload]:
        raise ProfileError("other members than a sealed set has, or in another order", clause=PROFILE)
    if "_sd" in payload and "rijen" in payload:
        raise ProfileError("either one record or rows", clause=PROFILE)
    if None in payload.values():
        raise ProfileError("a member that is not there is left out, not null", clause=PROFILE)
    try:
        claims = msgspec.convert(payload, Claims)
    except msgspec.ValidationError as error:
        raise ProfileError("a member is missing or of another form", clause=PROFILE) from error
    if claims.cnf is not None and list(claims.cnf.jwk) != ["kty", "crv", "x", "y"]:
        raise ProfileError("the holder's key is kty, crv, x and y, in this order", clause=PROFILE)
    return claims


def check_own_disclosures(payload: dict[str, Any], contents: list[Any]) -> None:
    """Every element, row, item and missing element is a disclosure of its own, and every name that of an element."""
    if not all(map(_hides_its_parts, contents)):
        raise ProfileError("a part is not a disclosure of its own", clause=PROFILE)
    if not all(map(_ELEMENT.fullmatch, [content[1] for content in contents if len(content) == _MEMBER_PARTS])):
        raise ProfileError("not the name of an element", clause=PROFILE)
    if not _only_places(payload.get("rijen", [])) or not _only_places(payload.get("ontbreekt", [])):
        raise ProfileError("a row is not a disclosure of its own", clause=PROFILE)


def _hides_its_parts(content: Any) -> bool:
    """``content``: of one disclosure, a member or an item."""
    value = content[-1]
    if type(value) is Value:
        return _is_hidden(value.waarde)
    if len(content) == _MEMBER_PARTS:
        return _is_hidden(value.get("waarde") if type(value) is dict else None)
    return type(value) is dict and (list(value) == ["_sd"] or type(value.get("element")) is str)


def _is_hidden(waarde: Any) -> bool:
    """Whether nothing inside ``waarde`` is in the clear."""
    kind = type(waarde)
    if kind is list or kind is tuple:
        return _only_places(waarde)
    return kind is not dict or list(waarde) == ["_sd"]


def _only_places(items: Sequence[Any]) -> bool:
    return all(type(item) is dict and "..." in item for item in items)


def check_vct(vct: str) -> str:
    """The data set (``id/version``) that ``vct`` names."""
    match = _VCT.fullmatch(vct)
    if match is None:
        raise VctError(clause=PROFILE)
    return match[1]


def check_times(claims: Claims, at: int) -> None:
    """Step 6; ``iat`` was looked at before the certificate."""
    if claims.nbf is not None and claims.nbf > at + SKEW:
        raise NotYetValidError("nbf", clause="RFC 9901 §7.1(6)")
    if claims.exp is not None and claims.exp <= at - SKEW:
        raise ExpiredError(clause="RFC 9901 §7.1(6)")


def read_rows(payload: dict[str, Any], revealed: dict[str, Any]) -> tuple[Row, ...]:
    """What ``revealed``, the processed payload, shows of its record or rows.

    Raises: ``ProfileError``, ``SpellingError``, ``ClaimHiddenError``.
    """
    if "rijen" in payload:
        return tuple(map(_row, revealed["rijen"]))
    if "_sd" not in payload:
        return ()
    elements = {name: value for name, value in revealed.items() if name not in payload}
    if not RESERVED_IDS.isdisjoint(elements):
        raise ClaimHiddenError("a name that is kept for the seal", clause=PROFILE)
    return (_row(elements),)


def _row(members: Any) -> Row:
    """One row: each value spelt as an envelope."""
    if {Value}.issuperset(map(type, members.values())):  # all were read as such already
        return members  # type: ignore[no-any-return]
    try:
        row = msgspec.convert(members, dict[str, Value])
    except msgspec.ValidationError as error:
        raise ProfileError("a value is not of the form of an envelope", clause=PROFILE) from error
    if encode(row) != encode(members):
        raise SpellingError("an envelope has members that it does not have, or in another order", clause=PROFILE)
    return row


def read_missing(revealed: dict[str, Any]) -> tuple[MissingElement, ...]:
    """What ``revealed`` shows of what is missing. Raises: ``ProfileError``, ``SpellingError``."""
    items = revealed.get("ontbreekt", [])
    try:
        missing = msgspec.convert(items, tuple[MissingElement, ...])
    except msgspec.ValidationError as error:
        raise ProfileError("ontbreekt is not of its form", clause=PROFILE) from error
    if encode(missing) != encode(items):
        raise SpellingError("ontbreekt has other members, or in another order", clause=PROFILE)
    return missing
