# SPDX-License-Identifier: EUPL-1.2
"""An organisation with a seal and a status certificate under an intermediate CA, as the test chain makes them."""

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from blauweknop.adapters.keys.contract import Purpose
from blauweknop.adapters.keys.issuing import Authority, issue_authority, issue_leaf, issue_root, make_key
from blauweknop.core.seal.content import SetContent, StatusRef
from blauweknop.core.seal.issue import issue_set
from blauweknop.core.seal.seal_profile import SealSubject
from blauweknop.core.seal.sealed import SealedSet
from blauweknop.core.seal.trust import KnownSeal, Trust, thumbprint
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.keys import P256Signer
from blauweknop.testing.sealing import SCHEME_URL, fixed_random
from tests.unit.adapters.paper.printing import AT, INCOME, definition

OIN = "00000001999999999000"


@dataclass(frozen=True)
class Chain:
    """``trust`` knows the seal; ``other_status`` is the status signer of another organisation under the same CA."""

    iss: str
    seal: P256Signer
    status: P256Signer
    other_status: P256Signer
    trust: Trust

    def sealed_set(self, index: int, uri: str = "") -> SealedSet:
        """A set whose status is entry ``index`` of this organisation's first list."""
        content = SetContent(
            definition=definition("inkomen/1"),
            iss=self.iss,
            scheme_url=SCHEME_URL,
            issued_at=AT,
            environment="test",
            delivery="levering-1",
            rows=INCOME,
            missing=(),
            status=StatusRef(uri=uri or f"{self.iss}/status/zegels/1", idx=index),
            integrity="sha256-" + "A" * 43 + "=",
        )
        return issue_set(content, signer=self.seal, random=fixed_random(str(index)))


def make_chain(iss: str) -> Chain:
    root = issue_root("Proef-CA", now=AT - 3600)
    below = issue_authority("Proef-CA 2", root, now=AT - 3600)
    subject = SealSubject(oin=OIN, name="Voorbeeldbron", uri=iss)
    other = SealSubject(oin="00000001999999998000", name="Voorbeeldbron", uri=iss)
    seal = _signer(subject, Purpose.SEAL, below)
    certificate = seal.certificates[0]
    loaded = x509.load_der_x509_certificate(certificate)
    known = {thumbprint(loaded): KnownSeal(certificate=loaded, oin=OIN, name="Voorbeeldbron")}
    return Chain(
        iss=iss,
        seal=seal,
        status=_signer(subject, Purpose.STATUS, below),
        other_status=_signer(other, Purpose.STATUS, below),
        trust=Trust(anchors=(root.certificate,), known=known, environment="test"),
    )


def _signer(subject: SealSubject, purpose: Purpose, authority: Authority) -> P256Signer:
    key = make_key()
    leaf = issue_leaf(subject, purpose, key.public_key(), authority, now=AT - 3600)
    certificates = (leaf.public_bytes(Encoding.DER), authority.certificate.public_bytes(Encoding.DER))
    return P256Signer(key, kid=b64url_encode(thumbprint(leaf)), certificates=certificates)
