# SPDX-License-Identifier: EUPL-1.2
"""What somebody sent to be checked: one file, or the text of one paper code (RFC 7578), held in memory alone.

- one field of each name, no other names; a file or a text, not both, not neither;
- the whole body has come in already and is no larger than the edge allows; nothing goes to a temporary file;
- a browser that says the form comes from another site is believed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import FormParser, parse_options_header

from blauweknop.adapters.http.refusals import RefusedRequestError
from blauweknop.endpoints.pages.forms import ForeignFormError

if TYPE_CHECKING:
    from python_multipart.multipart import Field, File
    from starlette.requests import Request

FILE: Final = "bestand"
CODE: Final = "code"
MAX_PARTS: Final = 4
_MEDIA_TYPE = b"multipart/form-data"
_IN_MEMORY: Final = {"MAX_MEMORY_FILE_SIZE": 100_000_000}  # the edge bounds the body far below this


class UploadInvalidError(RefusedRequestError):
    """The form is not one that the checking page can have sent."""

    code = "upload-ongeldig"


async def read_upload(request: Request) -> bytes:
    """What is to be checked; empty when the form was sent without anything in it.

    Raises: ``UploadInvalidError``, ``ForeignFormError``.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForeignFormError
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != _MEDIA_TYPE or not boundary or request.url.query:
        raise UploadInvalidError("a form with a file is multipart/form-data, without a query beside it")
    parts = _Parts()
    try:
        parser = FormParser("multipart/form-data", parts.field, parts.file, boundary=boundary, config=dict(_IN_MEMORY))
        parser.write(await request.body())
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise UploadInvalidError("not multipart/form-data") from error
    return parts.only()


class _Parts:
    """The parts of one form, as they come."""

    def __init__(self) -> None:
        self._found: list[tuple[str, bytes]] = []

    def field(self, field: Field) -> None:
        self._take(field.field_name, field.value or b"")

    def file(self, file: File) -> None:
        file.file_object.seek(0)
        self._take(file.field_name, file.file_object.read())

    def _take(self, name: bytes | None, content: bytes) -> None:
        if len(self._found) >= MAX_PARTS:
            raise UploadInvalidError("too many parts")
        self._found.append(((name or b"").decode("utf-8", "replace"), content))

    def only(self) -> bytes:
        names = [name for name, _ in self._found]
        if len(names) != len(set(names)) or not {FILE, CODE}.issuperset(names):
            raise UploadInvalidError("not the fields of this page, each once")
        file, code = (dict(self._found).get(name, b"") for name in (FILE, CODE))
        if file and code.strip():
            raise UploadInvalidError("a file and a code: choose one")
        # A text field comes with the line ends of a form; a paper code is one line (verify says so when it is not).
        return file or (code.rstrip(b"\r\n") if code.strip() else b"")
