"""JPEG data inside a PDF keeps its pixels as they are and loses what the camera wrote beside them."""

_KEPT = frozenset({0xE0, 0xEE})  # JFIF, and Adobe's colour transform, without which colours turn
_APPLICATION = range(0xE0, 0xF0)
_COMMENT = 0xFE
_SCAN = 0xDA


def without_application_data(data: bytes) -> bytes:
    """``data`` without EXIF, XMP, profiles and comments before the first scan; unchanged if it is not plain JPEG."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _SCAN:
        marker, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _KEPT or (marker not in _APPLICATION and marker != _COMMENT):
            kept.append(data[at:end])
        at = end
    return b"".join(kept) + data[at:]
