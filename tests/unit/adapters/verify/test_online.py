# SPDX-License-Identifier: EUPL-1.2
"""The status of a set, asked of the organisation over real HTTP; everything but a right, fresh answer is unknown."""

import time
from collections.abc import Iterator

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from blauweknop.adapters.paper.certify import make_certified_pdf
from blauweknop.adapters.paper.printed import print_of
from blauweknop.adapters.verify.online import StatusAsker
from blauweknop.adapters.verify.report import Outcome, Report, Status
from blauweknop.adapters.verify.verify import verify_bytes
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.status.status_list import StatusList
from blauweknop.core.status.token import MEDIA_TYPE, StatusListTimes, issue_status_list
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.keys import P256Signer
from blauweknop.testing.threaded import address_of, free_socket, served_in_thread
from tests.unit.adapters.paper.printing import AT, DEFINITIONS
from tests.unit.adapters.verify.chain import Chain, make_chain

NOW = AT + 60
VALID, WITHDRAWN, SUSPENDED, SUPERSEDED = 10, 11, 12, 13


class Source:
    """Answers for the status list; ``answer`` is what it says."""

    def __init__(self) -> None:
        self.answer: Response = PlainTextResponse("not set", status_code=500)
        self.asked: list[str] = []

    def serve(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        return self.answer


@pytest.fixture(scope="module")
def source() -> Iterator[tuple[Source, Chain]]:
    answers, listening = Source(), free_socket()
    app = Starlette(routes=[Route("/{path:path}", answers.serve)])
    with served_in_thread(app, listening):
        yield answers, make_chain(address_of(listening))


def token(chain: Chain, signer: P256Signer, *, uri: str = "", issued_at: int = NOW, life: int = 86_400) -> bytes:
    statuses = StatusList(1000)
    for index, value in ((WITHDRAWN, 1), (SUSPENDED, 2), (SUPERSEDED, 3)):
        statuses.set(index, value)
    times = StatusListTimes(issued_at=issued_at, expires_at=issued_at + life, ttl=300)
    return issue_status_list(statuses, uri=uri or f"{chain.iss}/status/zegels/1", times=times, signer=signer)


def report(chain: Chain, index: int = VALID, uri: str = "") -> Report:
    asker = StatusAsker(chain.trust, at=NOW, timeout=0.5)
    data = chain.sealed_set(index, uri).compact()
    return verify_bytes(data, trust=chain.trust, at=NOW, definitions=DEFINITIONS, check_status=asker)


@pytest.mark.parametrize(
    ("index", "status", "outcome"),
    [
        (VALID, Status.VALID, Outcome.PASSED),
        (WITHDRAWN, Status.WITHDRAWN, Outcome.FAILED),
        (SUPERSEDED, Status.SUPERSEDED, Outcome.PASSED),
        (SUSPENDED, Status.UNKNOWN, Outcome.INDETERMINATE),
        (999_999, Status.UNKNOWN, Outcome.INDETERMINATE),
    ],
)
def test_bk009_the_status_is_what_the_list_says_now(
    source: tuple[Source, Chain], index: int, status: Status, outcome: Outcome
) -> None:
    answers, chain = source
    answers.answer = Response(token(chain, chain.status), media_type=MEDIA_TYPE)
    found = report(chain, index)
    assert (found.status, found.outcome) == (status, outcome)


def bad_answers(chain: Chain) -> dict[str, Response]:
    good = token(chain, chain.status)
    bare = P256Signer(chain.status._key, kid="x")
    header_only = P256Signer(chain.status._key, kid="x", certificates=(b"no DER",))
    spoilt = b64url_encode(b'{"alg":"ES256","typ":"statuslist+jwt","x5c":["!"]}').encode()
    tokens = {
        "with an x5c that is no base64": spoilt + good[good.index(b".") :],
        "by the seal key": token(chain, chain.seal),
        "by another organisation": token(chain, chain.other_status),
        "without certificates": token(chain, bare),
        "with a certificate that is none": token(chain, header_only),
        "about another list": token(chain, chain.status, uri=f"{chain.iss}/status/zegels/2"),
        "expired": token(chain, chain.status, issued_at=NOW - 90_000),
        "from the future": token(chain, chain.status, issued_at=NOW + 3600),
        "changed": good[:-6] + bytes([good[-6] ^ 1]) + good[-5:],
        "cut off": good[: len(good) // 2],
        "empty": b"",
        "a set instead": chain.sealed_set(VALID).jwt,
    }
    answers: dict[str, Response] = {name: Response(body, media_type=MEDIA_TYPE) for name, body in tokens.items()}
    answers["as HTML"] = Response(good, media_type="text/html")
    answers["not found"] = Response(good, media_type=MEDIA_TYPE, status_code=404)
    answers["redirected"] = RedirectResponse("/elsewhere")
    answers["too large"] = Response(b"a" * 1_100_000, media_type=MEDIA_TYPE)
    return answers


NAMES = list(bad_answers(make_chain("http://localhost:1")))


@pytest.mark.parametrize("name", NAMES)
def test_any_other_answer_is_unknown_and_indeterminate(source: tuple[Source, Chain], name: str) -> None:
    answers, chain = source
    answers.answer = Response(token(chain, chain.status), media_type=MEDIA_TYPE)
    assert report(chain).outcome is Outcome.PASSED
    answers.answer = bad_answers(chain)[name]
    answers.asked.clear()
    found = report(chain)
    assert (found.status, found.outcome, found.finding.sub) == (Status.UNKNOWN, Outcome.INDETERMINATE, "TRY_LATER")
    assert answers.asked == ["/status/zegels/1"]


@pytest.mark.parametrize("uri", ["http://localhost:1/status/zegels/1", "https://elders.example/1", "http://localhostx"])
def test_a_file_cannot_send_us_elsewhere(source: tuple[Source, Chain], uri: str) -> None:
    answers, chain = source
    answers.asked.clear()
    assert report(chain, uri=uri).status is Status.UNKNOWN
    assert answers.asked == []


def test_a_set_without_status_is_not_asked_about(source: tuple[Source, Chain]) -> None:
    answers, chain = source
    answers.asked.clear()
    verified = parse_sealed_set(chain.sealed_set(VALID).compact()).verify(chain.trust, at=NOW)
    bare = msgspec.structs.replace(verified, status=None)
    assert StatusAsker(chain.trust, at=NOW)(bare) is Status.NONE
    assert answers.asked == []


def test_nobody_there_is_unknown_within_the_time_out() -> None:
    before = time.monotonic()
    assert report(make_chain("http://localhost:1")).status is Status.UNKNOWN
    assert time.monotonic() - before < 3


def test_a_seal_with_intermediates_passes_in_a_pdf_too(source: tuple[Source, Chain]) -> None:
    answers, chain = source
    answers.answer = Response(token(chain, chain.status), media_type=MEDIA_TYPE)
    compact = chain.sealed_set(VALID).compact()
    verified = parse_sealed_set(compact).verify(chain.trust, at=NOW)
    page = print_of(verified, compact, definition=DEFINITIONS["inkomen/1"])
    pdf = make_certified_pdf(page, language="nl", signer=chain.seal)
    asker = StatusAsker(chain.trust, at=NOW)
    found = verify_bytes(pdf, trust=chain.trust, at=NOW, definitions=DEFINITIONS, check_status=asker)
    assert (found.outcome, found.status) == (Outcome.PASSED, Status.VALID)
