# SPDX-License-Identifier: EUPL-1.2
"""Registers, good and bad: a bad one is the good one with one named change."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from blauweknop.core.scheme.document import detail_hash
from blauweknop.core.scheme.register import NOTHING_SEEN, Nothing, RegisterTrust, Seen
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.strict_json import encode
from blauweknop.core.wire.x5c import encode_x5c
from blauweknop.testing.registering import (
    AT,
    MANAGER_OIN,
    REQUESTER_ISS,
    REQUESTER_OIN,
    SOURCE_ISS,
    SOURCE_OIN,
    YEAR,
    RegisterKit,
    key_entry,
    make_certificate,
    make_root,
    make_signer,
    register_kit,
)
from blauweknop.testing.sealing import FixedSigner

HOUR = 3600
NO_PROOF = "geen"
SEAL_CERTIFICATE = make_certificate("source seal", uri=SOURCE_ISS, oin=SOURCE_OIN, purpose="seal")
SEAL_KID = make_signer("source seal", SEAL_CERTIFICATE).kid


@dataclass
class Case:
    """What a reader gets. ``ask``: a key it then wants; ``with_details``: which details it fetched."""

    kit: RegisterKit
    at: int = AT + 60
    seen: Seen | Nothing = NOTHING_SEEN
    header: dict[str, Any] = field(default_factory=dict)
    trust: RegisterTrust | None = None
    details: list[bytes] | None = None
    ask: dict[str, Any] | None = None
    token: Callable[[bytes], bytes] = bytes

    @property
    def reader(self) -> RegisterTrust:
        return self.trust or self.kit.trust

    def made(self) -> bytes:
        return self.token(self.kit.sign(**self.header))

    def blobs(self) -> list[bytes]:
        return [self.kit.detail_bytes(oin) for oin in self.kit.details] if self.details is None else self.details

    def participant(self, place: int) -> dict[str, Any]:
        entry: dict[str, Any] = self.kit.payload["deelnemers"][place]
        return entry

    def key(self, oin: str, place: int) -> dict[str, Any]:
        entry: dict[str, Any] = self.kit.details[oin]["sleutels"][place]
        return entry


Change = Callable[[Case], None]
ASK = {"iss": SOURCE_ISS, "purpose": "seal", "kid": SEAL_KID, "at": AT, "existed_at": NO_PROOF}


@dataclass
class Bad:
    name: str
    change: str
    error: str
    clause: str
    edit: Change


def good_case() -> Case:
    return Case(register_kit(), ask=dict(ASK))


def seen_of(kit: RegisterKit, /, **changed: Any) -> Seen:
    """What a reader remembers of ``kit``, with members changed."""
    signed = kit.sign().rsplit(b".", 1)[0]
    digest = detail_hash(signed)
    seen = Seen(
        version=kit.payload["version"],
        issued_at=kit.payload["iat"],
        fingerprint=digest,
        participants=tuple(one["oin"] for one in kit.payload["deelnemers"]),
        published={
            f"{kind}:{ref}": value for kind, refs in kit.payload["gepubliceerd"].items() for ref, value in refs.items()
        },
    )
    return Seen(**{name: changed.get(name, getattr(seen, name)) for name in Seen.__struct_fields__})


def set_payload(**members: Any) -> Change:
    return lambda case: case.kit.payload.update(members)


def drop_payload(name: str) -> Change:
    def edit(case: Case) -> None:
        del case.kit.payload[name]

    return edit


def entry(place: int, /, **members: Any) -> Change:
    return lambda case: case.participant(place).update(members)


def name(text: str) -> Change:
    return entry(2, naam=text)


def header(**members: Any) -> Change:
    return lambda case: case.header.update(members)


def at(moment: int) -> Change:
    def edit(case: Case) -> None:
        case.at = moment

    return edit


def token(change: Callable[[bytes], bytes]) -> Change:
    def edit(case: Case) -> None:
        case.token = change

    return edit


def remembered(**changed: Any) -> Change:
    def edit(case: Case) -> None:
        case.seen = seen_of(case.kit, **changed)

    return edit


def signed_by(label: str, certificate: x509.Certificate) -> Change:
    def edit(case: Case) -> None:
        case.kit = RegisterKit(case.kit.payload, case.kit.details, make_signer(label, certificate), case.kit.trust)

    return edit


def extra_certificate(certificate: x509.Certificate) -> Change:
    def edit(case: Case) -> None:
        case.header["x5c"] = encode_x5c([*case.kit.signer.certificates, certificate.public_bytes(Encoding.DER)])

    return edit


def trusting(**members: Any) -> Change:
    def edit(case: Case) -> None:
        case.trust = replace(case.kit.trust, **members)

    return edit


def detail(oin: str, /, **members: Any) -> Change:
    """Changes a detail, and lets the index name it."""

    def edit(case: Case) -> None:
        case.kit.details[oin].update(members)
        case.kit.link_details()

    return edit


def key(oin: str, place: int, /, *, index: bool = True, **members: Any) -> Change:
    """Changes a key in a detail; ``index``: the index follows."""

    def edit(case: Case) -> None:
        case.key(oin, place).update(members)
        if index:
            case.kit.link_details()
        else:
            holder = next(one for one in case.kit.payload["deelnemers"] if one["oin"] == oin)
            holder["detail"] = detail_hash(encode(case.kit.details[oin]))

    return edit


def ask(**members: Any) -> Change:
    def edit(case: Case) -> None:
        assert case.ask is not None
        case.ask.update(members)

    return edit


def compromised(case: Case) -> None:
    key(SOURCE_OIN, 0, gecompromitteerd_op=AT - HOUR)(case)


def compromised_and_proven_late(case: Case) -> None:
    compromised(case)
    ask(existed_at=AT - HOUR)(case)


def only_details(*oins: str) -> Change:
    def edit(case: Case) -> None:
        case.details = [case.kit.detail_bytes(oin) for oin in oins]

    return edit


def changed_detail(case: Case) -> None:
    case.details = [case.kit.detail_bytes(SOURCE_OIN).replace(b"inkomen/1", b"inkomen/2")]


def same_key_at_two(case: Case) -> None:
    case.kit.details[REQUESTER_OIN]["sleutels"][0] = key_entry("source encryption", "client", 8)
    case.kit.link_details()


def same_key_for_two(case: Case) -> None:
    case.kit.details[SOURCE_OIN]["sleutels"].append(key_entry("source encryption", "token", 10))
    case.kit.link_details()


def kid_twice(case: Case) -> None:
    keys = case.kit.details[SOURCE_OIN]["sleutels"]
    keys.append({**keys[2], "van": AT, "status": 11})
    holder = case.participant(1)
    case.kit.link_details()
    holder["sleutels"]["encryption"] = holder["sleutels"]["encryption"][:1]


def twice(place: int, /, **members: Any) -> Change:
    """A fourth participant like the one at ``place``, but for ``members``."""

    def edit(case: Case) -> None:
        fresh = {"sleutels": {}, "oin": "00000001777777777000", "iss": "https://ander.example", "status": 40}
        case.kit.payload["deelnemers"].append({**case.participant(place), **fresh, **members})

    return edit


def vanished(case: Case) -> None:
    case.seen = seen_of(case.kit)
    del case.kit.payload["deelnemers"][2]
    case.kit.payload["version"] = 8


def published(kind: str, **refs: str) -> Change:
    return lambda case: case.kit.payload["gepubliceerd"][kind].update(refs)


def republished(case: Case) -> None:
    case.seen = seen_of(case.kit)
    case.kit.payload["gepubliceerd"]["diensten"]["hypotheek/1"] = detail_hash(b"changed")
    case.kit.payload["version"] = 8


def unpublished(case: Case) -> None:
    case.seen = seen_of(case.kit)
    del case.kit.payload["gepubliceerd"]["begrippen"]["verzamelinkomen/1"]
    case.kit.payload["version"] = 8


def unended(case: Case) -> None:
    case.kit.payload["versies_beeindigd"] = {"diensten:hypotheek/1": AT}
    case.seen = seen_of(case.kit, ended=("diensten:hypotheek/1",))
    case.kit.payload["versies_beeindigd"] = {}
    case.kit.payload["version"] = 8


def forked(case: Case) -> None:
    case.seen = seen_of(case.kit)
    case.participant(2)["naam"] = "Een Ander"


def flipped(signed: bytes) -> bytes:
    """The last byte of the signature changed, in the one spelling of base64url."""
    head, _, _ = signed.rpartition(b".")
    return head + b"." + b64url_encode(bytes(64)).encode()


def alg_of(alg: str) -> Change:
    def edit(case: Case) -> None:
        class Other(FixedSigner):
            pass

        signer = Other(case.kit.signer._key, kid=case.kit.signer.kid, certificates=case.kit.signer.certificates)
        signer.alg = alg
        case.kit = RegisterKit(case.kit.payload, case.kit.details, signer, case.kit.trust)

    return edit


OTHER_SEAL = make_certificate("source seal", uri=REQUESTER_ISS, oin=SOURCE_OIN, purpose="seal")
OTHER_OIN_SEAL = make_certificate("source seal", uri=SOURCE_ISS, oin=REQUESTER_OIN, purpose="seal")
STATUS_AS_SEAL = make_certificate("source seal", uri=SOURCE_ISS, oin=SOURCE_OIN, purpose="status")
OTHER_KEY_SEAL = make_certificate("another seal", uri=SOURCE_ISS, oin=SOURCE_OIN, purpose="seal")


def seal_with(certificate: x509.Certificate, **members: Any) -> Change:
    """Puts another certificate at the source's seal key, with the ``kid`` of that certificate."""
    kid = make_signer("source seal", certificate).kid
    return key(SOURCE_OIN, 0, x5c=encode_x5c([certificate.public_bytes(Encoding.DER)]), kid=kid, **members)


OKP = {
    "crv": "Ed25519",
    "kty": "OKP",
    "x": b64url_encode(bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")),
}

BAD = [
    # the envelope
    Bad("drie-delen", "a part left out", "vorm-ongeldig", "RFC 7515 §7.1", token(lambda t: t.rsplit(b".", 1)[0])),
    Bad("handtekening", "another signature", "handtekening-ongeldig", "RFC 7515 §5.2", token(flipped)),
    Bad("te-groot", "four megabytes more", "register-inhoud", "document.py", token(lambda t: t + b"A" * 4_000_000)),
    Bad("typ", "typ of a status list", "vorm-ongeldig", "RFC 8725 §3.11", header(typ="statuslist+jwt")),
    Bad("alg-none", "alg none", "handtekening-ongeldig", "RFC 8725 §3.1", alg_of("none")),
    Bad("alg-hs256", "alg HS256", "handtekening-ongeldig", "RFC 8725 §3.1", alg_of("HS256")),
    Bad("crit", "a critical header", "vorm-ongeldig", "RFC 8725 §3.10", header(crit=["x"], x=1)),
    Bad("jwk", "a key in the header", "vorm-ongeldig", "RFC 8725 §3.10", header(jwk=OKP)),
    Bad("x5c-leeg", "x5c empty", "vorm-ongeldig", "RFC 7515 §4.1.6", header(x5c=[])),
    Bad("x5c-weg", "x5c no list", "vorm-ongeldig", "RFC 7515 §4.1.6", header(x5c="MII")),
    Bad("x5c-getal", "x5c holds a number", "vorm-ongeldig", "RFC 7515 §4.1.6", header(x5c=[1])),
    Bad("x5c-url", "x5c in base64url", "vorm-ongeldig", "RFC 7515 §4.1.6", header(x5c=["-_-_"])),
    Bad("x5c-bits", "x5c with unused bits", "vorm-ongeldig", "RFC 4648 §3.5", header(x5c=["QR=="])),
    Bad("x5c-onzin", "x5c is no certificate", "certificaat-vorm", "RFC 5280 §4.1", header(x5c=["QUJD"])),
    # who signed
    Bad("wortel-mee", "the root in x5c", "certificaat-pad", "RFC 5280 §6.1", extra_certificate(make_root())),
    Bad("andere-wortel", "signed under another root", "certificaat-pad", "RFC 5280 §6.1",
        signed_by("register", make_certificate("register", root="other root"))),
    Bad("geen-wortel", "the reader pinned another root", "certificaat-pad", "RFC 5280 §6.1",
        trusting(roots=(make_root("other root"),))),
    Bad("zegel-tekent", "signed with a seal certificate of the same root", "certificaat-profiel", "RFC 5280 §4.2.1.3",
        signed_by("source seal", make_certificate("source seal", purpose="seal"))),
    Bad("status-tekent", "signed with a status certificate of the same root", "certificaat-profiel",
        "RFC 5280 §4.2.1.12", signed_by("manager status", make_certificate("manager status", purpose="status"))),
    Bad("ander-adres", "the certificate is for another address", "certificaat-ander", "seal_profile rule 5",
        signed_by("register", make_certificate("register", uri="https://elders.example"))),
    Bad("certificaat-later", "read before the certificate begins", "certificaat-niet-geldig", "RFC 5280 §6.1.3 (a)(2)",
        at(AT - YEAR)),
    # the frame
    Bad("omgeving", "of production", "register-andere-omgeving", "system.md 4", set_payload(omgeving="productie")),
    Bad("omgeving-lezer", "the reader is in production", "register-andere-omgeving", "system.md 4",
        trusting(environment="productie")),
    Bad("iss", "another iss", "register-andere-uitgever", "system.md 4", set_payload(iss="https://elders.example")),
    Bad("toekomst", "a minute in the future", "register-toekomst", "RFC 7519 §4.1.6", at(AT - 60)),
    Bad("24-uur", "read after 24 hours", "register-verouderd", "system.md 4", at(AT + 24 * HOUR)),
    Bad("25-uur", "read after 25 hours", "register-verouderd", "system.md 4", at(AT + 25 * HOUR)),
    Bad("exp-voor-iat", "exp is not after iat", "register-inhoud", "system.md 4", set_payload(exp=AT)),
    Bad("exp-te-laat", "exp after two days", "register-inhoud", "system.md 4", set_payload(exp=AT + 48 * HOUR)),
    Bad("exp-voorbij", "a shorter exp has passed", "register-verouderd", "system.md 4", set_payload(exp=AT + 30)),
    Bad("exp-weg", "no exp", "register-inhoud", "document.py", drop_payload("exp")),
    Bad("iat-tekst", "iat is text", "register-inhoud", "document.py", set_payload(iat=str(AT))),
    Bad("versie-nul", "version 0", "register-inhoud", "index rule 1", set_payload(version=0)),
    Bad("deelnemers-weg", "no participants member", "register-inhoud", "document.py", drop_payload("deelnemers")),
    Bad("statuslijst-http", "status list over http", "register-inhoud", "index rule 1",
        set_payload(statuslijst="http://register.voorbeeld.example/status")),
    # participants
    Bad("oin-kort", "an OIN of 19 digits", "register-inhoud", "index rule 1", entry(2, oin="0000000188888888800")),
    Bad("oin-dubbel", "an OIN twice", "register-inhoud", "index rule 2", twice(2, oin=SOURCE_OIN)),
    Bad("iss-dubbel", "an address twice", "register-inhoud", "index rule 2", twice(2, iss=SOURCE_ISS)),
    Bad("plaats-dubbel", "a place in the status list twice", "register-inhoud", "index rule 2", twice(2, status=1)),
    Bad("plaats-negatief", "a negative place", "register-inhoud", "index rule 1", entry(2, status=-1)),
    Bad("iss-schuin", "an address with a trailing slash", "register-inhoud", "index rule 1",
        entry(2, iss=REQUESTER_ISS + "/")),
    Bad("iss-hoofdletter", "an address with a capital", "register-inhoud", "index rule 1",
        entry(2, iss="https://Vrager.example")),
    Bad("iss-vraag", "an address with a query", "register-inhoud", "index rule 1",
        entry(2, iss=REQUESTER_ISS + "?a=1")),
    Bad("iss-http", "an address over http", "register-inhoud", "index rule 1", entry(2, iss="http://vrager.example")),
    Bad("iss-lang", "an address of 300 characters", "register-inhoud", "index rule 1",
        entry(2, iss="https://vrager.example/" + "a" * 300)),
    Bad("rol-onbekend", "a role outside the list", "register-inhoud", "vocabulary.py", entry(2, rollen=["baas"])),
    Bad("rol-geen", "no role", "register-inhoud", "index rule 4", entry(2, rollen=[])),
    Bad("rol-dubbel", "a role twice", "register-inhoud", "index rule 4", entry(2, rollen=["vrager", "vrager"])),
    Bad("fase-onbekend", "a stage outside the list", "register-inhoud", "vocabulary.py", entry(2, fase="gewist")),
    Bad("doel-onbekend", "a key purpose outside the list", "register-inhoud", "vocabulary.py",
        entry(2, sleutels={"root": ["A" * 43]})),
    Bad("sleutel-vorm", "a thumbprint of 42 characters", "register-inhoud", "index rule 6",
        entry(2, sleutels={"client": ["A" * 42]})),
    Bad("detail-vorm", "a hash in hex", "register-inhoud", "index rule 6", entry(2, detail="0" * 64)),
    Bad("waarmerk-weg", "a sealing source without waarmerk_sinds", "register-inhoud", "index rule 4",
        lambda case: case.participant(1).pop("waarmerk_sinds")),
    Bad("sleutel-twee-deelnemers", "one key at two participants", "register-inhoud", "index rule 5", same_key_at_two),
    Bad("sleutel-twee-doelen", "one key for two purposes", "register-inhoud", "index rule 5", same_key_for_two),
    Bad("ref-vorm", "a reference without version", "register-inhoud", "index rule 6",
        published("diensten", hypotheek=detail_hash(b"x"))),
    Bad("ref-hash", "a published hash of another form", "register-inhoud", "index rule 6",
        published("diensten", **{"wlz/1": "x"})),
    # names
    Bad("naam-cyrillisch", "a Cyrillic letter in a Latin name", "register-naam", "UTS #39 §5.1",
        name("Belаstingdienst")),
    Bad("naam-grieks", "a Greek letter in a Latin name", "register-naam", "UTS #39 §5.1", name("Οnderlinge")),
    Bad("naam-breed", "a full-width letter", "register-naam", "UTS #39 §5.1", name("Bank Ａ")),
    Bad("naam-richting", "a direction mark", "register-naam", "names rule 3", name("Bank \u202eknaB")),
    Bad("naam-nul", "a zero-width blank", "register-naam", "names rule 3", name("Bank\u200bA")),
    Bad("naam-regel", "a line end", "register-naam", "names rule 3", name("Bank\nA")),
    Bad("naam-los-accent", "an accent of its own", "register-naam", "UAX #15 NFC", name("Cafe\u0301")),
    Bad("naam-accent-blijft", "an accent that does not compose", "register-naam", "names rule 3", name("Bank x\u0301")),
    Bad("naam-cijfer", "an Arabic-Indic digit", "register-naam", "names rule 3", name("Bank \u0661")),
    Bad("naam-markering", "markup", "register-naam", "names rule 3", name("<b>Bank</b>")),
    Bad("naam-leeg", "an empty name", "register-naam", "names rule 1", name("")),
    Bad("naam-lang", "101 letters", "register-naam", "names rule 1", name("a" * 101)),
    Bad("naam-rand", "a blank at the end", "register-naam", "names rule 1", name("Bank ")),
    Bad("naam-dubbel-blank", "two blanks", "register-naam", "names rule 1", name("Bank  A")),
    # what was seen before
    Bad("teruggezet", "version 8 was seen", "register-teruggezet", "register rule 6", remembered(version=8)),
    Bad("tijd-terug", "a higher version of an earlier time", "register-teruggezet", "register rule 6",
        remembered(version=6, issued_at=AT + 1)),
    Bad("tweevoud", "another content of the same version", "register-tweevoud", "register rule 6", forked),
    Bad("verdwenen", "a participant of before is gone", "register-herschreven", "register rule 7", vanished),
    Bad("dienst-gewijzigd", "a published service changed", "register-herschreven", "register rule 7", republished),
    Bad("begrip-weg", "a published concept is gone", "register-herschreven", "register rule 7", unpublished),
    Bad("weer-in-gebruik", "a version that ended is in use again", "register-herschreven", "register rule 7", unended),
    Bad("einde-onbekend", "a version ended that was never published", "register-inhoud", "index rule 7",
        set_payload(versies_beeindigd={"diensten:elders/1": AT})),
    # details
    Bad("detail-gewijzigd", "one character of a detail", "register-detail", "detail rule 1", changed_detail),
    Bad("detail-vreemd", "a detail nobody has", "register-detail", "detail rule 1",
        lambda case: setattr(case, "details", [b"{}"])),
    Bad("detail-ontbreekt", "the source's detail not fetched", "register-detail-ontbreekt", "register.py",
        only_details(MANAGER_OIN, REQUESTER_OIN)),
    Bad("detail-oin", "a detail of another OIN", "register-detail", "detail rule 3",
        detail(SOURCE_OIN, oin=MANAGER_OIN)),
    Bad("detail-aanvrager", "a detail of another OIN without certificates", "register-detail", "detail rule 4",
        detail(REQUESTER_OIN, oin=MANAGER_OIN)),
    Bad("detail-iss", "a detail of another address", "register-detail", "detail rule 4",
        detail(REQUESTER_OIN, iss="https://elders.example")),
    Bad("detail-vorm-leeg", "a detail without keys member", "register-detail", "detail rule 1",
        lambda case: (case.kit.details.update({REQUESTER_OIN: {"oin": REQUESTER_OIN}}),
                      case.participant(2).update(detail=detail_hash(encode({"oin": REQUESTER_OIN}))))[0]),
    Bad("detail-sleutels", "a key that the index does not have", "register-detail", "detail rule 4",
        key(REQUESTER_OIN, 0, index=False, doel="dpop")),
    Bad("kid-dubbel", "a kid twice", "register-detail", "detail rule 2", kid_twice),
    Bad("venster", "a key that ends before it begins", "register-detail", "detail rule 2",
        key(SOURCE_OIN, 0, tot=AT - YEAR)),
    Bad("zegel-zonder-certificaat", "a seal key without certificate", "register-detail", "detail rule 3",
        key(SOURCE_OIN, 0, x5c=[])),
    Bad("certificaat-te-veel", "an encryption key with a certificate", "register-detail", "detail rule 3",
        key(SOURCE_OIN, 2, x5c=encode_x5c([SEAL_CERTIFICATE.public_bytes(Encoding.DER)]))),
    Bad("kid-duim", "a kid that is no thumbprint", "register-detail", "RFC 7638 §3", key(SOURCE_OIN, 2, kid="A" * 43)),
    Bad("kid-certificaat", "a kid of another certificate", "register-detail", "detail rule 3",
        key(SOURCE_OIN, 0, kid="A" * 43)),
    Bad("zegel-ander-adres", "a seal certificate for another address", "register-detail", "detail rule 3",
        seal_with(OTHER_SEAL)),
    Bad("zegel-andere-oin", "a seal certificate of another OIN", "register-detail", "detail rule 3",
        seal_with(OTHER_OIN_SEAL)),
    Bad("zegel-statuscertificaat", "a status certificate at a seal key", "register-detail", "detail rule 3",
        seal_with(STATUS_AS_SEAL)),
    Bad("zegel-andere-sleutel", "a certificate of another key", "register-detail", "detail rule 3",
        seal_with(OTHER_KEY_SEAL)),
    Bad("jwk-ed25519", "an encryption key on Ed25519", "register-detail", "detail rule 2", key(SOURCE_OIN, 2, jwk=OKP)),
    Bad("jwk-soort", "a symmetric key", "register-detail", "RFC 7517 §9.2",
        key(SOURCE_OIN, 2, index=False, jwk={"kty": "oct", "k": "AAAA"})),
    # keys asked for
    Bad("vraag-iss", "a key of an unknown address", "deelnemer-onbekend", "register.py", ask(iss="https://elders.example")),
    Bad("vraag-doel", "the seal key asked for tokens", "sleutel-onbekend", "system.md 4", ask(purpose="token")),
    Bad("vraag-kid", "another kid", "sleutel-onbekend", "system.md 4", ask(kid="A" * 43)),
    Bad("vraag-ander", "the key of another participant", "sleutel-onbekend", "system.md 4", ask(iss=REQUESTER_ISS)),
    Bad("vraag-voor", "signed before the key began", "sleutel-niet-geldig", "system.md 4", ask(at=AT - YEAR - 1)),
    Bad("vraag-na", "signed after the key ended", "sleutel-niet-geldig", "system.md 4", ask(at=AT + YEAR)),
    Bad("vraag-gestolen", "a key marked as stolen", "sleutel-gecompromitteerd", "system.md 4", compromised),
    Bad("vraag-gestolen-bewijs-laat", "proof of existence not before the mark", "sleutel-gecompromitteerd",
        "system.md 4", compromised_and_proven_late),
]  # fmt: skip


def compromised_but_proven(case: Case) -> None:
    compromised(case)
    ask(existed_at=AT - HOUR - 1, at=AT - 2 * HOUR)(case)


def suspended(case: Case) -> None:
    case.participant(1).update(fase="geschorst")


def loopback(case: Case) -> None:
    case.participant(2)["iss"] = case.kit.details[REQUESTER_OIN]["iss"] = "http://localhost:8203"
    case.kit.link_details()


def unknown_member(case: Case) -> None:
    case.kit.payload["later"] = {"iets": 1}


def bare_status(case: Case) -> None:
    case.kit.details[SOURCE_OIN]["sleutels"][1] = key_entry("source status", "status", 6)
    case.kit.link_details()


GOOD: list[tuple[str, str, Change]] = [
    ("register", "three participants, details, a seal key", lambda case: None),
    ("23-uur", "still counts after 23 hours", at(AT + 23 * HOUR)),
    ("klok-achter", "ten seconds in the future", at(AT - 10)),
    ("opnieuw", "the same register again", remembered()),
    ("nieuwer", "version 6 was seen", remembered(version=6, issued_at=AT - HOUR, fingerprint="A" * 43)),
    ("bewezen", "a stolen key, and proof of existence before", compromised_but_proven),
    ("geschorst", "a suspended source: its old seals stay good", suspended),
    ("loopback", "http on loopback in a test register", loopback),
    ("kale-status", "a status key without certificate", bare_status),
    ("later-lid", "a member of a later version is ignored", unknown_member),
    ("ed25519", "a client key on Ed25519", key(REQUESTER_OIN, 0, jwk=OKP, kid=detail_hash(encode(OKP)))),
]
