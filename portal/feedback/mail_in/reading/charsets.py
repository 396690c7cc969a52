"""Bytes to text. What a mail declares of its encoding is a claim; the bytes are asked first."""

import codecs
import re
from dataclasses import dataclass

THAI = "cp874"  # holds TIS-620 and ISO 8859-11 whole
#: Encodings by what mails call them; what is not here is no claim. Codecs that compute (punycode, unicode_escape) are left out on purpose.
_KNOWN = {
    **dict.fromkeys(
        ("tis620", "tis-620", "tis620.2533", "iso-8859-11", "iso8859-11", "windows-874", "x-windows-874", "cp874", "874"), THAI
    ),
    **{f"iso-8859-{number}": f"iso8859_{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)},
    **{f"windows-{number}": f"cp{number}" for number in range(1250, 1259)},
    **dict.fromkeys(("latin1", "latin-1"), "iso8859_1"),
    **dict.fromkeys(("utf-7", "unicode-1-1-utf-7"), "utf_7"),
    **dict.fromkeys(("utf-16", "utf16", "ucs-2", "iso-10646-ucs-2"), "utf_16"),
    **{"utf-16le": "utf_16_le", "utf-16be": "utf_16_be", "utf-32": "utf_32", "utf-8": "utf_8", "utf8": "utf_8", "us-ascii": "ascii"},
    **{"iso-2022-jp": "iso2022_jp_2", "iso-2022-kr": "iso2022_kr", "shift_jis": "cp932", "euc-jp": "euc_jp", "euc-kr": "cp949"},
    **{"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs", "ks_c_5601-1987": "cp949"},
    **{"koi8-r": "koi8_r", "koi8-u": "koi8_u", "tcvn": "cp1258", "viscii": "cp1258", "macintosh": "mac_roman"},
}
#: Encodings in which ASCII bytes do not mean ASCII letters: the claim is all there is.
_STATEFUL = frozenset({"utf_7", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "iso2022_jp_2", "iso2022_kr", "hz"})
_MARKS = ((codecs.BOM_UTF8, "utf_8_sig"), (codecs.BOM_UTF32_LE, "utf_32"), (codecs.BOM_UTF16_LE, "utf_16"), (codecs.BOM_UTF16_BE, "utf_16"))
_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
_NOT_THAI = re.compile(rb"[\x81-\x84\x86-\x90\x98-\x9f\xdb-\xde\xfc-\xff]")
#: Thai words are runs of high bytes; accents of western letters stand alone.
_THAI_RUN = 2.2
#: Share of letters that may be lost in a text that still counts as read.
_LOST_MOST = 0.02
_LOST = "\ufffd"
_THAI_LETTER = re.compile("[\u0e01-\u0e5b]")
#: Share of letters of one page from which on undeclared bytes are taken for UTF-16.
_ONE_PAGE = 0.7


@dataclass(frozen=True)
class Decoded:
    """``certain`` is False where the text is a guess that a person should look at."""

    text: str
    certain: bool = True


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of the bytes; any bytes and any claim may be asked."""
    claimed = _KNOWN.get(declared.strip().strip("\"'").lower().replace("_", "-").replace("shift-jis", "shift_jis"), "")
    if declared.strip().lower() == "ks_c_5601-1987":
        claimed = "cp949"
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), "")
    for codec in (marked, claimed if claimed in _STATEFUL else "", *_unmarked_wide(data), *_escaped(data), "utf_8"):
        if codec and (text := _strict(data, codec)) is not None and not _is_by_chance(text, codec, claimed):
            return Decoded(text)
    if _is_thai(data) and claimed in ("", THAI, "ascii", "utf_8", "cp1252", "iso8859_1"):
        return Decoded(_clean(data.decode(THAI, "replace")))
    if claimed and (text := _strict(data, claimed)) is not None:
        return Decoded(text)
    return _guess(data, claimed)


def _guess(data: bytes, claimed: str) -> Decoded:
    text = _clean(data.decode(claimed or "utf_8", "replace"))
    if text.count(_LOST) <= _LOST_MOST * len(text):
        return Decoded(text)
    if not claimed and (western := _strict(data, "cp1252")) is not None:
        return Decoded(western, certain=False)
    return Decoded(text, certain=False)


def _is_by_chance(text: str, codec: str, claimed: str) -> bool:
    """A short Thai word of TIS-620 may happen to be valid UTF-8: "ไฟดับ" is. Then it has no Thai letter in it."""
    return codec == "utf_8" and claimed == THAI and not text.isascii() and not _THAI_LETTER.search(text)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return _clean(data.decode(codec))
    except (UnicodeError, ValueError):
        return None


def _clean(text: str) -> str:
    """Without halves of letters (UTF-7 can write them), which no database takes."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _unmarked_wide(data: bytes) -> list[str]:
    """UTF-16 that nobody declared: most letters of a text are of one page, Latin (0x00) or Thai (0x0E)."""
    for codec, half in (("utf_16_le", data[1:4000:2]), ("utf_16_be", data[:4000:2])):
        if len(half) > 1 and half.count(0) + half.count(0x0E) > _ONE_PAGE * len(half):
            return [codec]
    return []


def _escaped(data: bytes) -> list[str]:
    return ["iso2022_jp_2", "iso2022_kr"] if b"\x1b$" in data or b"\x1b(" in data else []


def _is_thai(data: bytes) -> bool:
    runs = _HIGH_RUNS.findall(data)
    high = sum(map(len, runs))
    return bool(runs) and high / len(runs) >= _THAI_RUN and len(_NOT_THAI.findall(data)) <= _LOST_MOST * high
