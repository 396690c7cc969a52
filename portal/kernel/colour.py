"""Colours that people choose: what is one, whether it can be read, and the nearest that can.

Contrast is that of WCAG 2.2: ``(L1 + 0.05) / (L2 + 0.05)`` of the relative luminances, from 1 to 21.
"""

import colorsys
import re
from fractions import Fraction

#: Least contrast of text (WCAG 2.2, 1.4.3, level AA).
LEAST_CONTRAST = 4.5
WHITE = "#ffffff"
_HEX = re.compile(r"#?(?P<digits>[0-9a-f]{6}|[0-9a-f]{3})")
_STEPS = 1000


def parse_colour(text: str) -> str | None:
    """``#rrggbb`` in small letters, from ``#rrggbb``, ``rrggbb`` or ``#rgb``; None for anything else."""
    found = _HEX.fullmatch(text.strip().lower())
    if found is None:
        return None
    digits = found["digits"]
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as ``parse_colour`` writes them."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def is_readable(colour: str) -> bool:
    """True if white text can stand on it, and it on white."""
    return contrast(colour, WHITE) >= LEAST_CONTRAST


def nearest_readable(colour: str) -> str:
    """The same hue and saturation, as dark as needed and no darker; the colour itself where it can be read."""
    if is_readable(colour):
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    low, high = 0, _STEPS  # at `low` of its lightness it can be read, at `high` it cannot
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_readable(_at(hue, lightness * middle / _STEPS, saturation)) else (low, middle)
    return _at(hue, lightness * low / _STEPS, saturation)


def shown_ratio(ratio: float) -> str:
    """For people, cut and never rounded up: 4.49 does not read 4.5."""
    return f"{int(Fraction(ratio) * 10) / 10:.1f}"


def _at(hue: float, lightness: float, saturation: float) -> str:
    channels = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "#" + "".join(f"{int(channel * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
