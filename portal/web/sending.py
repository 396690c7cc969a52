"""What came with a visitor's POST: words, files, and whether it was too large to take whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Any, TypeVar

from flask import Request, current_app, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from portal.web.errors import DRAIN_BYTES
from portal.web.multipart import drain, text_before_files

#: Bytes of one text field. Far more than any field may hold, so that a text that is too long comes back to be shortened.
_TEXT_MOST = 4 * 1024 * 1024


View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Sent:
    """Words and files of one request; of one that was too large the words that stood before its files."""

    fields: MultiDict[str, str]
    uploads: Sequence[FileStorage] = field(default_factory=list)
    too_large: bool = False


def read(most: int | None = None) -> Sent:
    """Read the request's form; ``most`` bytes of it, where that is less than the portal takes. Never raises for its size."""
    request.max_form_memory_size = _TEXT_MOST
    if most is not None:
        request.max_content_length = most
    try:
        return Sent(request.form, request.files.getlist("files"))
    except RequestEntityTooLarge:
        stream = request.environ["wsgi.input"]
        texts = text_before_files(stream, request.content_type or "")
        drain(stream, DRAIN_BYTES)
        return Sent(MultiDict(texts), too_large=True)


def in_memory(view: View) -> View:
    """Keep the body of this view's requests in memory: no temporary file is made of an upload, as Werkzeug does above half a megabyte."""
    view.in_memory = True  # type: ignore[attr-defined]  # read back below
    return view


class PortalRequest(Request):
    """Flask's request, which asks the view where uploads may lie while they are read."""

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None, content_length: int | None = None
    ) -> IO[bytes]:
        view = current_app.view_functions.get(self.endpoint or "")
        if getattr(view, "in_memory", False):
            return BytesIO()
        return super()._get_file_stream(total_content_length, content_type, filename, content_length)
