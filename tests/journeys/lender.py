# SPDX-License-Identifier: EUPL-1.2
"""A requester of the demo, as a program of its own would be: it asks, waits, exchanges and fetches."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2

from blauweknop.adapters.keys.bare import bare_key_path, load_bare_signer
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.core.oauth.client_side import ProofKey, sign_assertion
from blauweknop.core.wire.keys import P256Signer


@dataclass
class Lender:
    """``iss``: its own address; ``server``: the consent service."""

    home: Path
    iss: str
    server: str
    http: httpx2.Client
    slug: str = "hypotheekverlener"
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    nonces: dict[str, str] = field(default_factory=dict)
    now: Callable[[], float] = time.time

    def ask(self, *lines: dict[str, Any], **changes: str) -> httpx2.Response:
        """Pushes a request."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        fields = {
            "response_type": "code",
            "redirect_uri": f"{self.iss}/terug",
            "state": self.state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "authorization_details": json.dumps(lines),
            **changes,
        }
        return self._post("/par", fields)

    def door(self, pushed: httpx2.Response) -> str:
        """Where the citizen goes."""
        return f"{self.server}/autoriseren?client_id={self.iss}&request_uri={pushed.json()['request_uri']}"

    def answer(self, address: str) -> dict[str, str]:
        """What the browser brought back."""
        assert address.startswith(f"{self.iss}/terug?"), address
        said = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert said["state"] == self.state
        assert said["iss"] == self.server
        return said

    def exchange(self, code: str, source: str = "") -> httpx2.Response:
        """The code for tokens; ``source``: whose data the access token is for."""
        return self._post(
            "/token",
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": f"{self.iss}/terug",
                "code_verifier": self.verifier,
                **({"resource": source} if source else {}),
            },
        )

    def renew(self, refresh_token: str, source: str) -> httpx2.Response:
        fields = {"grant_type": "refresh_token", "refresh_token": refresh_token, "resource": source}
        return self._post("/token", fields)

    def fetch(self, source: str, token: str, rule: str) -> httpx2.Response:
        """Fetches a set; once more when the source wants its nonce in the proof."""
        for _ in range(2):
            response = self.http.post(
                f"{source}/v1/leveringen",
                json={"regel": rule},
                headers={
                    "authorization": f"DPoP {token}",
                    "dpop": self._proof(f"{source}/v1/leveringen", token.encode()),
                    "idempotency-key": secrets.token_urlsafe(16),
                },
            )
            if not self._new_nonce(source, response):
                break
        return response

    def _post(self, path: str, fields: dict[str, str]) -> httpx2.Response:
        described = self.http.get(f"{self.server}/.well-known/oauth-authorization-server").json()
        name = {
            "/par": "pushed_authorization_request_endpoint",
            "/token": "token_endpoint",
            "/intrekken": "revocation_endpoint",
        }[path]
        url = described[name]
        for _ in range(2):
            response = self.http.post(
                url,
                data={**fields, "client_id": self.iss, **self._authentication()},
                headers={"dpop": self._proof(url)},
            )
            if not self._new_nonce(self.server, response):
                break
        return response

    def _authentication(self) -> dict[str, str]:
        assertion = sign_assertion(
            self.iss,
            self.server,
            signer=self._signer("client"),
            jti=secrets.token_urlsafe(16),
            at=int(self.now()),
        )
        return {
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        }

    def _new_nonce(self, server: str, response: httpx2.Response) -> bool:
        given = response.headers.get("dpop-nonce", "")
        if given:
            self.nonces[server] = given
        return "use_dpop_nonce" in response.text + response.headers.get("www-authenticate", "")

    def _proof(self, url: str, token: bytes | None = None) -> str:
        signer = self._signer("dpop")
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        extra = {} if token is None else {"access_token": token}
        return ProofKey(signer, signer.public_key).prove(
            "POST",
            url,
            jti=secrets.token_urlsafe(16),
            at=int(self.now()),
            nonce=self.nonces.get(origin, ""),
            **extra,
        )

    def _signer(self, purpose: str) -> P256Signer:
        return load_bare_signer(bare_key_path(keys_folder(self.home, self.slug), purpose), purpose)
