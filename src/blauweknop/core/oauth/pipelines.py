# SPDX-License-Identifier: EUPL-1.2
"""Which check runs where, in which order: one table an endpoint, read from top to bottom.

Every request of a client (PAR, token, revocation) first runs ``CALLER``; then the table of its endpoint. Rows that
write stand last in their table: what is refused has burnt neither a ``jti`` nor a code, and the nonce of a DPoP proof
(inside ``dpop``) is checked before either. A row that an endpoint skips for a profile stands in ``SKIPPED`` with why.

Before a table runs, the request is read; what cannot be read is refused there: parameters twice or not
form-urlencoded (``parameters.py``), an assertion or proof that is no JWS, a client that the register does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blauweknop.core.oauth import authorize, caller, par, revocation, token
from blauweknop.core.oauth.rows import Row

if TYPE_CHECKING:
    from blauweknop.core.oauth.authorize import AuthorizeSituation
    from blauweknop.core.oauth.caller import Caller, Endpoint
    from blauweknop.core.oauth.client import Profile
    from blauweknop.core.oauth.par import ParSituation
    from blauweknop.core.oauth.revocation import RevocationSituation
    from blauweknop.core.oauth.token import CodeSituation, RefreshSituation

CALLER: Final[tuple[Row[Caller], ...]] = (
    Row("takes-part", "system.md 4: a suspension acts everywhere", caller.check_takes_part),
    Row("method", "FAPI 2.0 §5.3.2.1; system.md 3: an app is a public client", caller.check_method),
    Row("assertion", "RFC 7523 §3, FAPI 2.0 §5.3.2.1 (client_assertion.ASSERTION)", caller.check_client_assertion),
    Row("dpop-present", "RFC 9449 §5", caller.check_proof_present),
    Row("dpop", "RFC 9449 §4.3, nonce included (dpop.PROOF)", caller.check_dpop),
    Row("dpop-key", "system.md 3: one of the dpop keys in the register", caller.check_registered_key),
    Row("assertion-once", "RFC 7523 §3(7)", caller.use_assertion),
    Row("dpop-once", "RFC 9449 §11.1", caller.use_proof),
)

PAR: Final[tuple[Row[ParSituation], ...]] = (
    Row("request-object", "RFC 9126 §2.1", par.check_no_request_object),
    Row("response-type", "FAPI 2.0 §5.3.2.2", par.check_response_type),
    Row("response-mode", "OAuth Multiple Response Types §2.1", par.check_response_mode),
    Row("scope", "RFC 9396 §3", par.check_scope),
    Row("redirect-uri", "RFC 9126 §2.4, RFC 9700 §2.1, RFC 8252 §7.3", par.check_redirect_uri),
    Row("state", "RFC 6749 Appendix A.5", par.check_state),
    Row("pkce", "RFC 7636 §4.3, FAPI 2.0 §5.3.2.2", par.check_code_challenge),
    Row("dpop-jkt", "RFC 9449 §10.1", par.check_dpop_jkt),
    Row("lines", "RFC 9396 §5, system.md 3.1 (rar.LINE, rar.LINES)", par.check_authorization_details),
)

AUTHORIZE: Final[tuple[Row[AuthorizeSituation], ...]] = (
    Row("same-client", "RFC 9126 §4", authorize.check_same_client),
    Row("age", "RFC 9126 §4: at most 90 seconds", authorize.check_not_expired),
    Row("takes-part", "system.md 4: a suspension acts everywhere", authorize.check_takes_part),
    Row("redirect-uri", "RFC 9700 §2.1", authorize.check_redirect_uri),
    Row("request-once", "RFC 9126 §4, FAPI 2.0 §5.3.2.2", authorize.use_request),
)

CODE: Final[tuple[Row[CodeSituation], ...]] = (
    Row("client", "RFC 6749 §4.1.3", token.check_code_client),
    Row("age", "RFC 6749 §4.1.2: at most 60 seconds", token.check_code_age),
    Row("redirect-uri", "RFC 6749 §4.1.3", token.check_code_redirect),
    Row("pkce", "RFC 7636 §4.6", token.check_code_verifier),
    Row("key", "RFC 9449 §10", token.check_code_key),
    Row("kind", "system.md 3: consent for requesters, own access for apps", token.check_code_kind),
    Row("standing", "system.md 3: an ended grant gives nothing", token.check_standing),
    Row("target", "RFC 8707 §2", token.check_target),
    Row("code-once", "RFC 6749 §4.1.2", token.use_code),
)

REFRESH: Final[tuple[Row[RefreshSituation], ...]] = (
    Row("client", "RFC 6749 §6", token.check_refresh_client),
    Row("age", "RFC 6749 §6, system.md 3", token.check_refresh_age),
    Row("key", "RFC 9449 §5", token.check_refresh_key),
    Row("kind", "system.md 3: consent for requesters, own access for apps", token.check_refresh_kind),
    Row("standing", "system.md 3: invalid_grant only when final", token.check_standing),
    Row("waiting", "system.md 3: paused or cooling off is authorization_pending", token.check_not_waiting),
    Row("target", "RFC 8707 §2", token.check_target),
)

REVOCATION: Final[tuple[Row[RevocationSituation], ...]] = (
    Row("own-token", "RFC 7009 §2.1", revocation.check_own_token),
)

_PUBLIC: Final = {
    "assertion": "an app is a public client: its DPoP key stands for it",
    "assertion-once": "an app is a public client: there is no assertion",
    "dpop-key": "an app makes its key on the device; the register cannot know it",
}
_NO_PROOF: Final = {
    "dpop-present": "RFC 7009 knows no proof, and who holds the token may end it",
    "dpop": "a proof at revocation is not looked at",
    "dpop-key": "a proof at revocation is not looked at",
    "dpop-once": "a proof at revocation is not looked at",
}
# What of CALLER an endpoint skips for a profile, each with the reason.
SKIPPED: Final[dict[tuple[Endpoint, Profile], dict[str, str]]] = {
    ("par", "vrager"): {"dpop-present": "RFC 9449 §10: a requester may show its key at the token endpoint first"},
    ("par", "app"): _PUBLIC,
    ("token", "vrager"): {},
    ("token", "app"): _PUBLIC,
    ("intrekken", "vrager"): _NO_PROOF,
    ("intrekken", "app"): {**_PUBLIC, **_NO_PROOF},
}
NOTHING_SKIPPED: Final[dict[str, str]] = {}
