# SPDX-License-Identifier: EUPL-1.2
"""Parameters of a request: read strictly, each at most once (RFC 6749 §3.1, §3.2, Appendix B).

- ``application/x-www-form-urlencoded``, ASCII, what is escaped is UTF-8; at most 40 parameters, 150 kB together;
- a parameter that stands twice is refused, whichever it is;
- one without a value is as one that was not sent; what this server does not know is ignored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from blauweknop.core.oauth.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE: Final = "application/x-www-form-urlencoded"
MAX_BYTES: Final = 150_000  # 100 objects of authorization_details, escaped
MAX_PARAMETERS: Final = 40


def parse_parameters(data: bytes) -> Mapping[str, str]:
    """The parameters of a form body or a query string, without empty ones. Raises: ``InvalidRequestError``."""
    if len(data) > MAX_BYTES:
        raise InvalidRequestError(f"more than {MAX_BYTES} bytes of parameters")
    if not data:
        return {}
    try:
        pairs = parse_qsl(
            data.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=MAX_PARAMETERS,
        )
    except ValueError as error:  # also what is not UTF-8, and too many
        raise InvalidRequestError("not form-urlencoded parameters", clause="RFC 6749 Appendix B") from error
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise InvalidRequestError("a parameter stands twice", clause="RFC 6749 §3.1")
    return {name: value for name, value in pairs if value}


def required(parameters: Mapping[str, str], name: str) -> str:
    """The value of ``name``. Raises: ``InvalidRequestError`` when it is not there."""
    value = parameters.get(name, "")
    if not value:
        raise InvalidRequestError(f"{name} is missing", clause="RFC 6749 §5.2")
    return value
