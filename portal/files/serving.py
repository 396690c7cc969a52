"""Stored files as answers. Whoever calls has asked the policy already; here the file only becomes harmless to open."""

from urllib.parse import quote

from flask import Response, request
from werkzeug.wsgi import FileWrapper

from portal.files.models import StoredFile
from portal.files.store import FileStore

_PIECE = 64 * 1024
_SOON = 5 * 60


def send_stored(store: FileStore, stored: StoredFile, *, public: bool = False) -> Response:
    """Answer with the file, streamed from the disk, to be saved and never shown inside the portal's own origin.

    ``public`` lets any cache keep it for five minutes and ask again by ETag, which is right only for what an anonymous visitor may read:
    the bytes under an address never change, but what is withdrawn must vanish soon. Raises ``NotFound`` if the bytes are gone.
    """
    response = Response(FileWrapper(store.open(stored.public_id), _PIECE), mimetype=stored.media_type.value, direct_passthrough=True)
    response.content_length = stored.size
    response.headers.set("Content-Disposition", "attachment", **_names(stored))
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if not public:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = f"public, max-age={_SOON}"
    response.set_etag(stored.sha256)
    response.make_conditional(request)
    return response


def _names(stored: StoredFile) -> dict[str, str]:
    """RFC 6266: a plain name for old programs, and the real one in RFC 5987's notation where it is not ASCII."""
    if stored.name.isascii():
        return {"filename": stored.name}
    return {"filename": f"file{stored.media_type.extension}", "filename*": f"UTF-8''{quote(stored.name, safe='')}"}
