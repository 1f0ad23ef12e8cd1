# SPDX-License-Identifier: EUPL-1.2
"""`toewijzing.toml`: who is on stage, who lends what to whom, and every invented value."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

import msgspec

from .origin import ASSIGNMENT_FILE, ConversionError, Origin

PATH: Final = Path(__file__).parent.parent / ASSIGNMENT_FILE


class SourceHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one source is named: `oin` is twenty digits."""

    naam: str
    oin: str
    uitgever: str
    licentie: str


class CastMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One person of the start page; `herkomst` is `rvig`, or `personas` for who is not in the list."""

    bsn: str
    slug: str
    nl: str
    en: str
    herkomst: str = "rvig"


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of people by number."""

    bsn: tuple[str, ...]


class Loan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`naar` gets the parts `neemt` of what the files hold under `van`."""

    van: str
    naar: str
    neemt: tuple[str, ...]


class Vehicle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The car of one file, whose it becomes, and the columns that are invented."""

    bestand: str
    naar: str
    verzonnen: dict[str, str]
    brandstof: str = ""


class SourceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of list `lijst` at source `bron` about `bsn`: the invented columns, and those of the personas.

    `uit` and `gedeeld_door_12` say where in the personas file an amount stands: `number/organisation/block/member`.
    """

    bron: str
    lijst: str
    bsn: str
    verzonnen: dict[str, Any] = {}
    uit: dict[str, str] = {}
    gedeeld_door_12: dict[str, str] = {}


class Assignment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    peildatum: str
    bron: dict[str, SourceHead]
    cast: tuple[CastMember, ...]
    familie: People
    alleen_tests: People
    lening: tuple[Loan, ...]
    aangifte: dict[str, dict[str, int | str]]
    voertuig: tuple[Vehicle, ...]
    rij: tuple[SourceRow, ...]
    burgerlijke_stand: People

    def on_stage(self) -> tuple[str, ...]:
        """The numbers of the cast and their relatives: all that the demo's data may hold."""
        return (*(member.bsn for member in self.cast), *self.familie.bsn)

    @property
    def last_year(self) -> int:
        """The year of the reference day."""
        return int(self.peildatum[:4])


def load(path: Path = PATH) -> Assignment:
    """The assignment of a file.

    Raises:
        ConversionError: the file is not TOML, has an unknown key or lacks one.
    """
    try:
        plain: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(plain, Assignment)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConversionError(f"{path.name}: {error}") from error


def invented(*steps: str | int) -> Origin:
    """The origin of a value that stands in this file."""
    return Origin("verzonnen", ASSIGNMENT_FILE, "".join(f"/{step}" for step in steps))
