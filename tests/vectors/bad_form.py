# SPDX-License-Identifier: EUPL-1.2
"""Bad cases of form and spelling: the file, the JSON form, the header, the signature."""

import base64
from typing import Any

from blauweknop.testing.sealing import fixed_key, seal_kit
from tests.vectors.bad import Bad, header, in_header, in_payload, whole
from tests.vectors.forge import Change, Forge, b64, high_s
from tests.vectors.good import KIT

SPELLING = "spelling-afwijkend"
FORM = "vorm-ongeldig"
COMPACT = "RFC 9901 §4"
JSON_FORM = "RFC 9901 §8.1"
OWN_RULE = "docs/profile/sd-jwt-vc.md"


def end(text: bytes) -> Change:
    def edit(made: Forge) -> None:
        made.whole = lambda data: data + text

    return edit


def cut(count: int) -> Change:
    def edit(made: Forge) -> None:
        made.whole = lambda data: data[:-count]

    return edit


def everything(text: bytes) -> Change:
    def edit(made: Forge) -> None:
        made.whole = lambda _data: text

    return edit


def members(change: Any) -> Change:
    def edit(made: Forge) -> None:
        made.members = change

    return edit


def in_disclosures(change: Any) -> Change:
    def edit(made: Forge) -> None:
        made.members = lambda given: {**given, "header": {"disclosures": change(given["header"]["disclosures"])}}

    return edit


def jwt_part(place: int, change: Any) -> Change:
    def edit(made: Forge) -> None:
        def changed(jwt: str) -> str:
            parts = jwt.split(".")
            parts[place] = change(parts[place])
            return ".".join(parts)

        made.jwt = changed

    return edit


def signature(change: Any) -> Change:
    def edit(made: Forge) -> None:
        made.signature = change

    return edit


def another_signer(made: Forge) -> None:
    made.signer = seal_kit(iss="https://ander.voorbeeld.example").signer


def signed_by_holder(made: Forge) -> None:
    made.signer = KIT.holder


def another_certificate(made: Forge) -> None:
    other = seal_kit(iss="https://ander.voorbeeld.example").signer
    made.signer = other
    made.header["kid"] = other.kid
    made.header["x5c"] = [base64.b64encode(other.certificates[0]).decode()]


def with_anchor(made: Forge) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding

    made.header["x5c"].append(base64.b64encode(KIT.root.public_bytes(Encoding.DER)).decode())


def unpadded_x5c(made: Forge) -> None:
    made.header["x5c"] = [text + "\n" for text in made.header["x5c"]]


def other_delivery(part: str) -> str:
    return b64(base64.urlsafe_b64decode(part + "==").replace(b"4f1c2a", b"4f1c2b"))


def next_character(text: str) -> str:
    """The same bytes, spelt with an unused bit of the last character set."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return text[:-1] + alphabet[alphabet.index(text[-1]) + 1]


def flip_last_byte(data: bytes) -> bytes:
    return data[:31] + bytes([data[31] ^ 1]) + data[32:]


def reversed_header(made: Forge) -> None:
    made.header = dict(reversed(made.header.items()))


def without_typ(made: Forge) -> None:
    del made.header["typ"]


def without_x5c(made: Forge) -> None:
    made.header["x5c"] = []


def public_jwk() -> dict[str, str]:
    x = fixed_key("anybody").public_key().public_numbers().x
    return {"kty": "EC", "crv": "P-256", "x": base64.urlsafe_b64encode(x.to_bytes(32, "big")).decode().rstrip("=")}


FORM_CASES = [
    Bad("leeg", "enkel", "nothing at all", FORM, COMPACT, everything(b"")),
    Bad("zonder-slot", "enkel", "the closing ~ taken away", FORM, COMPACT, cut(1)),
    Bad("regeleinde", "enkel", "a line end after it", FORM, COMPACT, end(b"\n")),
    Bad("spatie-vooraf", "enkel", "a space before it", FORM, COMPACT, whole(b"eyJ", b" eyJ")),
    Bad("twee-delen", "enkel", "the JWT of two parts", FORM, COMPACT, whole(b".", b"")),
    Bad("lege-onthulling", "enkel", "an empty disclosure", FORM, COMPACT, whole(b"~", b"~~")),
    Bad("plus-teken", "enkel", "a character of standard base64", FORM, COMPACT, whole(b"~W", b"~+")),
    Bad("opvulling", "enkel", "padding after the signature", FORM, COMPACT, whole(b"~", b"=~")),
    Bad("buiten-ascii", "enkel", "a character outside ASCII", FORM, COMPACT, whole(b"~W", "~é".encode())),
    Bad("nul-achteraan", "enkel", "a zero byte after it", FORM, COMPACT, end(b"\0")),
    Bad("json-extra-lid", "enkel-json", "one member more", FORM, JSON_FORM, members(lambda given: {**given, "x": 1})),
    Bad(
        "json-volgorde",
        "enkel-json",
        "the members in another order",
        FORM,
        JSON_FORM,
        members(lambda given: dict(sorted(given.items()))),
    ),
    Bad(
        "json-lijst",
        "enkel-json",
        "the general serialization",
        FORM,
        JSON_FORM,
        members(lambda given: {"payload": given["payload"], "signatures": [given]}),
    ),
    Bad(
        "json-kop-leeg",
        "enkel-json",
        "no disclosures in the header",
        FORM,
        JSON_FORM,
        members(lambda given: {**given, "header": {}}),
    ),
    Bad(
        "json-kop-tekst",
        "enkel-json",
        "a header that is no object",
        FORM,
        JSON_FORM,
        members(lambda given: {**given, "header": "x"}),
    ),
    Bad(
        "json-onthulling-getal",
        "enkel-json",
        "a disclosure that is a number",
        FORM,
        JSON_FORM,
        in_disclosures(lambda given: [*given, 1]),
    ),
    Bad(
        "json-twee-in-een",
        "enkel-json",
        "two disclosures in one text",
        FORM,
        JSON_FORM,
        in_disclosures(lambda given: ["~".join(given[:2]), *given[2:]]),
    ),
    Bad(
        "json-punt",
        "enkel-json",
        "a dot in a disclosure",
        FORM,
        JSON_FORM,
        in_disclosures(lambda given: ["a.b", *given]),
    ),
    Bad(
        "json-kb-leeg",
        "enkel-json",
        "an empty key binding JWT",
        FORM,
        JSON_FORM,
        members(lambda given: {**given, "header": {**given["header"], "kb_jwt": ""}}),
    ),
    Bad(
        "json-wit",
        "enkel-json",
        "a space between members",
        SPELLING,
        OWN_RULE,
        whole(b'","protected', b'", "protected'),
    ),
    Bad(
        "json-ontsnapt",
        "enkel-json",
        "a character of a name spelt by its number",
        SPELLING,
        OWN_RULE,
        whole(b'"protected"', b'"\\u0070rotected"'),
    ),
    Bad("json-regeleinde", "enkel-json", "a line end after it", SPELLING, OWN_RULE, end(b"\n")),
    Bad(
        "json-dubbel-lid",
        "enkel-json",
        "a member twice",
        FORM,
        "RFC 8259 §4",
        whole(b'{"payload"', b'{"payload":"x","payload"'),
    ),
    Bad("json-afgebroken", "enkel-json", "the last byte taken away", FORM, "RFC 8259 §2", cut(1)),
    Bad("alg-none", "enkel", "alg none", "algoritme-geweigerd", "RFC 9901 §7.1(2.a)", header(alg="none")),
    Bad("alg-hs256", "enkel", "alg HS256", "algoritme-geweigerd", "RFC 9901 §7.1(2.a)", header(alg="HS256")),
    Bad("alg-es384", "enkel", "alg ES384", "algoritme-geweigerd", "RFC 9901 §7.1(2.a)", header(alg="ES384")),
    Bad(
        "typ-oud",
        "enkel",
        "typ vc+sd-jwt, as older drafts had it",
        "type-onjuist",
        "RFC 8725 §3.11",
        header(typ="vc+sd-jwt"),
    ),
    Bad("typ-jwt", "enkel", "typ JWT", "type-onjuist", "RFC 8725 §3.11", header(typ="JWT")),
    Bad("typ-hoofdletters", "enkel", "typ in capitals", "type-onjuist", "RFC 8725 §3.11", header(typ="DC+SD-JWT")),
    Bad("typ-weg", "enkel", "no typ", "type-onjuist", "RFC 8725 §3.11", without_typ),
    Bad("kop-crit", "enkel", "crit in the header", "kop-geweigerd", "RFC 8725 §3.10", header(crit=["exp"], exp=1)),
    Bad("kop-jwk", "enkel", "a key in the header", "kop-geweigerd", "RFC 8725 §3.10", header(jwk=public_jwk())),
    Bad(
        "kop-jku",
        "enkel",
        "an address of keys in the header",
        "kop-geweigerd",
        "RFC 8725 §3.10",
        header(jku="https://x.example/jwks"),
    ),
    Bad(
        "kop-x5u",
        "enkel",
        "an address of certificates in the header",
        "kop-geweigerd",
        "RFC 8725 §3.10",
        header(x5u="https://x.example/pem"),
    ),
    Bad(
        "kop-volgorde",
        "enkel",
        "the header's members in another order",
        "kop-geweigerd",
        "RFC 8725 §3.10",
        reversed_header,
    ),
    Bad("kop-wit", "enkel", "a space in the header", SPELLING, OWN_RULE, in_header(b",", b", ")),
    Bad("kop-dubbel", "enkel", "alg twice in the header", FORM, "RFC 8259 §4", in_header(b"{", b'{"alg":"ES256",')),
    Bad(
        "kop-geen-object",
        "enkel",
        "a header that is a list",
        "kop-geweigerd",
        "RFC 7515 §4",
        jwt_part(0, lambda _part: "W10"),
    ),
    Bad(
        "kid-ander",
        "enkel",
        "the kid of another certificate",
        "kop-geweigerd",
        "RFC 9901 §7.1(2.c)",
        header(kid="A" * 43),
    ),
    Bad("kid-getal", "enkel", "a kid that is a number", "kop-geweigerd", "RFC 7515 §4.1.6", header(kid=1)),
    Bad("x5c-leeg", "enkel", "no certificate", "kop-geweigerd", "RFC 7515 §4.1.6", without_x5c),
    Bad("x5c-getal", "enkel", "a certificate that is a number", "kop-geweigerd", "RFC 7515 §4.1.6", header(x5c=[1])),
    Bad("x5c-regeleinde", "enkel", "a line end in a certificate", SPELLING, "RFC 7515 §4.1.6", unpadded_x5c),
    Bad(
        "x5c-geen-der", "enkel", "a certificate that is none", "certificaat-vorm", "RFC 5280 §4.1", header(x5c=["AAAA"])
    ),
    Bad("x5c-anker", "enkel", "the anchor beside the certificate", "certificaat-pad", "RFC 7515 §4.1.6", with_anchor),
    Bad(
        "certificaat-ander",
        "enkel",
        "sealed by another organisation",
        "certificaat-ander",
        "RFC 9901 §7.1(2.c)",
        another_certificate,
    ),
    Bad(
        "handtekening-ander", "enkel", "signed by another key", "handtekening-ongeldig", "RFC 7515 §5.2", another_signer
    ),
    Bad(
        "handtekening-houder",
        "houder",
        "signed by the holder",
        "handtekening-ongeldig",
        "RFC 7515 §5.2",
        signed_by_holder,
    ),
    Bad(
        "handtekening-bit",
        "enkel",
        "one bit of the signature turned",
        "handtekening-ongeldig",
        "RFC 7515 §5.2",
        signature(flip_last_byte),
    ),
    Bad(
        "handtekening-kort",
        "enkel",
        "one byte of the signature taken away",
        "handtekening-ongeldig",
        "RFC 7518 §3.4",
        signature(lambda data: data[:-1]),
    ),
    Bad("handtekening-hoog", "enkel", "the other s that fits the signature", SPELLING, OWN_RULE, signature(high_s)),
    Bad(
        "handtekening-bits",
        "enkel",
        "an unused bit of the signature set",
        FORM,
        "RFC 4648 §3.5",
        jwt_part(2, next_character),
    ),
    Bad(
        "payload-gewijzigd",
        "enkel",
        "one character of the payload changed after signing",
        "handtekening-ongeldig",
        "RFC 7515 §5.2",
        jwt_part(1, other_delivery),
    ),
    Bad("payload-wit", "enkel", "a space in the payload", SPELLING, OWN_RULE, in_payload(b",", b", ")),
    Bad(
        "payload-dubbel",
        "enkel",
        "iss twice in the payload",
        FORM,
        "RFC 8259 §4",
        in_payload(b"{", b'{"iss":"https://x.example",'),
    ),
    Bad(
        "payload-getal",
        "enkel",
        "iat spelt as a fraction",
        SPELLING,
        OWN_RULE,
        in_payload(b"1795600000", b"1795600000.00"),
    ),
    Bad(
        "payload-geen-json", "enkel", "a payload cut off", FORM, "RFC 8259 §2", in_payload(b'"sha-256"}', b'"sha-256"')
    ),
    Bad(
        "payload-lijst",
        "enkel",
        "a payload that is a list",
        "profiel-onjuist",
        "RFC 7519 §7.2",
        jwt_part(1, lambda _part: "W10"),
    ),
]
