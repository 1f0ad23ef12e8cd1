# SPDX-License-Identifier: EUPL-1.2
"""The cases of ``vectors/paper-code``: good ones, and bad ones that change one thing in a good one."""

import base64
import copy
from collections.abc import Callable
from typing import Any, NamedTuple

from blauweknop.testing.sealing import ISS, SCHEME_URL, FixedSigner, fixed_key
from tests.vectors.paper_forge import KID, PaperForge, cbor

AT = 1_795_600_000
PRINT = bytes(range(32))
PRINT_TEXT = base64.urlsafe_b64encode(PRINT).decode().rstrip("=")
VCT = f"{SCHEME_URL}/v1/gegevenssets/gezin/1"
ISSUER_CLAUSE = "RFC 9901 §7.1(2.c)"
TEXT, SEAL, CONTENT = "paper-code.md §1", "paper-code.md §2", "paper-code.md §3"
VALUE, WORD, DATE = "paper-code.md §4", "paper-code.md §5", "paper-code.md §6"
DETERMINISTIC, PLAIN = "RFC 8949 §4.2.1", "RFC 8949 §5.3.1"


class GoodPaper(NamedTuple):
    name: str
    about: str
    elements: dict[str, Any]
    values: dict[str, Any]
    more: int = 0
    iat: int = AT

    def forge(self) -> PaperForge:
        return PaperForge(
            {
                "iss": ISS,
                "vct": VCT,
                "iat": self.iat,
                "vingerafdruk": PRINT,
                "elementen": copy.deepcopy(self.elements),
                "meer": self.more,
            }
        )


class BadPaper(NamedTuple):
    name: str
    change: str
    edit: Callable[[PaperForge], None]
    error: str
    clause: str
    good: str = "alles"
    trust: str = "known"
    at: int = AT


GOOD = [
    GoodPaper(
        "alles",
        "every kind of value, in a set of one record",
        {
            "naam": ["Jansen"],
            "geboortedatum": ["1978-03", None, 20_758, None, None, None, 5],
            "inkomen": [4_650_000, 0, 20_758, [19_723, 20_088], 1],
            "gehuwd": [True],
            "partner.naam": ["de Vries"],
            "kinderen[0].naam": ["Zoë"],
            "kinderen[1].geboortedatum": ["2010-01-02"],
        },
        {
            "naam": {"waarde": "Jansen"},
            "geboortedatum": {"waarde": "1978-03", "peildatum": "2026-11-01", "opmerking": "deels-onbekend"},
            "inkomen": {
                "waarde": 4_650_000,
                "eenheid": "eurocent",
                "periode": {"van": "2024-01-01", "tot": "2024-12-31"},
                "peildatum": "2026-11-01",
                "status": "definitief",
            },
            "gehuwd": {"waarde": True},
            "partner.naam": {"waarde": "de Vries"},
            "kinderen[0].naam": {"waarde": "Zoë"},
            "kinderen[1].geboortedatum": {"waarde": "2010-01-02"},
        },
    ),
    GoodPaper(
        "rijen",
        "a set of rows, of which some did not fit",
        {"rijen[0].kenteken": ["XX999X"], "rijen[10].kenteken": ["99XXX9"]},
        {"rijen[0].kenteken": {"waarde": "XX999X"}, "rijen[10].kenteken": {"waarde": "99XXX9"}},
        more=31,
    ),
    GoodPaper("leeg", "a set with nothing in it", {}, {}),
    GoodPaper(
        "geen-waarde",
        "the source states that there is no value; a code that was sealed earlier",
        {"voorvoegsel": [None], "einde": [None, None, 20_758]},
        {"voorvoegsel": {"waarde": None}, "einde": {"waarde": None, "peildatum": "2026-11-01"}},
        iat=AT - 10_000_000,
    ),
    GoodPaper(
        "datums",
        "whole dates from the first to the last, and partial ones",
        {
            "a": ["0001-01-01", None, -719_162, [0, 2_932_896]],
            "b": ["1978", None, "1978", ["1978-03", "1979"], None, "2021-12"],
            "c": ["2026", None, -1],
        },
        {
            "a": {
                "waarde": "0001-01-01",
                "periode": {"van": "1970-01-01", "tot": "9999-12-31"},
                "peildatum": "0001-01-01",
            },
            "b": {
                "waarde": "1978",
                "periode": {"van": "1978-03", "tot": "1979"},
                "peildatum": "1978",
                "in_onderzoek": "2021-12",
            },
            "c": {"waarde": "2026", "peildatum": "1969-12-31"},
        },
    ),
    GoodPaper(
        "getallen",
        "numbers of each size, and words with and without a number of their own",
        {
            "a": [0, "kilometer"],
            "b": [-(2**53) + 1, 0, None, None, 2],
            "c": [2**53 - 1, None, None, None, 3, None, 4],
            "d": [1.5, "procent"],
            "e": [0.1],
            "f": [False, None, None, None, "nieuw"],
            "g": [""],
        },
        {
            "a": {"waarde": 0, "eenheid": "kilometer"},
            "b": {"waarde": -(2**53) + 1, "eenheid": "eurocent", "status": "voorlopig"},
            "c": {"waarde": 2**53 - 1, "status": "in-behandeling", "opmerking": "datum-onleesbaar"},
            "d": {"waarde": 1.5, "eenheid": "procent"},
            "e": {"waarde": 0.1},
            "f": {"waarde": False, "status": "nieuw"},
            "g": {"waarde": ""},
        },
    ),
]


def _set(**changes: Any) -> Callable[[PaperForge], None]:
    def edit(forge: PaperForge) -> None:
        for name, value in changes.items():
            setattr(forge, name, value)

    return edit


def _said(**changes: Any) -> Callable[[PaperForge], None]:
    return lambda forge: forge.payload.update(changes)


def _element(members: object, path: object = "naam") -> Callable[[PaperForge], None]:
    return lambda forge: forge.payload["elementen"].update({path: members})


def _without(name: str) -> Callable[[PaperForge], None]:
    return lambda forge: forge.payload.__delitem__(name)


def _text(change: Callable[[str], str]) -> Callable[[PaperForge], None]:
    return _set(edit_text=change)


def _nothing(_forge: PaperForge) -> None:
    pass


def _malformed(*cases: tuple[str, str, Callable[[PaperForge], None], str]) -> list[BadPaper]:
    return [BadPaper(name, change, edit, "vorm-ongeldig", clause) for name, change, edit, clause in cases]


TEXT_CASES = _malformed(
    ("voorvoegsel-klein", "the prefix in lower case", _set(prefix="bk1:"), TEXT),
    ("voorvoegsel-ander", "the prefix of another version", _set(prefix="BK2:"), TEXT),
    ("voorvoegsel-geen", "no prefix", _set(prefix=""), TEXT),
    ("tekst-te-lang", "1196 characters", _text(lambda text: text.ljust(1196, "0")), TEXT),
    ("tekst-klein", "a letter of base45 in lower case", _text(lambda text: text[:4] + text[4:].lower()), "RFC 9285 §6"),
    ("tekst-regeleinde", "a new line at the end", _text(lambda text: text + "\n"), "RFC 9285 §6"),
    (
        "tekst-groep",
        "the first group of base45 beyond two bytes",
        _text(lambda text: "BK1::::" + text[7:]),
        "RFC 9285 §6",
    ),
    ("tekst-afgebroken", "the last character lost", _text(lambda text: text[:-1]), "RFC 9285 §6"),
    ("tekst-leeg", "nothing after the prefix", _text(lambda _: "BK1:"), "RFC 9052 §4.2"),
)
SEAL_CASES = _malformed(
    ("tag-geen", "no tag", _set(tag=b""), "RFC 9052 §4.2"),
    ("tag-ander", "the tag of COSE_Mac0", _set(tag=b"\xd1"), "RFC 9052 §4.2"),
    ("tag-lang", "tag 18 in two bytes", _set(tag=b"\xd8\x12"), "RFC 9052 §4.2"),
    ("staart", "a byte after it", _set(edit_bytes=lambda data: data + b"\0"), DETERMINISTIC),
    ("kop-onverzegeld", "a header that is not sealed", _set(unprotected={3: 0}), "RFC 9052 §3"),
    ("kop-extra", "a content type in the header", _set(header={1: -7, 3: 0, 4: KID}), "RFC 9052 §3.1"),
    ("kop-zonder-kid", "no kid", _set(header={1: -7}), "RFC 9052 §3.1"),
    ("alg-es384", "the algorithm ES384", _set(header={1: -35, 4: KID}), "RFC 9053 §2.1"),
    ("alg-hmac", "the algorithm HS256", _set(header={1: 5, 4: KID}), "RFC 9053 §2.1"),
    ("kid-tekst", "kid as text", _set(header={1: -7, 4: KID.hex()}), "RFC 9053 §2.1"),
    ("kid-kort", "kid of 20 bytes", _set(header={1: -7, 4: KID[:20]}), SEAL),
    (
        "inhoud-volgorde",
        "the members of the content in another order",
        _set(encode_payload=lambda payload: b"\xa6" + b"".join(map(_pair, sorted(payload.items(), reverse=True)))),
        DETERMINISTIC,
    ),
    (
        "inhoud-getal-lang",
        "iat in eight bytes",
        _set(encode_payload=lambda payload: cbor(payload).replace(b"\x63iat\x1a", b"\x63iat\x1b\0\0\0\0")),
        DETERMINISTIC,
    ),
    (
        "inhoud-dubbel",
        "a member of the content twice",
        _set(encode_payload=lambda payload: b"\xa7" + _pair(("iat", AT)) + cbor(payload)[1:]),
        PLAIN,
    ),
    ("inhoud-tag", "iat as a tagged time", _set(encode_payload=lambda payload: _tagged(cbor(payload))), PLAIN),
)


def _pair(pair: tuple[object, object]) -> bytes:
    return cbor(pair[0]) + cbor(pair[1])


def _tagged(payload: bytes) -> bytes:
    return payload.replace(b"\x63iat\x1a", b"\x63iat\xc1\x1a")


CONTENT_CASES = _malformed(
    ("lid-te-weinig", "no meer", _without("meer"), CONTENT),
    ("lid-te-veel", "a sub", _said(sub="1"), CONTENT),
    ("iat-tekst", "iat as text", _said(iat=str(AT)), CONTENT),
    ("iat-breuk", "iat with a fraction", _said(iat=AT + 0.5), CONTENT),
    ("iat-negatief", "iat before 1970", _said(iat=-1), CONTENT),
    ("meer-negatief", "meer below nothing", _said(meer=-1), CONTENT),
    ("vingerafdruk-kort", "a fingerprint of 31 bytes", _said(vingerafdruk=PRINT[1:]), CONTENT),
    ("vingerafdruk-tekst", "the fingerprint as text", _said(vingerafdruk=PRINT_TEXT), CONTENT),
    ("vct-ander", "a vct that is not of a data set", _said(vct=f"{SCHEME_URL}/gezin"), CONTENT),
    ("elementen-lijst", "the elements as an array", _said(elementen=[]), CONTENT),
    ("pad-nummer", "an element named by a number", lambda forge: forge.payload.update(elementen={1: [1]}), CONTENT),
    ("pad-anders", "an index with a zero before it", _element(["A"], "kinderen[00].naam"), CONTENT),
)
VALUE_CASES = _malformed(
    ("waarde-kaal", "a value that is not in an array", _element("Jansen"), VALUE),
    ("waarde-leeg", "an array without a value", _element([]), VALUE),
    ("waarde-lijst", "a value that is an array", _element([["Jansen"]]), VALUE),
    ("waarde-bytes", "a value in bytes", _element([b"Jansen"]), VALUE),
    ("waarde-null-eind", "a null at the end", _element(["Jansen", None]), VALUE),
    ("waarde-acht", "eight members", _element([1, None, None, None, None, None, None, 1]), VALUE),
    ("woord-voluit", "eurocent as text", _element([1, "eurocent"]), WORD),
    ("woord-onbekend", "a number without a word", _element([1, 1000]), WORD),
    ("woord-janee", "true for a unit", _element([1, True]), WORD),
    ("datum-tekst", "a whole date as text", _element([1, None, "2026-11-01"]), DATE),
    ("datum-dertien", "a thirteenth month", _element([1, None, "2026-13"]), DATE),
    ("datum-ver", "the day after 9999-12-31", _element([1, None, 2_932_897]), DATE),
    ("periode-half", "a period without an end", _element([1, None, None, [0, None]]), DATE),
)
TRUST_CASES = [
    BadPaper("zegel-vreemd", "a reader who does not know the seal", _nothing, "zegel-onbekend", "", trust="stranger"),
    BadPaper("zegel-anker", "a reader who knows only the CA", _nothing, "zegel-onbekend", "", trust="anchored"),
    BadPaper("kid-ander", "the kid of another certificate", _set(header={1: -7, 4: PRINT}), "zegel-onbekend", ""),
    BadPaper(
        "iss-ander", "the iss of another source", _said(iss="https://ander.example"), "certificaat-ander", ISSUER_CLAUSE
    ),
    BadPaper("iss-slash", "a slash after iss", _said(iss=ISS + "/"), "certificaat-ander", ISSUER_CLAUSE),
    BadPaper(
        "sleutel-ander",
        "sealed by another key",
        _set(signer=FixedSigner(fixed_key("another"))),
        "handtekening-ongeldig",
        "RFC 7515 §5.2",
    ),
    BadPaper(
        "handtekening-kort",
        "a signature of 63 bytes",
        _set(edit_signature=lambda signature: signature[:-1]),
        "handtekening-ongeldig",
        "RFC 7518 §3.4",
    ),
    BadPaper(
        "waarde-gewijzigd",
        "a value changed after sealing",
        _set(edit_bytes=lambda data: data.replace(b"Jansen", b"Janzen")),
        "handtekening-ongeldig",
        "RFC 7515 §5.2",
    ),
    BadPaper(
        "toekomst", "read a minute before it was sealed", _nothing, "nog-niet-geldig", "RFC 8392 §3.1.6", at=AT - 60
    ),
    BadPaper(
        "certificaat-voorbij",
        "sealed after the certificate had ended",
        _said(iat=1_930_000_000),
        "certificaat-niet-geldig",
        "RFC 5280 §6.1.3 (a)(2)",
        at=1_930_000_000,
    ),
]
BAD = [*TEXT_CASES, *SEAL_CASES, *CONTENT_CASES, *VALUE_CASES, *TRUST_CASES]
