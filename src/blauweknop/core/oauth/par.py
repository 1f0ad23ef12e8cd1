# SPDX-License-Identifier: EUPL-1.2
"""The pushed authorization request (RFC 9126): the parameters, and the rules they keep.

``state`` is opaque, at most 512 visible ASCII characters. ``scope``, request objects and other response types or modes
are refused rather than ignored: a client that counts on them would get something else than it asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from blauweknop.core.oauth.client import MAX_URI
from blauweknop.core.oauth.errors import (
    InvalidDpopProofError,
    InvalidRequestError,
    InvalidScopeError,
    UnsupportedResponseTypeError,
)
from blauweknop.core.oauth.model import PushedRequest
from blauweknop.core.oauth.pkce import check_challenge
from blauweknop.core.oauth.rar import check_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.core.consent.line import Line
    from blauweknop.core.oauth.client import Client
    from blauweknop.core.oauth.rar import Registration

_STATE: Final = re.compile(r"[\x20-\x7e]{0,512}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class ParSituation:
    """What the rows look at. ``jkt``: key of the DPoP proof, or empty; ``today``: ``JJJJ-MM-DD``."""

    parameters: Mapping[str, str]
    lines: tuple[Line, ...]
    client: Client
    jkt: str
    environment: str
    registration: Registration
    today: str

    def one(self, name: str) -> str:
        """The parameter ``name``, or empty."""
        return self.parameters.get(name, "")


def pushed_request(s: ParSituation, *, at: int) -> PushedRequest:
    """What to remember of a request that kept all rules."""
    return PushedRequest(
        client_id=s.client.client_id,
        redirect_uri=s.one("redirect_uri"),
        code_challenge=s.one("code_challenge"),
        lines=s.lines,
        pushed_at=at,
        state=s.one("state"),
        jkt=s.jkt or s.one("dpop_jkt"),
    )


def check_no_request_object(s: ParSituation) -> None:
    """No request in the request."""
    if s.one("request_uri") or s.one("request"):
        raise InvalidRequestError("request and request_uri are not taken here", clause="RFC 9126 §2.1")


def check_response_type(s: ParSituation) -> None:
    """``code`` and nothing else."""
    if s.one("response_type") != "code":
        raise UnsupportedResponseTypeError(clause="FAPI 2.0 §5.3.2.2")


def check_response_mode(s: ParSituation) -> None:
    """The answer goes in the query."""
    if s.one("response_mode") not in ("", "query"):
        raise InvalidRequestError("response_mode is query", clause="OAuth Multiple Response Types §2.1")


def check_scope(s: ParSituation) -> None:
    """No scope."""
    if s.one("scope"):
        raise InvalidScopeError(clause="RFC 9396 §3")


def check_redirect_uri(s: ParSituation) -> None:
    """The answer goes to an address of this client, exactly."""
    uri = s.one("redirect_uri")
    if len(uri) > MAX_URI or not s.client.accepts(uri, s.environment):
        raise InvalidRequestError("redirect_uri is not one of this client", clause="RFC 9126 §2.4, RFC 9700 §2.1")


def check_state(s: ParSituation) -> None:
    """A state that can go back as it came."""
    if not _STATE.fullmatch(s.one("state")):
        raise InvalidRequestError("state is at most 512 visible ASCII characters", clause="RFC 6749 Appendix A.5")


def check_code_challenge(s: ParSituation) -> None:
    """PKCE."""
    check_challenge(s.one("code_challenge"), s.one("code_challenge_method"))


def check_dpop_jkt(s: ParSituation) -> None:
    """``dpop_jkt`` names the key of the proof; alone, it is held to the same rule as a proof's key."""
    named = s.one("dpop_jkt")
    if not named:
        return
    if named != (s.jkt or named) or (s.client.profile == "vrager" and named not in s.client.dpop):
        raise InvalidDpopProofError("dpop_jkt is another key", clause="RFC 9449 §10.1")


def check_authorization_details(s: ParSituation) -> None:
    """This client may ask these lines."""
    check_lines(s.lines, s.client, s.registration, s.today)
