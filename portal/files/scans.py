"""A document that a scanner made is a stack of pictures: taken apart, each page can be read in any browser.

Runs inside the cleaning process (``child``). Only what is nothing but one upright picture a page is taken apart; a page with words,
stamps or drawings of its own beside its picture would lose them, so such a document stays whole.
"""

import io
from typing import cast

import pikepdf
from pikepdf import Page, PdfImage
from PIL import Image

from portal.files.images import reencode
from portal.files.rules import PIXELS_MOST, Kind

#: Operators that paint something themselves.
_PAINT = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "INLINE IMAGE"})
_SHOW = frozenset({"Tj", "TJ", "'", '"'})
_INVISIBLE = 3  # text under a picture, as programs that read scans put it there
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def pictures(data: bytes, most: int) -> list[bytes]:
    """A JPEG for each page of a cleaned document; none if it is no plain scan, or has more than ``most`` pages."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > most:
                return []
            shown = [(page, _only_picture(page)) for page in pdf.pages]
            return (
                [] if any(image is None for _page, image in shown) else [_jpeg(page, image) for page, image in shown if image is not None]
            )
    except Exception:  # whatever a decoder does not know: the document stays whole
        return []


def _only_picture(page: Page) -> PdfImage | None:
    """What the page shows, if that is one upright picture and nothing else."""
    if "/Annots" in page.obj:
        return None
    painted, mode = [], 0
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = list(instruction.operands), str(instruction.operator)
        if name == "Tr":
            mode = int(operands[0])
        elif name == "Do":
            painted.append(str(operands[0]))
        tilts = name == "cm" and not _is_upright([float(value) for value in operands])
        if tilts or name in _PAINT or (name in _SHOW and mode != _INVISIBLE):
            return None
    images = page.get_images(recursive=False)
    return PdfImage(cast(pikepdf.Stream, images[painted[0]])) if len(painted) == 1 and painted[0] in images else None


def _is_upright(matrix: list[float]) -> bool:
    return matrix[0] > 0 and matrix[3] > 0 and matrix[1] == matrix[2] == 0


def _jpeg(page: Page, found: PdfImage) -> bytes:
    if found.width * found.height > PIXELS_MOST:
        raise ValueError("too large to be unfolded")
    image = found.as_pil_image()
    turn = _TURNS.get(int(page.obj.get("/Rotate", 0)) % 360)
    out = io.BytesIO()
    plain = image.convert("L" if image.mode in ("1", "L") else "RGB")
    (plain.transpose(turn) if turn is not None else plain).save(out, "JPEG", quality=90)
    return reencode(Kind.JPEG, out.getvalue())
