"""What a file really is, from its first bytes. Names and declared types are only claims."""

from portal.files.rules import Kind

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_LEADING = b"\xef\xbb\xbf \t\r\n\0"  # some programs write these before %PDF


def sniff(head: bytes) -> Kind | None:
    """The accepted kind whose signature ``head`` bears (64 bytes suffice), or None."""
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp" and _HEIC_BRANDS & _brands(head):
        return Kind.HEIC
    return Kind.PDF if head.lstrip(_LEADING).startswith(b"%PDF-") else None


def _brands(head: bytes) -> set[bytes]:
    """Major and compatible brands of an ISO media file: "mif1" alone could as well be AVIF."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))}
