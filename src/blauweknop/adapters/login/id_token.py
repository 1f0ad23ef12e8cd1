# SPDX-License-Identifier: EUPL-1.2
"""The ID token: who logged in, when, how surely.

Verified in this order (OpenID Connect Core §3.1.3.7):

1. a compact JWS of bounded size, strict JSON, no ``crit``, no key of its own (RFC 8725 §3.10);
2. its algorithm is on our list, and is the one of the key it names (RFC 8725 §3.1);
3. signed by one of the login service's keys;
4. ``iss`` is the login service;
5. ``aud`` is this client alone, and ``azp``, where present, too;
6. ``exp`` lies ahead, ``iat`` not, and neither is old;
7. ``nonce`` is the one of this attempt;
8. ``acr`` is a level we know; the subject claim holds a BSN.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any, Final

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from blauweknop.adapters.login.errors import LoginAnswerInvalidError, LoginSubjectUnknownError
from blauweknop.adapters.login.model import LoggedIn
from blauweknop.core.dataset.bsn import is_bsn
from blauweknop.core.wire.jws import parse_compact
from blauweknop.core.wire.strict_json import parse_object
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from blauweknop.adapters.login.model import Attempt, LoginSettings

CLOCK_SKEW: Final = 10  # seconds (trust.md "clock skew")
MAX_AGE: Final = 600  # seconds since iat
MAX_BYTES: Final = 16_000
NO_KEY_CLAUSE: Final = "OpenID Connect Core §10.1"


def verify_id_token(token: str, *, keys: bytes, settings: LoginSettings, attempt: Attempt, at: int) -> LoggedIn:
    """Who logged in. ``keys``: the JWK set as fetched; ``at``: now, seconds.

    Raises: ``LoginAnswerInvalidError`` with the clause broken; ``LoginSubjectUnknownError``.
    """
    claims = _verified_claims(token, keys, settings.algorithms)
    _check_parties(claims, settings)
    _check_times(claims, at)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), attempt.nonce.encode()):
        raise LoginAnswerInvalidError("nonce", clause="OpenID Connect Core §3.1.3.7(11)")
    assurance = settings.levels.get(str(claims.get("acr", "")))
    if assurance is None:
        raise LoginAnswerInvalidError("acr is not a level we know", clause="OpenID Connect Core §3.1.3.7(12)")
    subject = claims.get(settings.subject_claim)
    if not isinstance(subject, str) or not is_bsn(subject):
        raise LoginSubjectUnknownError(f"claim {settings.subject_claim}")
    authenticated = _time(claims, "auth_time" if "auth_time" in claims else "iat")
    if authenticated is None or authenticated > at + CLOCK_SKEW:
        raise LoginAnswerInvalidError("auth_time", clause="OpenID Connect Core §3.1.3.7(13)")
    return LoggedIn(subject=subject, assurance=assurance, authenticated_at=authenticated)


def _verified_claims(token: str, keys: bytes, algorithms: tuple[str, ...]) -> dict[str, Any]:
    if len(token) > MAX_BYTES:
        raise LoginAnswerInvalidError("an ID token this large")
    try:
        header = parse_compact(token.encode("ascii")).unverified_header
        key_set = KeySet.import_key_set(_usable_keys(keys, header))  # type: ignore[arg-type]
        verified = jws.deserialize_compact(token, key_set, algorithms=list(algorithms))
        return parse_object(verified.payload)
    except MalformedError as error:
        raise LoginAnswerInvalidError(str(error)) from error
    except (JoseError, ValueError) as error:
        raise LoginAnswerInvalidError(
            "signature, key or algorithm", clause="OpenID Connect Core §3.1.3.7(6-8)"
        ) from error


def _usable_keys(keys: bytes, header: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The keys of the set that may have signed under ``header``: for signing, named ``kid`` (where the token names
    one; otherwise there must be a single one), and of the token's algorithm where the key states its own.
    """
    found = parse_object(keys).get("keys")
    if not isinstance(found, list) or not all(isinstance(key, dict) for key in found):
        raise MalformedError("not a JWK set", clause="RFC 7517 §5")
    usable = [
        key
        for key in found
        if key.get("kty") in ("EC", "RSA")
        and key.get("use", "sig") == "sig"
        and key.get("alg", header.get("alg")) == header.get("alg")
        and ("kid" not in header or key.get("kid") == header["kid"])
    ]
    if len(usable) != 1:
        raise LoginAnswerInvalidError("not exactly one key that the token can be of", clause=NO_KEY_CLAUSE)
    return {"keys": usable}


def _check_parties(claims: dict[str, Any], settings: LoginSettings) -> None:
    if claims.get("iss") != settings.issuer:
        raise LoginAnswerInvalidError("iss", clause="OpenID Connect Core §3.1.3.7(2)")
    if claims.get("aud") not in (settings.client_id, [settings.client_id]):
        raise LoginAnswerInvalidError("aud", clause="OpenID Connect Core §3.1.3.7(3)")
    if claims.get("azp", settings.client_id) != settings.client_id:
        raise LoginAnswerInvalidError("azp", clause="OpenID Connect Core §3.1.3.7(5)")


def _check_times(claims: dict[str, Any], at: int) -> None:
    expires, issued = _time(claims, "exp"), _time(claims, "iat")
    if expires is None or expires <= at - CLOCK_SKEW:
        raise LoginAnswerInvalidError("exp", clause="OpenID Connect Core §3.1.3.7(9)")
    if issued is None or issued > at + CLOCK_SKEW or issued < at - MAX_AGE:
        raise LoginAnswerInvalidError("iat", clause="OpenID Connect Core §3.1.3.7(10)")


def _time(claims: dict[str, Any], name: str) -> int | None:
    """A NumericDate in whole seconds, or None for anything else (a float is nobody's second)."""
    value = claims.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
