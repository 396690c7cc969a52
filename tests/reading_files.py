"""What stands in a file that is handed out: in a PDF as somebody would copy it, in a spreadsheet as it is stored."""

import io
import re
import zipfile

import pikepdf
from werkzeug.test import TestResponse

_PAIR = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")


def words_of(answer: TestResponse) -> str:
    """The words of any answer; nothing of pictures."""
    content = answer.get_data()
    if content.startswith(b"%PDF"):
        return text_of(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    return content.decode("utf-8", "replace")


def text_of(content: bytes) -> str:
    """Every run of text on its own line, drawings on top of a page and those laid under it."""
    lines: list[str] = []
    with pikepdf.open(io.BytesIO(content)) as document:
        for page in document.pages:
            _collect(page.obj, lines)
    return "\n".join(lines)


def _collect(holder: pikepdf.Object, lines: list[str]) -> None:
    resources = holder.Resources
    fonts = {name: _letters(font) for name, font in resources.get("/Font", {}).items()}
    for form in resources.get("/XObject", {}).values():
        if form.get("/Subtype") == "/Form":
            _collect(form, lines)
    letters: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(holder):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) == "TJ":
            runs = [bytes(one) for one in operands[0] if isinstance(one, pikepdf.String)]
            lines.append("".join(letters.get(run[at : at + 2], "?") for run in runs for at in range(0, len(run), 2)))


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    pairs = _PAIR.findall(font.ToUnicode.read_bytes())
    return {bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}
