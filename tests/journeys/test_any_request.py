# SPDX-License-Identifier: EUPL-1.2
"""Promise 9: whatever bytes come in are answered within 5 s, under 500, and the source is well afterwards."""

from __future__ import annotations

import re
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from .conftest import SourceSite

LONGEST = 5.0
SMALL = 60  # examples by sample; each is a connection of its own
PATHS = [
    "/",
    "/inloggen",
    "/inloggen/terug",
    "/kies",
    "/kies/inkomen/1",
    "/bekijk/inkomen/1",
    "/download",
    "/dienst",
    "/uitloggen",
    "/controleer",
    "/status/zegels/1",
    "/gezond",
    "/stijl.css",
]
text = st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=40)
field = st.tuples(
    st.sampled_from(
        ["content-type", "accept", "cookie", "content-length", "transfer-encoding", "expect", "range", "x"]
    ),
    st.one_of(
        text,
        st.sampled_from(
            ["chunked", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html"]
        ),
    ),
)
body = st.one_of(
    st.binary(max_size=300),
    st.builds(lambda pairs: "&".join(f"{a}={b}" for a, b in pairs).encode("latin-1"), st.lists(st.tuples(text, text))),
)


def ask(site: SourceSite, request: bytes, *, close: bool = True) -> tuple[int, float]:
    """The status of the first answer (0: closed without one), and how long it took."""
    where = urlsplit(site.iss)
    start = time.monotonic()
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=LONGEST + 5) as connection:
        connection.sendall(request)
        if close:
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        while b"\r\n" not in answer:
            part = connection.recv(65_536)
            if not part:
                break
            answer += part
    found = re.match(rb"HTTP/1\.1 (\d{3})", answer)
    return (int(found[1]) if found else 0), time.monotonic() - start


def check(site: SourceSite, request: bytes, *, close: bool = True) -> int:
    status, took = ask(site, request, close=close)
    assert status < 500
    assert took < LONGEST
    assert ask(site, request_bytes(site, "GET", "/gezond", [], b""))[0] == 200
    return status


def request_bytes(site: SourceSite, method: str, path: str, fields: list[tuple[str, str]], content: bytes) -> bytes:
    names = {name for name, _ in fields}
    own = [("host", urlsplit(site.iss).netloc)]
    if content and not names & {"content-length", "transfer-encoding"}:
        own.append(("content-length", str(len(content))))
    lines = "".join(f"{name}: {value}\r\n" for name, value in [*own, *fields])
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode("latin-1") + content


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@settings(max_examples=SMALL, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "KNOP"]),
    path=st.one_of(st.sampled_from(PATHS), st.builds(lambda tail: "/" + tail.replace(" ", "+"), text)),
    query=st.one_of(st.just(""), st.builds(lambda words: "?" + words.replace(" ", "+"), text)),
    fields=st.lists(field, max_size=4),
    content=body,
)
@example(method="POST", path="/download", query="", fields=[("content-type", "text/html")], content=b"\xff" * 10)
@example(method="GET", path="/kies/inkomen/99999999999999999999", query="", fields=[], content=b"")
@example(method="GET", path="/status/zegels/99999999999999999999999", query="", fields=[], content=b"")
@example(method="GET", path="/inloggen/terug", query="?state=%00&code=%ff", fields=[], content=b"")
@example(method="GET", path="/%2e%2e/%2e%2e/etc/passwd", query="", fields=[], content=b"")
@example(
    method="GET",
    path="/",
    query="?taal=%F0%9F%94%B5",
    fields=[("cookie", "bk-taal=%00; bk-belastingdienst=é")],
    content=b"",
)
def test_any_request_is_answered(
    site: SourceSite, method: str, path: str, query: str, fields: list[tuple[str, str]], content: bytes
) -> None:
    check(site, request_bytes(site, method, path + query, fields, content))


@settings(max_examples=SMALL, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(junk=st.binary(min_size=1, max_size=400))
@example(junk=b"GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n")
@example(junk=b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
@example(junk=b"GET / HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n")
@example(junk=b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
def test_any_bytes_are_answered(site: SourceSite, junk: bytes) -> None:
    check(site, junk)


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ([("content-length", "50")], b"formulier=x"),
        ([("transfer-encoding", "chunked")], b"5\r\nabcde\r\n"),
    ],
)
def test_a_request_that_never_ends_is_answered_in_time(
    site: SourceSite, fields: list[tuple[str, str]], sent: bytes
) -> None:
    assert check(site, request_bytes(site, "POST", "/inloggen", fields, sent), close=False) == 408


@pytest.mark.parametrize("start", [b"", b"G", b"GET / HTTP/1.1\r\nhost: x\r\nx: "])
def test_a_head_that_never_ends_is_answered_in_time(site: SourceSite, start: bytes) -> None:
    assert check(site, start, close=False) == 408


def test_a_head_without_end_is_refused_before_it_is_kept(site: SourceSite) -> None:
    head = b"GET / HTTP/1.1\r\nhost: x\r\n" + b"x: " + b"y" * 200_000
    status, took = ask(site, head, close=False)
    assert status in (431, 0)
    assert took < LONGEST
    assert ask(site, request_bytes(site, "GET", "/gezond", [], b""))[0] == 200


def test_a_connection_is_used_again_and_slow_there_too(site: SourceSite) -> None:
    where = urlsplit(site.iss)
    good = request_bytes(site, "GET", "/gezond", [], b"")
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=LONGEST + 5) as connection:
        for _ in range(2):
            connection.sendall(good)
            answer = b""
            while not answer.endswith(b'{"gezond":true}'):
                answer += connection.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200")
        connection.sendall(good[:20])
        assert connection.recv(65_536).startswith(b"HTTP/1.1 408")
