# SPDX-License-Identifier: EUPL-1.2
"""What a client believes of the address that the citizen's browser came back on (RFC 6749 §4.1.2, RFC 9207).

In this order, before the code is used or an error believed:

1. it is the redirect URI of the request, exactly, with a query and no fragment;
2. no parameter stands in it twice (RFC 6749 §3.1);
3. ``state`` is that of the request, which the caller found by the requester's own session, not by this address;
4. ``iss`` is the authorization server that the request was pushed to (mix-up; RFC 9207 §2.4);
5. it holds a code or an error, not both.
"""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl, urlsplit

from blauweknop.errors import OtherPartyError


class CallbackRefusedError(OtherPartyError):
    """The browser came back with an answer to another request."""

    code = "terugkeer-geweigerd"
    retry = False


class NotGrantedError(OtherPartyError):
    """The request was not granted."""

    code = "niet-gegeven"
    retry = False

    def __init__(self, error: str) -> None:
        """``error``: the code of RFC 6749 §4.1.2.1, such as ``access_denied``; other characters are dropped."""
        self.error = "".join(each for each in error[:64] if each.isascii() and (each.isalnum() or each == "_"))
        super().__init__(self.error, clause="RFC 6749 §4.1.2.1")


def read_callback(address: str, *, redirect_uri: str, state: str, issuer: str) -> str:
    """The code in ``address``. Raises: ``CallbackRefusedError``, ``NotGrantedError`` (only for an answer to us)."""
    # 1.
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True, max_num_fields=20)
    except ValueError as error:
        raise CallbackRefusedError("not an address with a query") from error
    if address.partition("?")[0] != redirect_uri or parts.fragment:
        raise CallbackRefusedError("redirect_uri", clause="RFC 6749 §3.1.2")
    # 2.
    said = dict(pairs)
    if len(said) != len(pairs):
        raise CallbackRefusedError("a parameter stands in it twice", clause="RFC 6749 §3.1")
    # 3.
    if not state or not hmac.compare_digest(said.get("state", "").encode(), state.encode()):
        raise CallbackRefusedError("state", clause="RFC 6749 §10.12")
    # 4.
    if said.get("iss") != issuer:
        raise CallbackRefusedError("iss", clause="RFC 9207 §2.4")
    # 5.
    if ("code" in said) == ("error" in said):
        raise CallbackRefusedError("a code or an error", clause="RFC 6749 §4.1.2")
    if "error" in said:
        raise NotGrantedError(said["error"])
    return said["code"]
