"""Pictures are decoded and written anew: nothing survives but the pixels.

Runs inside the cleaning process (``child``), which bounds memory and time.
"""

import io
import warnings

import pillow_heif
from PIL import ExifTags, Image, ImageFile

from portal.files.rules import CLEANED_MOST, LONG_SIDE, PIXELS_MOST, Fault, Kind, Refused

# An embedded thumbnail must never be taken for the picture (Pillow asks for one when it makes a picture smaller).
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
Image.MAX_IMAGE_PIXELS = PIXELS_MOST

_FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP", Kind.HEIC: "HEIF"}
_SAVE: dict[Kind, dict[str, int | bool]] = {
    Kind.JPEG: {"quality": 88, "optimize": True},
    Kind.PNG: {},
    Kind.WEBP: {"quality": 88},
}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def reencode(kind: Kind, data: bytes) -> bytes:
    """The same picture without metadata, upright, at most ``LONG_SIDE`` pixels long, first frame only.

    Raises ``Refused``: PIXELS from the header alone, before a single pixel is decoded; BROKEN for whatever
    the decoder stumbles over.
    """
    try:
        with warnings.catch_warnings():  # safe: the cleaning process has one thread
            warnings.simplefilter("ignore")  # rubbish in EXIF is no reason to refuse a picture
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it was imported before, lets everything pass
            _open(kind, data).verify()  # checksums; uses the object up
            return _write(kind.stored_as, _decode(kind, data))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(Fault.PIXELS) from error
    except Refused:
        raise
    except Exception as error:  # decoders answer hostile bytes with any exception there is
        raise Refused(Fault.BROKEN) from error


def _open(kind: Kind, data: bytes) -> ImageFile.ImageFile:
    """Read the header only, with the decoder of this kind and no other."""
    image = Image.open(io.BytesIO(data), formats=(_FORMATS[kind],))
    if image.width * image.height > PIXELS_MOST:
        raise Refused(Fault.PIXELS)
    return image


def _decode(kind: Kind, data: bytes) -> Image.Image:
    image = _open(kind, data)
    turn = _TURNS.get(_orientation(image))
    image.draft(None, (LONG_SIDE, LONG_SIDE))  # a large JPEG is decoded smaller at once
    image.load()
    mode = _mode(kind, image)
    # What leaves here is a plain image; its info (comments, profiles) is emptied, for savers read that too.
    plain = image.convert(mode) if image.mode != mode else image.copy()
    image.close()
    plain.info.clear()
    plain.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return plain.transpose(turn) if turn is not None else plain


def _orientation(image: Image.Image) -> int:
    """EXIF orientation; a picture whose EXIF cannot be read is taken as upright."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:
        return 1


def _mode(kind: Kind, image: Image.Image) -> str:
    if kind.stored_as is not Kind.JPEG and image.has_transparency_data:
        return "RGBA"
    return "L" if image.mode in ("1", "L", "LA", "I;16") else "RGB"


def _write(kind: Kind, image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, _FORMATS[kind], **_SAVE[kind])
    if out.tell() > CLEANED_MOST:
        raise Refused(Fault.GROWS)
    return out.getvalue()
