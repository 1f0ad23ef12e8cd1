# SPDX-License-Identifier: EUPL-1.2
"""Service profiles (dienst): what one service may ask, and why (system.md 3.1). Immutable per version.

At Basis a profile only preselects the elements that fit what the citizen wants to arrange; at Plus it is the cap on
what a requester may ask.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from blauweknop.core.dataset.definition import Text  # noqa: TC001 - msgspec reads it at run time

Touches = Literal["geld", "zorg", "geen"]
# What a requester's customer is known by (system.md 3.6).
MATCHING_SET: Final = "persoonsgegevens/1"
MATCHING_ELEMENTS: Final = ("voornamen", "voorvoegsel", "geslachtsnaam", "geboortedatum")


class ProfileElement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One element of a data set that the service needs; ``path`` in the syntax of ``path.py``."""

    path: str = msgspec.field(name="element")
    required: bool = msgspec.field(name="verplicht")
    reason: Text = msgspec.field(name="reden")


class ProfileDataSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part of one data set (``id/version``) that the service needs; ``period`` an ISO 8601 duration or empty."""

    data_set: str = msgspec.field(name="gegevensset")
    elements: tuple[ProfileElement, ...] = msgspec.field(name="elementen")
    period: str = msgspec.field(name="periode", default="")


class ServiceProfile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of one service.

    ``yes_follows``, ``yes_risks``, ``no_follows``, ``no_risks``: what follows, and what can go wrong, on yes and on no.
    ``match_customer``: the requester compares name and birth date with its customer before it may read (system.md 3.6).
    """

    id: str
    version: int = msgspec.field(name="versie")
    title: Text = msgspec.field(name="titel")
    purpose: Text = msgspec.field(name="doel")
    legal_ground: Text = msgspec.field(name="grondslag")
    touches: Touches = msgspec.field(name="raakt")
    valid_at_most: str = msgspec.field(name="geldig_hoogstens")
    frequency_at_most: str = msgspec.field(name="frequentie_hoogstens")
    retention_at_most: str = msgspec.field(name="bewaren_hoogstens")
    assurance: Literal["laag", "substantieel", "hoog"] = msgspec.field(name="betrouwbaarheidsniveau")
    data_sets: tuple[ProfileDataSet, ...] = msgspec.field(name="gegevenssets")
    yes_follows: Text = msgspec.field(name="gevolg_ja")
    yes_risks: Text = msgspec.field(name="risico_ja")
    no_follows: Text = msgspec.field(name="gevolg_nee")
    no_risks: Text = msgspec.field(name="risico_nee")
    explicit_consent: bool = msgspec.field(name="uitdrukkelijk", default=False)
    match_customer: bool = msgspec.field(name="klant_vergelijken", default=False)
    mandates_allowed: bool = msgspec.field(name="machtiging_mag", default=True)

    @property
    def ref(self) -> str:
        """``id/version``."""
        return f"{self.id}/{self.version}"

    def part_of(self, data_set: str) -> ProfileDataSet | None:
        """What this service needs of ``data_set`` (``id/version``), or None."""
        return next((part for part in self.data_sets if part.data_set == data_set), None)
