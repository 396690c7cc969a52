"""A tile map of Thailand: each province one tile, where it lies among its neighbours. Our own drawing (``docs/data.md``)."""

from dataclasses import dataclass

_ = ""
#: Codes of provinces from north to south, west to east.
ROWS: tuple[tuple[str, ...], ...] = (
    (_, _, _, "57"),
    (_, "58", "50", "56", "55"),
    (_, _, "51", "52", "54", "53", _, "43", "38"),
    (_, _, "63", "64", "65", "42", "39", "41", "47", "48"),
    (_, _, "62", "66", "67", "36", "40", "46", "49"),
    (_, _, "61", "60", "16", "30", "44", "45", "35", "37"),
    (_, "71", "72", "18", "17", "19", "31", "32", "33", "34"),
    (_, "70", "73", "15", "14", "26", "25", "27"),
    (_, "75", "74", "12", "13", "24", "20"),
    (_, "76", _, "10", "11", _, "21", "22", "23"),
    (_, "77"),
    ("85", "86"),
    ("82", "84"),
    ("83", "81", "80"),
    (_, "92", "93"),
    (_, "91", "90", "94"),
    (_, _, _, "95", "96"),
)
#: The abbreviations that offices use.
SHORT = {
    "10": "กท", "11": "สป", "12": "นบ", "13": "ปท", "14": "อย", "15": "อท", "16": "ลบ", "17": "สห", "18": "ชน", "19": "สบ",
    "20": "ชบ", "21": "รย", "22": "จบ", "23": "ตร", "24": "ฉช", "25": "ปจ", "26": "นย", "27": "สก", "30": "นม", "31": "บร",
    "32": "สร", "33": "ศก", "34": "อบ", "35": "ยส", "36": "ชย", "37": "อจ", "38": "บก", "39": "นภ", "40": "ขก", "41": "อด",
    "42": "ลย", "43": "นค", "44": "มค", "45": "รอ", "46": "กส", "47": "สน", "48": "นพ", "49": "มห", "50": "ชม", "51": "ลพ",
    "52": "ลป", "53": "อต", "54": "พร", "55": "นน", "56": "พย", "57": "ชร", "58": "มส", "60": "นว", "61": "อน", "62": "กพ",
    "63": "ตก", "64": "สท", "65": "พล", "66": "พจ", "67": "พช", "70": "รบ", "71": "กจ", "72": "สพ", "73": "นฐ", "74": "สค",
    "75": "สส", "76": "พบ", "77": "ปข", "80": "นศ", "81": "กบ", "82": "พง", "83": "ภก", "84": "สฎ", "85": "รน", "86": "ชพ",
    "90": "สข", "91": "สต", "92": "ตง", "93": "พท", "94": "ปน", "95": "ยล", "96": "นธ",
}  # fmt: skip
WIDE, HIGH, GAP = 62, 46, 4
SHADES = 4


@dataclass(frozen=True)
class Tile:
    """One province: its corner on the drawing, what stands in it, how dark it is (0: nothing may be told)."""

    code: str
    x: int
    y: int
    short: str
    number: int | None
    shade: int


def tiles(numbers: dict[str, int], most: int | None = None) -> list[Tile]:
    """Every province; the darkest shade begins at ``most``, the largest number where it is not given, the others at its quarters."""
    most = most or max(numbers.values(), default=1)
    return [
        Tile(code, x * (WIDE + GAP), y * (HIGH + GAP), SHORT[code], numbers.get(code), _shade(numbers.get(code), most))
        for y, row in enumerate(ROWS)
        for x, code in enumerate(row)
        if code
    ]


def size() -> tuple[int, int]:
    """Width and height of the drawing."""
    return max(len(row) for row in ROWS) * (WIDE + GAP) - GAP, len(ROWS) * (HIGH + GAP) - GAP


def _shade(number: int | None, most: int) -> int:
    return 0 if number is None else max(1, -(-SHADES * number // most))
