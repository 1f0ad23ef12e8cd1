# SPDX-License-Identifier: EUPL-1.2
"""A requester that none of us wrote (openid-client) in the running scheme: asked, consented, fetched, given up."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from blauweknop.adapters.keys.bare import bare_key_path, load_bare_key, load_bare_signer
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.core.seal.sealed import parse_sealed_set
from tests.journeys.delivery import trust_in
from tests.journeys.forms import hidden
from tests.journeys.town import KEVIN, SUBSTANTIAL, Town

pytestmark = pytest.mark.node
LENDER, LENDER_OIN = "hypotheekverlener", "99999999900000000300"


@pytest.fixture
def node(root: Path) -> str:
    found = shutil.which("node")
    if found is None or not (root / "node_modules" / "openid-client").is_dir():
        pytest.skip("Node or openid-client is not installed (./bk test does)")
    return found


def plan(town: Town) -> dict[str, Any]:
    def pkcs8(purpose: str) -> str:
        key = load_bare_key(bare_key_path(keys_folder(town.home, LENDER), purpose), purpose)
        return base64.b64encode(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()

    household = {"datatypes": ["huishouden/1"], "elementen": ["burgerlijke_staat"], "locations": [town.source("RvIG")]}
    second = town.line(**household)
    del second["periode"]
    return {
        "issuer": town.consent,
        "clientId": town.lender.iss,
        "redirectUri": f"{town.lender.iss}/terug",
        "clientKey": pkcs8("client"),
        "kid": load_bare_signer(bare_key_path(keys_folder(town.home, LENDER), "client"), "client").kid,
        "dpopKey": pkcs8("dpop"),
        "lines": [town.line(), second],
    }


def consented(town: Town, address: str) -> str:
    """Where the citizen's browser came back, after the login and a yes to both."""
    assert town.browser.get(address).status_code == 200
    page = town.browser.post(f"{town.consent}/inloggen", data={"naar": "/aanvraag"})
    fields = {"verzoek": hidden(page)["verzoek"], "persoon": KEVIN, "niveau": SUBSTANTIAL, "keuze": "verder"}
    page = town.browser.post(f"{town.demo.login}/inloggen", data=fields)
    answer = town.decide(page, besluit="ja", set=["0", "1"])
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_bk065_bk072_a_stranger_s_client_goes_the_whole_way_and_gives_up(town: Town, node: str, root: Path) -> None:
    program = [node, str(root / "tests" / "interop" / "stranger.mjs"), json.dumps(plan(town))]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        back = consented(town, process.stdout.readline().strip())
        process.stdin.write(f"{back}\n")
        process.stdin.flush()
        got = json.loads(process.stdout.readline())
    trust = trust_in(town.home)
    shown = []
    for answer in got["sets"]:
        assert answer["status"] == 200, answer
        verified = parse_sealed_set(answer["body"]["set"].encode()).verify(trust, at=int(time.time()))
        assert verified.visible["ontvanger"] == LENDER_OIN
        shown.append({name for row in verified.rows for name in row})
    assert shown == [{"belastingjaar", "verzamelinkomen"}, {"burgerlijke_staat"}]
    assert got["after"] == "invalid_grant"
    assert got["late"]["status"] in {401, 403}
    assert "set" not in got["late"]["body"]
