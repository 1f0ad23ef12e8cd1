# SPDX-License-Identifier: EUPL-1.2
"""A register in a folder, with a clock to turn."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from blauweknop.adapters.keys.register_folder import load_register_trust, register_trust_folder
from blauweknop.core.scheme.decision import sign_decision
from blauweknop.core.scheme.register import NOTHING_SEEN, VerifiedRegister, parse_register
from blauweknop.core.scheme.registration import Registration
from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role
from blauweknop.core.wire.jwk import make_jwk
from blauweknop.services.register.administration import Administration, Content, SignedBy, content_text
from blauweknop.services.register.assemble import assemble_register
from blauweknop.services.register.parts import RegisterParts
from blauweknop.services.register.signing import current_register
from blauweknop.testing.register_service import handed_in, register_settings, registration
from blauweknop.testing.registering import AT, make_signer, named_key

ISS = "http://localhost:8299"
LENDER = "00000001234567890000"
LENDER_ISS = "https://hypotheek.voorbeeld.example"


class Clock:
    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> int:
        return self.now


def lender(**members: Any) -> Registration:
    keys = tuple(
        handed_in(purpose, named_key(f"lender {purpose}").public_key(), now=AT)
        for purpose in (KeyPurpose.CLIENT, KeyPurpose.DPOP)
    )
    given = {"private": True, "keys": keys, **members}
    return registration(LENDER, "Demo Hypotheekverlener BV", LENDER_ISS, Role.REQUESTER, **given)


@dataclasses.dataclass
class Desk:
    """A register and who works at it."""

    parts: RegisterParts
    clock: Clock
    home: Path

    @property
    def acts(self) -> Administration:
        return Administration(self.parts)

    def by(self, account: str, act: Act, oin: str, content: Content | str) -> SignedBy:
        text = content if isinstance(content, str) else content_text(content)
        decision = self.acts.expected(act, oin, text, account)
        return SignedBy(account, sign_decision(decision, make_signer(f"account {account}")))

    async def read(self) -> VerifiedRegister:
        """The register as a reader has it, with all details."""
        token = (await current_register(self.parts)).token
        trust = load_register_trust(register_trust_folder(self.home), "test")
        register = parse_register(token).verify(trust, at=self.clock.now, last_seen=NOTHING_SEEN)
        names = [one.detail for one in register.index.participants]
        blobs = await self.parts.store.read(lambda state: [state.detail(name) for name in names])
        return register.with_details(blob for blob in blobs if blob is not None)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def open_desk(home: Path, *, two_persons: bool) -> Desk:
    clock = Clock()
    chance = random.Random(20261101)
    settings = register_settings(home, iss=ISS, two_persons=two_persons, now=AT)
    parts = await assemble_register(settings, now=clock, random_below=chance.randrange)
    desk = Desk(parts, clock, home)
    for account in ("anna", "bram"):
        await desk.acts.add_account(account, dict(make_jwk(named_key(f"account {account}").public_key())))
    return desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A test register: one command is enough."""
    opened = await open_desk(tmp_path, two_persons=False)
    yield opened
    await opened.parts.store.close()


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Desk]:
    """A register that asks two persons."""
    opened = await open_desk(tmp_path, two_persons=True)
    yield opened
    await opened.parts.store.close()
