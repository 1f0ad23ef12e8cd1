# SPDX-License-Identifier: EUPL-1.2
"""What is missing from a set and why: a sealed claim of its own (system 3.4).

A requester learns one of ``Missing``; the citizen the same word, explained in the texts. ``NOT_DELIVERED`` covers
both "shielded" and "withheld by the source", so that a requester cannot tell which (no tipping off).
"""

from __future__ import annotations

import enum

import msgspec

from blauweknop.core.dataset.value import Period  # noqa: TC001 - msgspec reads it at run time


class Missing(enum.StrEnum):
    """Why an element is not there; the closed list."""

    NO_VALUE = "geen_waarde"  # the source states that there is none
    NOT_ALLOWED = "niet_toegestaan"  # not within what was granted
    NOT_DELIVERED = "niet_geleverd"  # shielded or withheld by the source
    UNREACHABLE = "bron_niet_bereikbaar"  # a back-end of the source did not answer


class MissingElement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``element``: a path as granted; ``periode``: when only that period is missing."""

    element: str
    reden: Missing
    periode: Period | None = None
