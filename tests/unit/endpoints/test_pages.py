# SPDX-License-Identifier: EUPL-1.2
"""Pages: text is text, a gap is an error, the language is the reader's choice, errors say no more than they may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest
from starlette.requests import Request

from blauweknop.core.dataset.definition import Text
from blauweknop.endpoints.pages.failures import Failures
from blauweknop.endpoints.pages.files import file_routes
from blauweknop.endpoints.pages.site import Pages, Site
from blauweknop.errors import BlauweKnopError, DocumentError, InfrastructureError

SITE = Site(name=Text(nl="Proef", en="Trial"), environment="test", secure=False)


def request(query: str = "", **headers: str) -> Request:
    fields = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": fields})


def pages(tmp_path: Path, template: str) -> Pages:
    (tmp_path / "proef.html").write_text(template, encoding="utf-8")
    return Pages(SITE, [tmp_path])


def test_what_is_shown_is_text_whatever_it_holds(tmp_path: Path) -> None:
    page = pages(tmp_path, "<p>{{ name }}</p>").page(request(), "proef.html", name='<Onbekend> & "Rente @ 100%"</p>')
    assert page.body == b"<p>&lt;Onbekend&gt; &amp; &#34;Rente @ 100%&#34;&lt;/p&gt;</p>"


def test_a_name_that_nobody_gave_is_an_error_and_not_a_gap(tmp_path: Path) -> None:
    assert pages(tmp_path, "{{ name }}").page(request(), "proef.html", name="x").body == b"x"
    with pytest.raises(jinja2.UndefinedError):
        pages(tmp_path, "{{ naam }}").page(request(), "proef.html", name="x")


@pytest.mark.parametrize(
    ("query", "cookie", "language"),
    [
        ("", "", "nl"),
        ("taal=en", "", "en"),
        ("taal=en", "bk-taal=nl", "en"),
        ("", "bk-taal=en", "en"),
        ("taal=de", "bk-taal=en", "en"),
        ("taal=", "", "nl"),
        ("taal=EN", "", "nl"),
    ],
)
def test_the_language_is_what_was_chosen_last(tmp_path: Path, query: str, cookie: str, language: str) -> None:
    page = pages(tmp_path, "{{ organisation }}").page(request(query, cookie=cookie), "proef.html")
    assert page.headers["content-language"] == language
    assert page.body == (b"Trial" if language == "en" else b"Proef")
    assert ("set-cookie" in page.headers) == (query == "taal=en")


class PersonalError(DocumentError):
    """Something of a person is wrong."""

    code = "proef-persoonlijk"
    privacy = "personal"


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (DocumentError("member x"), 400, True),
        (PersonalError("999996149"), 400, False),
        (InfrastructureError("disk full at /var"), 503, False),
        (BlauweKnopError("a mistake of ours"), 500, False),
    ],
)
def test_an_error_says_no_more_than_it_may(error: BlauweKnopError, status: int, *, says: bool) -> None:
    for accept in ("application/json", "text/html"):
        answer = Failures(Pages(SITE))(request(accept=accept), error)
        assert answer.status_code == status
        assert (error.detail.encode() in answer.body) == (says and accept == "application/json")


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["/stijl.css", "/merk.svg"])
async def test_a_file_that_the_browser_has_is_not_sent_again(path: str) -> None:
    route: Any = next(route for route in file_routes() if route.path == path)
    first = await route.endpoint(request())
    assert first.body
    again = await route.endpoint(request(**{"if-none-match": first.headers["etag"]}))
    assert (again.status_code, again.body) == (304, b"")
    changed = await route.endpoint(request(**{"if-none-match": '"anders"'}))
    assert changed.body == first.body


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
