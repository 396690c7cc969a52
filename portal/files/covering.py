"""A copy of a picture for the public: areas filled, made smaller, written anew. In words: ``docs/rules/pictures.md``.

Runs inside the cleaning process (``child``). Where an area lay nothing of the original is left, so that nothing can be brought back.
"""

import io
import math
from collections.abc import Iterable

from PIL import Image, ImageDraw

from portal.files.images import reencode
from portal.files.rules import PUBLIC_SIDE, Area, Fault, Kind, Refused

GREY = (70, 70, 70)
QUALITY = 82


def covered(kind: Kind, data: bytes, areas: Iterable[Area]) -> bytes:
    """The picture as JPEG, at most ``PUBLIC_SIDE`` pixels long. Raises ``Refused`` for what is no picture of this kind."""
    clean = reencode(kind, data)  # again: what leaves for everybody is never trusted to have been clean
    try:
        image = _flat(Image.open(io.BytesIO(clean)))
        draw = ImageDraw.Draw(image)
        for area in areas:
            draw.rectangle(_box(area, *image.size), fill=GREY)
        image.thumbnail((PUBLIC_SIDE, PUBLIC_SIDE), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=QUALITY, optimize=True)
    except Exception as error:
        raise Refused(Fault.BROKEN) from error
    return out.getvalue()


def _flat(image: Image.Image) -> Image.Image:
    """Without transparency: what lies under a transparent pixel would show in some programs and not in others."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    layer = image.convert("RGBA")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def _box(area: Area, width: int, height: int) -> tuple[int, int, int, int]:
    """In pixels, edges included and rounded outwards."""
    left, top = math.floor(area.left * width / 100), math.floor(area.top * height / 100)
    right, bottom = math.ceil((area.left + area.width) * width / 100), math.ceil((area.top + area.height) * height / 100)
    return left, top, min(right, width - 1), min(bottom, height - 1)
