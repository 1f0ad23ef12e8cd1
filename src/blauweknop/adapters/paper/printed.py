# SPDX-License-Identifier: EUPL-1.2
"""What is printed of a sealed set, whatever it came from: one just sealed, or a copy made smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from blauweknop.core.dataset.definition import DataSetDefinition  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.dataset.missing import MissingElement  # noqa: TC001
from blauweknop.core.dataset.value import Row  # noqa: TC001

if TYPE_CHECKING:
    from blauweknop.core.seal.verify import VerifiedSet

_TEST = "test"


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that stands on the page.

    ``sealed_set``: the compact SD-JWT that is attached; ``paper_code``: ``BK1:…``, empty where there is none (a copy
    made smaller); ``issued_at``: seconds; ``left_out``: how many digests have no disclosure; ``sample``: example data.
    """

    definition: DataSetDefinition
    organisation: str
    oin: str
    iss: str
    issued_at: int
    delivery: str
    rows: tuple[Row, ...]
    missing: tuple[MissingElement, ...]
    fingerprint: str
    sealed_set: bytes
    paper_code: str = ""
    left_out: int = 0
    copy: bool = False
    sample: bool = False


def print_of(
    verified: VerifiedSet, sealed_set: bytes, *, definition: DataSetDefinition, paper_code: str = "", copy: bool = False
) -> Printed:
    """What to print of ``verified``, whose compact form is ``sealed_set``; example data in the test environment."""
    return Printed(
        definition=definition,
        organisation=verified.organisation,
        oin=verified.oin,
        iss=verified.iss,
        issued_at=verified.issued_at,
        delivery=verified.delivery,
        rows=verified.rows,
        missing=verified.missing,
        fingerprint=verified.fingerprint,
        sealed_set=sealed_set,
        paper_code=paper_code,
        left_out=verified.hidden if copy else 0,
        copy=copy,
        sample=verified.environment == _TEST,
    )
