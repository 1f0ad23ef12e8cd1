# SPDX-License-Identifier: EUPL-1.2
"""Our sets read by others, theirs read by us: @sd-jwt/sd-jwt-vc (Node), sd-jwt and openvc-core (Python)."""

import base64
import json
import time
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from jwcrypto.jwk import JWK
from openvc.errors import OpenvcError
from openvc.keys import P256SigningKey
from openvc.proof.sd_jwt import SdJwtVcProofSuite
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

from blauweknop.core.seal.errors import HolderProofInvalidError
from blauweknop.core.seal.issue import issue_set
from blauweknop.core.seal.key_binding import HolderProof, public_jwk
from blauweknop.core.seal.present import minimise_set, present_set
from blauweknop.core.seal.sealed import SealedSet, parse_sealed_set
from blauweknop.core.status.status_list import StatusList
from blauweknop.core.status.token import StatusListTimes, issue_status_list
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import DocumentError
from blauweknop.testing.sealing import ISS, SCHEME_URL, FixedSigner, fixed_key, fixed_random
from tests.interop.generic import private_jwk, verify_any, verify_any_proof
from tests.interop.node import NodeSdJwt, node_is_there
from tests.unit.core.seal.sets import AT, KIT, MISSING, ROW, YEARS, content

KEY = fixed_key(f"seal {ISS}")
HOLDER = fixed_key(f"holder {ISS}")
HOLDER_JWK = public_jwk(HOLDER.public_key())
KEYS = {"key": public_jwk(KEY.public_key()), "holder": HOLDER_JWK}
AUDIENCE = "https://vrager.example"
NONCE = "n-123"
CLAIMS = {"geslachtsnaam": "Jansen", "adres": {"straat": "Dorpsstraat", "plaats": "Ons Dorp"}, "talen": ["nl", "fy"]}


def bound(*, now: bool = False) -> SealedSet:
    """A set of ours for the holder; made now for readers that have no clock of their own."""
    what = msgspec.structs.replace(content("enkel", (ROW,), MISSING), holder_jwk=HOLDER_JWK)
    if now:
        what = msgspec.structs.replace(what, issued_at=int(time.time()))
    return issue_set(what, signer=KIT.signer, random=fixed_random("interop"))


def status_list(value: int = 0) -> str:
    """A status list of ours that says ``value`` of the sets of these tests, signed by the same key for Node's sake."""
    statuses = StatusList(1024)
    if value:
        statuses.set(7, value)
    times = StatusListTimes(issued_at=AT, expires_at=AT + 3600, ttl=60)
    signer = FixedSigner(KEY, kid=KIT.signer.kid)
    return issue_status_list(statuses, uri=f"{ISS}/statuslijsten/1", times=times, signer=signer).decode()


def ask_to_read(node: NodeSdJwt, made: SealedSet | str, **given: Any) -> dict[str, Any]:
    compact = made if isinstance(made, str) else made.compact().decode()
    return node.ask("verify", compact=compact, at=AT, **{"statusList": status_list(), **KEYS, **given})


def shown(made: SealedSet, *keep: str, at: int = AT) -> SealedSet:
    return present_set(parse_sealed_set(made.compact()), keep, nonce=NONCE, audience=AUDIENCE, at=at, holder=KIT.holder)


def plain(value: Any) -> Any:
    return json.loads(encode(value))


@pytest.fixture(scope="module")
def node() -> Iterator[NodeSdJwt]:
    if not node_is_there():
        pytest.skip("Node or @sd-jwt/sd-jwt-vc is not installed (npm ci)")
    with NodeSdJwt() as process:
        yield process


@pytest.mark.node
def test_node_reads_our_record_with_all_that_is_nested(node: NodeSdJwt) -> None:
    made = issue_set(content("enkel", (ROW,), MISSING), signer=KIT.signer, random=fixed_random("node"))
    payload = ask_to_read(node, made)["payload"]
    assert {name: payload[name] for name in ROW} == plain(ROW)
    assert payload["ontbreekt"] == plain(MISSING)


@pytest.mark.node
def test_node_reads_our_rows(node: NodeSdJwt) -> None:
    made = issue_set(content("rijen", YEARS), signer=KIT.signer, random=fixed_random("node rows"))
    smaller = minimise_set(parse_sealed_set(made.compact()), ["rijen[1]"])
    for each, rows in ((made, YEARS), (smaller, YEARS[1:2])):
        assert ask_to_read(node, each)["payload"]["rijen"] == plain(rows)


@pytest.mark.node
def test_node_reads_our_status_list(node: NodeSdJwt) -> None:
    made = issue_set(content("enkel", (ROW,)), signer=KIT.signer, random=fixed_random("node status"))
    assert "payload" in ask_to_read(node, made)
    for value in (1, 3):
        assert "error" in ask_to_read(node, made, statusList=status_list(value))


@pytest.mark.node
def test_node_writes_the_same_json_form(node: NodeSdJwt) -> None:
    made = bound()
    theirs = node.ask("json", compact=made.compact().decode())["json"]
    assert json.loads(theirs) == json.loads(made.json())


@pytest.mark.node
def test_node_refuses_a_changed_set_of_ours(node: NodeSdJwt) -> None:
    made = issue_set(content("enkel", (ROW,)), signer=KIT.signer, random=fixed_random("node"))
    assert "payload" in ask_to_read(node, made)
    head, payload, signature = made.jwt.decode().split(".")
    changed = f"{head}.{payload[:-6]}AAAAAA.{signature}~"
    assert "error" in ask_to_read(node, changed)


@pytest.mark.node
def test_node_reads_what_our_holder_shows(node: NodeSdJwt) -> None:
    made = shown(bound(), "naam", "kinderen[0]")
    read = ask_to_read(node, made, nonce=NONCE)
    assert read["kb"]["aud"] == AUDIENCE
    assert set(ROW) & set(read["payload"]) == {"naam", "kinderen"}
    assert "error" in ask_to_read(node, made, nonce="n-124")


@pytest.mark.node
def test_what_a_holder_shows_through_node_is_a_set_of_ours(node: NodeSdJwt) -> None:
    kb = {"iat": AT, "aud": AUDIENCE, "nonce": NONCE}
    compact = node.ask(
        "present", compact=bound().compact().decode(), frame={"naam": True}, key=private_jwk(HOLDER), kb=kb
    )["compact"]
    expect = HolderProof(NONCE, AUDIENCE)
    read = parse_sealed_set(compact.encode()).verify(KIT.trust, at=AT, expect=expect)
    assert read.rows == ({"naam": ROW["naam"]},)
    with pytest.raises(HolderProofInvalidError):
        parse_sealed_set(compact.encode()).verify(KIT.trust, at=AT, expect=HolderProof("n-124", AUDIENCE))


@pytest.mark.node
def test_we_read_what_node_issues_and_shows(node: NodeSdJwt) -> None:
    payload = {"iss": ISS, "iat": AT, "vct": f"{SCHEME_URL}/v1/x", "cnf": {"jwk": HOLDER_JWK}, **CLAIMS}
    frame = {"_sd": ["geslachtsnaam", "adres"], "adres": {"_sd": ["straat"]}, "talen": {"_sd": [0, 1]}}
    compact = node.ask("issue", payload=payload, frame=frame, key=private_jwk(KEY))["compact"]
    assert verify_any(compact, KEY.public_key()).claims == payload
    part = node.ask(
        "present",
        compact=compact,
        frame={"talen": {"1": True}, "geslachtsnaam": True},
        key=private_jwk(HOLDER),
        kb={"iat": AT, "aud": AUDIENCE, "nonce": NONCE},
    )["compact"]
    read = verify_any(part, KEY.public_key())
    assert (read.claims["talen"], read.claims["geslachtsnaam"], read.hidden) == (["fy"], "Jansen", 2)
    verify_any_proof(part, HOLDER_JWK, HolderProof(NONCE, AUDIENCE), at=AT)
    with pytest.raises(HolderProofInvalidError):
        verify_any_proof(part, HOLDER_JWK, HolderProof(NONCE, "https://ander.example"), at=AT)
    with pytest.raises(DocumentError):
        verify_any(part, HOLDER.public_key())


def test_what_another_issues_is_no_set_of_ours() -> None:
    """It may be a fine SD-JWT VC; it is not spelt, nor certified, as a sealed set."""
    issuer = SDJWTIssuer({"iss": ISS, "iat": AT, SDObj("naam"): "x"}, JWK.from_pyca(KEY))
    with pytest.raises(DocumentError):
        parse_sealed_set(issuer.sd_jwt_issuance.encode()).verify(KIT.trust, at=AT)


def test_sd_jwt_reads_our_record_and_our_rows() -> None:
    for what, expect in (
        (content("enkel", (ROW,), MISSING), plain(ROW)),
        (content("rijen", YEARS), {"rijen": plain(YEARS)}),
    ):
        made = issue_set(what, signer=KIT.signer, random=fixed_random("sd-jwt"))
        reader = SDJWTVerifier(made.compact().decode(), lambda _iss, _header: JWK.from_pyca(KEY.public_key()))
        payload = reader.get_verified_payload()
        assert {name: payload[name] for name in expect} == expect


def test_sd_jwt_reads_what_our_holder_shows() -> None:
    compact = shown(bound(), "partner").compact().decode()
    reader = SDJWTVerifier(compact, lambda _iss, _header: JWK.from_pyca(KEY.public_key()), AUDIENCE, NONCE)
    assert reader.get_verified_payload()["partner"] == plain(ROW["partner"])
    with pytest.raises(ValueError, match="nonce"):
        SDJWTVerifier(compact, lambda _iss, _header: JWK.from_pyca(KEY.public_key()), AUDIENCE, "n-124")


def test_we_read_what_sd_jwt_issues_and_shows() -> None:
    claims = {
        "iss": ISS,
        "iat": AT,
        SDObj("geslachtsnaam"): "Jansen",
        SDObj("adres"): {SDObj("straat"): "Dorpsstraat", "plaats": "Ons Dorp"},
        "talen": [SDObj("nl"), SDObj("fy")],
    }
    header = {"typ": "dc+sd-jwt"}
    holder_key = JWK.from_pyca(HOLDER)
    issuer = SDJWTIssuer(claims, JWK.from_pyca(KEY), holder_key=holder_key, extra_header_parameters=header)
    assert {name: verify_any(issuer.sd_jwt_issuance, KEY.public_key()).claims[name] for name in CLAIMS} == CLAIMS
    holder = SDJWTHolder(issuer.sd_jwt_issuance)
    holder.create_presentation({"talen": [False, True]}, NONCE, AUDIENCE, holder_key)
    read = verify_any(holder.sd_jwt_presentation, KEY.public_key())
    assert (read.claims["talen"], read.hidden) == (["fy"], 3)
    verify_any_proof(
        holder.sd_jwt_presentation, read.claims["cnf"]["jwk"], HolderProof(NONCE, AUDIENCE), at=int(time.time())
    )


def test_openvc_reads_our_record_and_refuses_another_nonce() -> None:
    now = int(time.time())
    compact = shown(bound(now=True), "naam", "kinderen", "partner", at=now).compact().decode()
    suite = SdJwtVcProofSuite()
    jwk = {**public_jwk(KEY.public_key()), "alg": "ES256"}
    read = suite.verify(compact, public_key_jwk=jwk, audience=AUDIENCE, nonce=NONCE, require_key_binding=True)
    assert read.key_bound
    assert {name: read.claims[name] for name in ("naam", "kinderen", "partner")} == plain(
        {name: ROW[name] for name in ("naam", "kinderen", "partner")}
    )
    with pytest.raises(OpenvcError):
        suite.verify(compact, public_key_jwk=jwk, audience=AUDIENCE, nonce="n-124", require_key_binding=True)


def test_openvc_reads_our_rows_unbound() -> None:
    what = msgspec.structs.replace(content("rijen", YEARS), issued_at=int(time.time()))
    made = issue_set(what, signer=KIT.signer, random=fixed_random("openvc"))
    read = SdJwtVcProofSuite().verify(
        made.compact().decode(), public_key_jwk={**public_jwk(KEY.public_key()), "alg": "ES256"}
    )
    assert read.claims["rijen"] == plain(YEARS)


def test_we_read_what_openvc_issues_and_shows() -> None:
    signing, holder = P256SigningKey(KEY, KIT.signer.kid), P256SigningKey(HOLDER, "holder")
    suite = SdJwtVcProofSuite()
    compact = suite.issue(
        {"iss": ISS, **CLAIMS},
        signing_key=signing,
        disclosable=["geslachtsnaam", "adres"],
        holder_jwk=HOLDER_JWK,
        vct=f"{SCHEME_URL}/v1/x",
        decoys=2,
        x5c=[base64.b64encode(KIT.signer.certificates[0]).decode()],
    )
    read = verify_any(compact, KEY.public_key())
    assert {name: read.claims[name] for name in CLAIMS} == CLAIMS
    assert read.hidden == 2
    presented = suite.create_presentation(compact, holder_key=holder, audience=AUDIENCE, nonce=NONCE)
    verify_any_proof(presented, HOLDER_JWK, HolderProof(NONCE, AUDIENCE), at=int(time.time()))
    with pytest.raises(HolderProofInvalidError):
        verify_any_proof(presented, HOLDER_JWK, HolderProof("n-124", AUDIENCE), at=int(time.time()))
