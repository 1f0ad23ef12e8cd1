# SPDX-License-Identifier: EUPL-1.2
"""Problem details for HTTP APIs (RFC 9457): what a client sees of an error.

``type`` is ``urn:blauweknop:fout:{code}``; ``code`` repeats it for programs that do not want to cut a URN. Nothing of a
citizen stands in a problem: only codes, names of members and what to do.
"""

from __future__ import annotations

import msgspec

MEDIA_TYPE = "application/problem+json"


class InvalidParameter(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with the input: ``naam`` where, ``reden`` why."""

    naam: str
    reden: str


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An RFC 9457 problem; ``status`` 400–599."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    reden: str = ""
    fouten: tuple[InvalidParameter, ...] = ()

    def encode(self) -> bytes:
        """JSON, UTF-8."""
        return msgspec.json.encode(self)


def problem(code: str, title: str, status: int, *, detail: str = "", reden: str = "") -> Problem:
    """The problem with error code ``code``."""
    return Problem(
        type=f"urn:blauweknop:fout:{code}", title=title, status=status, code=code, detail=detail, reden=reden
    )
