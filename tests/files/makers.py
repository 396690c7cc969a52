"""Files to hand in, good and bad, made on the spot."""

import io
import struct
import zlib
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, PngImagePlugin

from portal.files import images  # teaches Pillow to write HEIC

assert images
SECRET = "13.7563 N secret"  # stands in every place where metadata can hide


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Left half dark, right half bright, so that turning shows."""
    image = Image.new(mode, size, 0)
    image.paste(Image.new(mode, (size[0] - size[0] // 2, size[1]), "white"), (size[0] // 2, 0))
    return image


def deep_picture() -> Image.Image:
    """The same in 16 bits a pixel."""
    return Image.frombytes("I;16", (60, 40), (b"\0\0" * 30 + b"\xff\xff" * 30) * 40)


def encoded(format: str, image: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, format, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010E] = SECRET
    data.get_ifd(0x8825).update({1: "N", 2: (13.0, 45.0, 22.7), 3: "E", 4: (100.0, 30.0, 6.5), 27: SECRET.encode()})
    return data


def everything_hidden(format: str) -> bytes:
    """A picture with the secret in EXIF, GPS, XMP, profile, comment and text chunks, and behind its end."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET)
    text.add_itxt("XML:com.adobe.xmp", SECRET)
    text.add_text("Packed", SECRET, zip=True)
    options: dict[str, dict[str, object]] = {
        "JPEG": {"comment": SECRET.encode(), "xmp": SECRET.encode()},
        "PNG": {"pnginfo": text},
        "WEBP": {"xmp": SECRET.encode()},
        "HEIF": {"xmp": SECRET.encode()},
    }
    profile = b"\0" * 128 + SECRET.encode()
    trailer = b"" if format == "HEIF" else SECRET.encode()
    return encoded(format, exif=exif().tobytes(), icc_profile=profile, **options[format]) + trailer


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """A valid one-bit PNG of 900 million pixels in some hundred kilobytes."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    packer = zlib.compressobj(1)
    row = b"\0" * (1 + (width + 7) // 8)
    rows = b"".join([*(packer.compress(row * 100) for _ in range(height // 100)), packer.flush()])
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(pages: int = 1, **save: object) -> bytes:
    out = io.BytesIO()
    with plain_pdf(pages) as document:
        document.save(out, **save)
    return out.getvalue()


def plain_pdf(pages: int = 1) -> Pdf:
    document = Pdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(200, 100))
    document.pages[0].Contents = Stream(document, b"BT (seen on the page) Tj ET")
    return document


def script(text: str = SECRET) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{text}')"))


def pdf_with_everything() -> bytes:
    """A script, an action, an attachment or a note of its maker in every place that we know of, and two honest links."""
    document = plain_pdf()
    root, page = document.Root, document.pages[0]
    root.OpenAction = document.make_indirect(script())
    root.AA = Dictionary(WC=script())
    root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("run"), script()])))
    root.AcroForm = Dictionary(XFA=Stream(document, SECRET.encode()), Fields=Array([_field(document)]))
    root.PieceInfo = Dictionary(App=Dictionary(Private=String(SECRET)))
    root.Outlines = _outlines(document)
    page.AA = Dictionary(O=script())
    page.Annots = document.make_indirect(Array(_annotations(document)))
    document.attachments["evil.exe"] = SECRET.encode()
    document.docinfo["/Author"] = SECRET
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:creator"] = [SECRET]
    photograph = encoded("JPEG", exif=exif().tobytes(), comment=SECRET.encode())
    image = Stream(document, photograph, Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40, ColorSpace=Name.DeviceRGB)
    image.BitsPerComponent, image.Filter, image.Metadata = 8, Name.DCTDecode, Stream(document, SECRET.encode())
    page.Resources = Dictionary(XObject=Dictionary(Im0=image))
    out = io.BytesIO()
    document.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _field(document: Pdf) -> pikepdf.Object:
    return document.make_indirect(Dictionary(FT=Name.Tx, T=String("name"), AA=Dictionary(K=script())))


def _outlines(document: Pdf) -> pikepdf.Object:
    item = document.make_indirect(Dictionary(Title=String("one"), A=script()))
    return document.make_indirect(Dictionary(First=item, Last=item, Count=1))


def _annotations(document: Pdf) -> Iterable[pikepdf.Object]:
    embedded = Stream(document, SECRET.encode(), Type=Name.EmbeddedFile)
    actions = [
        Dictionary(S=Name.Launch, F=String(SECRET)),
        Dictionary(S=Name.GoToR, F=String(SECRET), D=Array([0, Name.Fit])),
        Dictionary(S=Name.SubmitForm, F=String(SECRET)),
        Dictionary(S=Name.URI, URI=String(f"javascript:{SECRET}")),
        Dictionary(S=Name.URI, URI=String(f"file:///{SECRET}")),
        Dictionary(S=Name.GoTo, D=Array([document.pages[0].obj, Name.Fit]), Next=Dictionary(S=Name.GoTo, Next=script())),
        Dictionary(S=Name.URI, URI=String("https://example.go.th/report"), Next=Array([script()])),
        Dictionary(S=Name.URI, URI=String("mailto:office@example.go.th")),
    ]
    for action in actions:
        yield document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action))
    spec = Dictionary(Type=Name.Filespec, F=String("evil.exe"), EF=Dictionary(F=embedded))
    yield document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=spec))
    # A place that no walk along the standard's paths would look at.
    odd = Dictionary(Deep=Array([Dictionary(Deeper=script())]))
    yield document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Odd=odd))


def pdf_with_earlier_revision() -> bytes:
    """A page whose words were replaced by an incremental update, as redacting programs that do not redact do it."""
    first = _numbered({4: b"<< /Length 23 >> stream\nBT (%b) Tj ET\nendstream" % SECRET.encode()[:12]})
    secret = b"5 0 obj\n(%b)\nendobj\n" % SECRET.encode()
    body = first + secret
    at = len(body)
    update = b"4 0 obj\n<< /Length 14 >> stream\nBT (new) Tj ET\nendstream\nendobj\n"
    start = at + len(update)
    previous = int(first.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    table = b"xref\n4 1\n%010d 00000 n \ntrailer << /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (at, previous, start)
    return body + update + table


def _numbered(more: dict[int, bytes]) -> bytes:
    bodies = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << >> /Contents 4 0 R >>",
    } | more
    out, offsets = b"%PDF-1.4\n", []
    for number, body in bodies.items():
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 %d\n0000000000 65535 f \n%btrailer << /Size %d /Root 1 0 R >>\n" % (len(offsets) + 1, rows, len(offsets) + 1)
    return out + table + b"startxref\n%d\n%%%%EOF\n" % len(out)


def object_stream_bomb(megabytes: int) -> bytes:
    """A PDF of some hundred kilobytes whose object stream unfolds to ``megabytes``."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"4 0 << /A 1 >> ") + b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    out, offsets = io.BytesIO(b"%PDF-1.5\n"), {}
    out.seek(0, io.SEEK_END)
    bodies = {
        1: b"<< /Type /Catalog /Pages 2 0 R /X 4 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        5: b"<< /Type /ObjStm /N 1 /First 4 /Length %d /Filter /FlateDecode >> stream\n%b\nendstream" % (len(packed), packed),
    }
    for number, body in bodies.items():
        offsets[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    rows = [(0, 0, 65535), *((1, offsets[n], 0) for n in (1, 2, 3)), (2, 5, 0), (1, offsets[5], 0), (1, start, 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    out.write(b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d >> stream\n" % len(table))
    out.write(table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()
