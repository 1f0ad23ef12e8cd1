# SPDX-License-Identifier: EUPL-1.2
"""Claims of a JWT that somebody sent: read from a strict JSON object, each of the type it must have (RFC 7519 §4).

A time is whole seconds since 1970; a float or ``true`` is nobody's second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.wire.strict_json import parse_object

if TYPE_CHECKING:
    from blauweknop.core.wire.jws import UnverifiedJws

CLOCK_SKEW: Final = 10  # seconds (trust.md "clock skew")
MAX_JTI: Final = 200


def claims_of(jws: UnverifiedJws) -> dict[str, Any]:
    """The claims, still believed by nobody. Raises: ``MalformedError``. Spec: RFC 7519 §7.2."""
    return parse_object(jws.dangerous_payload, max_depth=8)


def text_claim(claims: dict[str, Any], name: str) -> str:
    """The claim as text, or empty."""
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def time_claim(claims: dict[str, Any], name: str) -> int | None:
    """The claim as a time, or None."""
    value = claims.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
