# SPDX-License-Identifier: EUPL-1.2
"""The keys that a source really has go into the register, and what they sealed is then in the scheme."""

import hashlib
from pathlib import Path

import pytest

from blauweknop.adapters.keys.bare import ensure_bare_keys
from blauweknop.adapters.keys.chain import ChainSource, init_source
from blauweknop.adapters.keys.folder import load_signer
from blauweknop.core.scheme.errors import BsnRefusedError
from blauweknop.core.scheme.seals import seal_trust
from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role
from blauweknop.services.register.administration import Unsigned
from blauweknop.testing.register_service import keys_of_folder, registration
from blauweknop.testing.registering import AT
from tests.unit.services.register.conftest import Desk

pytestmark = pytest.mark.anyio
OIN = "99999999900000000200"
ISS = "http://localhost:8102"


async def test_a_real_source_stands_in_the_register_with_all_its_keys(desk: Desk, tmp_path: Path) -> None:
    source = ChainSource(slug="belastingdienst", name="Belastingdienst", oin=OIN, iss=ISS)
    folder = init_source(tmp_path / "keten", source, now=AT)
    ensure_bare_keys(folder, ["encryption"])
    entry = registration(
        OIN,
        "Belastingdienst",
        ISS,
        Role.SOURCE,
        keys=keys_of_folder(folder, now=AT),
        data_sets=("inkomen/1",),
        subject="bsn",
        bsn_ground="Wet algemene bepalingen burgerservicenummer art. 10",
        seals_since=AT - 86_400,
    )
    without = registration(OIN, "Belastingdienst", ISS, Role.SOURCE, subject="bsn")
    with pytest.raises(BsnRefusedError):
        await desk.acts.decide(Act.ADMIT, OIN, without, Unsigned())
    await desk.acts.decide(Act.ADMIT, OIN, entry, Unsigned())
    register = await desk.read()
    purposes = {key.purpose for key in register.detail(OIN).keys}
    assert purposes == {KeyPurpose.SEAL, KeyPurpose.STATUS, KeyPurpose.ENCRYPTION}
    signer = load_signer(folder, "seal")
    assert register.key(ISS, KeyPurpose.SEAL, signer.kid, at=AT).kid == signer.kid
    known = seal_trust(register, anchors=(), sealed_at=AT).known
    assert known[hashlib.sha256(signer.certificates[0]).digest()].name == "Belastingdienst"
