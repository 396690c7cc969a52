"""PDF documents lose everything that acts or hides; pages, text and ordinary links stay.

Two nets, because each misses something: pikepdf's own sanitizer walks the places where the standard puts actions,
then ``_sweep`` looks at every dictionary of the file, wherever it hangs. Runs inside the cleaning process (``child``).
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from pikepdf.sanitize import Sanitizer
from pikepdf.settings import set_qpdf_limits

from portal.files.jpeg_segments import without_application_data
from portal.files.rules import CLEANED_MOST, MEGABYTE, PAGES_MOST, Fault, Refused

# Process-wide, against files that unfold into gigabytes; the process limits of ``child`` stand behind them.
set_qpdf_limits(
    parser_max_nesting=100,
    parser_max_container_size=1_000_000,
    max_stream_filters=4,
    flate_max_memory=64 * MEGABYTE,
    png_max_memory=64 * MEGABYTE,
    tiff_max_memory=64 * MEGABYTE,
    run_length_max_memory=64 * MEGABYTE,
)

_SANITIZER = (
    Sanitizer().remove_javascript().remove_multimedia().remove_attachments().remove_thumbnails().remove_web_capture().remove_collection()
)
_ACTIVE = frozenset(
    {
        *("/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/ResetForm"),
        *("/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"),
    }
)
_LINKS = ("http://", "https://", "mailto:", "tel:")
# Names of one meaning, deleted wherever they stand. Short ones ("/AA", "/EF") are also names that fonts get: see _sweep.
_HIDING = (
    *("/OpenAction", "/JavaScript", "/JS", "/XFA", "/EmbeddedFiles", "/Renditions", "/Collection", "/Requirements"),
    *("/Metadata", "/PieceInfo", "/LastModified", "/SpiderInfo"),
    *("/RichMediaContent", "/RichMediaSettings", "/3DD"),
)
_FILE_KEYS = ("/F", "/UF", "/DOS", "/Mac", "/Unix")
_EXTERNAL = ("/F", "/FFilter", "/FDecodeParms")  # a stream whose bytes lie in another file


def sanitize(data: bytes) -> bytes:
    """The same pages without scripts, actions, forms' XFA, embedded files, metadata and earlier revisions.

    Raises ``Refused``: LOCKED for any encryption, PAGES, GROWS, BROKEN for all that would need repair, because a
    repaired document may silently lack pages.
    """
    try:
        with Pdf.open(io.BytesIO(data), attempt_recovery=False, conversion_mode="explicit") as pdf:
            _check(pdf)
            _clean(pdf)
            cleaned = _write(pdf)
            if any("limit exceeded" in warning for warning in pdf.get_warnings()):
                raise Refused(Fault.BROKEN)  # qpdf goes on without what it would not unfold
            return cleaned
    except pikepdf.PasswordError as error:
        raise Refused(Fault.LOCKED) from error
    except Refused:
        raise
    except Exception as error:  # qpdf and pikepdf answer hostile bytes with any exception there is
        raise Refused(Fault.BROKEN) from error


def _check(pdf: Pdf) -> None:
    if pdf.is_encrypted:
        raise Refused(Fault.LOCKED)
    if not len(pdf.pages):
        raise Refused(Fault.BROKEN)
    if len(pdf.pages) > PAGES_MOST:
        raise Refused(Fault.PAGES)


def _clean(pdf: Pdf) -> None:
    _SANITIZER.apply(pdf)
    for thing in pdf.objects:
        for node in _inside(thing):
            _sweep(node)
    for key in ("/AA", "/Perms", "/DSS", "/Legal"):
        _drop(pdf.Root, key)
    for key in ("/Info", "/ID"):
        _drop(pdf.trailer, key)


def _inside(thing: Any) -> Iterator[Any]:
    """Every dictionary in an indirect object; what it refers to indirectly comes by its own turn."""
    stack = [thing]
    while stack:
        node = stack.pop()
        if isinstance(node, (Dictionary, Stream)):
            yield node
            stack.extend(value for key in list(node.keys()) if not (value := node[key]).is_indirect)
        elif isinstance(node, Array):
            stack.extend(value for value in node if not value.is_indirect)


def _sweep(node: Any) -> None:
    if _is_active(node):
        _empty(node)
        return
    for key in _HIDING:
        _drop(node, key)
    files = node.get("/EF")
    if isinstance(files, Dictionary) and any(key in files for key in _FILE_KEYS):
        _drop(node, "/EF")
    if node.get("/Type") in (Name.Page, Name.Annot) or "/FT" in node or node.get("/Subtype") == Name.Widget:
        _drop(node, "/AA")
    if isinstance(node, Stream):
        _sweep_stream(node)


def _is_active(node: Any) -> bool:
    """True for an action that runs, reaches out or plays, and for links that do not lead to a page, an address or a telephone."""
    subtype = node.get("/S")
    if not isinstance(subtype, Name) or isinstance(node, Stream):
        return False
    if str(subtype) == "/URI":
        target = node.get("/URI")
        return not (isinstance(target, String) and str(target).strip().lower().startswith(_LINKS))
    return str(subtype) in _ACTIVE


def _sweep_stream(stream: Any) -> None:
    for key in _EXTERNAL:
        _drop(stream, key)
    if stream.get("/Filter") == Name.DCTDecode:  # a photograph as the camera wrote it, place and all
        raw = bytes(stream.read_raw_bytes())
        bare = without_application_data(raw)
        if bare != raw:
            stream.write(bare, filter=Name.DCTDecode, decode_parms=stream.get("/DecodeParms"))


def _empty(node: Any) -> None:
    for key in list(node.keys()):
        del node[key]


def _drop(node: Any, key: str) -> None:
    if key in node:
        del node[key]


def _write(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    # Only what the pages reach is written, so earlier revisions and whatever hangs behind the end are gone.
    pdf.save(out, fix_metadata_version=False, preserve_pdfa=False, deterministic_id=True)
    if out.tell() > CLEANED_MOST:
        raise Refused(Fault.GROWS)
    return out.getvalue()
