"""From the text of a file to an ``ImportedPage``."""

from portal.disclosures.importing import blocks, faults, markup, tidy
from portal.disclosures.importing.frame import Frame, Part, read_frame
from portal.disclosures.importing.page import ImportedPage
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import excerpt, normalise


def parse_page(text: str) -> ImportedPage:
    """Read a page as HTML, or as text copied from a browser."""
    text = normalise(text).replace("\xa0", " ")
    return _from_html(text) if markup.is_html(text) else _from_text(text)


def _from_text(text: str) -> ImportedPage:
    lines = text.split("\n")
    frame = read_frame(lines)
    body = [line for line, part in zip(lines, frame.parts, strict=True) if part is Part.BODY]
    findings = [*faults.frame_faults(frame), *faults.figure_faults(body), *faults.left_out(frame, lines)]
    return _page(frame, blocks.to_html(body), findings)


def _from_html(text: str) -> ImportedPage:
    page = markup.read_markup(text)
    texts = [words for _element, words in page.blocks]
    frame = read_frame(texts, page.title, page.breadcrumb)
    body = [words for words, part in zip(texts, frame.parts, strict=True) if part is Part.BODY]
    drop = [element for (element, _words), part in zip(page.blocks, frame.parts, strict=True) if part is not Part.BODY]
    links = markup.link_faults(page.root)
    around = " ⏎ ".join(page.left_out)
    surroundings = [Message(N_("Left out around the content: %(words)s"), {"words": excerpt(around, faults.EXCERPT)})] if around else []
    findings = [*faults.frame_faults(frame), *faults.figure_faults(body), *links, *faults.left_out(frame, texts), *surroundings]
    return _page(frame, tidy.body_html(page.root, drop), findings)


def _page(frame: Frame, body_html: str, findings: list[Message]) -> ImportedPage:
    return ImportedPage(
        title=frame.title,
        breadcrumb=frame.breadcrumb,
        responsible=frame.responsible or "",
        published_at=frame.published_at,
        updated_at=frame.updated_at,
        body_html=body_html,
        findings=tuple(findings),
    )
