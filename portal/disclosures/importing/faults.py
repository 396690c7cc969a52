"""What a page itself gets wrong, said in one sentence each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.disclosures.importing.frame import Frame, Part
from portal.disclosures.importing.lines import CAPTION, CAPTION_MOST, FIGURE_WORD
from portal.kernel import rich_text
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import excerpt, fold_digits

REFERENCE = re.compile(FIGURE_WORD)
EXCERPT = 160


@dataclass(frozen=True)
class Figure:
    """A figure or table by its word and number, such as ภาพที่ 5-4."""

    word: str
    number: str

    @property
    def last(self) -> str:
        """The number inside its chapter."""
        return re.split(r"[-.]", self.number)[-1]

    def __str__(self) -> str:
        return f"{self.word} {self.number}"


def frame_faults(frame: Frame) -> list[Message]:
    """What is wrong with title, officer and times."""
    found = []
    if not frame.title:
        found.append(Message(N_("The page has no title that could be told from the rest")))
    if Part.TITLE_AGAIN in frame.parts:
        found.append(Message(N_("The title stands more than once: %(title)s"), {"title": excerpt(frame.title, EXCERPT)}))
    if frame.responsible is None:
        found.append(Message(N_("The page does not say who is responsible")))
    elif not frame.responsible:
        found.append(Message(N_("The responsible officer is blank")))
    return found + _time_faults(frame)


def _time_faults(frame: Frame) -> list[Message]:
    found = []
    for said, read, unsaid, unread in (
        (frame.published, frame.published_at, N_("The page has no published time"), N_("The published time cannot be read: %(words)s")),
        (frame.updated, frame.updated_at, N_("The page has no updated time"), N_("The updated time cannot be read: %(words)s")),
    ):
        if said is None:
            found.append(Message(unsaid))
        elif read is None:
            found.append(Message(unread, {"words": excerpt(said, EXCERPT)}))
    return found


def left_out(frame: Frame, texts: Sequence[str]) -> list[Message]:
    """What was taken for menu or footer, so that somebody can see that nothing of weight is lost."""
    found = []
    for part, sentence in (
        (Part.MENU, N_("Left out as menu, %(count)d lines: %(words)s")),
        (Part.FOOTER, N_("Left out as footer, %(count)d lines: %(words)s")),
    ):
        lines = [" ".join(text.split()) for text, its in zip(texts, frame.parts, strict=True) if its is part and text.strip()]
        if lines:
            found.append(Message(sentence, {"count": len(lines), "words": excerpt(" ⏎ ".join(lines), EXCERPT)}))
    return found


def figure_faults(texts: Iterable[str]) -> list[Message]:
    """References without caption, captions without reference, and pairs of both that contradict each other."""
    captions: dict[Figure, None] = {}
    references: dict[Figure, None] = {}
    for text in texts:
        own = _caption(text)
        if own:
            captions[own] = None
        for figure in _references(text, own):
            references[figure] = None
    lost = [figure for figure in references if figure not in captions]
    idle = [figure for figure in captions if figure not in references]
    return _contradictions(lost, idle)


def _caption(text: str) -> Figure | None:
    found = CAPTION.fullmatch(" ".join(text.split())) if len(text) <= CAPTION_MOST else None
    return _figure(found) if found and found["text"] else None


def _references(text: str, own: Figure | None) -> list[Figure]:
    figures = [_figure(found) for found in REFERENCE.finditer(text)]
    return figures[1:] if own else figures


def _figure(found: re.Match[str]) -> Figure:
    return Figure(found["word"], re.sub(r"\s", "", fold_digits(found["number"])).replace("–", "-"))


def _contradictions(lost: list[Figure], idle: list[Figure]) -> list[Message]:
    found, paired = [], set()
    for figure in lost:
        twin = next((one for one in idle if one not in paired and (one.word, one.last) == (figure.word, figure.last)), None)
        if twin:
            paired.add(twin)
            text = N_("Figure numbers contradict each other: the text says %(said)s, the caption %(caption)s")
            found.append(Message(text, {"said": str(figure), "caption": str(twin)}))
        else:
            found.append(Message(N_("The text refers to %(figure)s, which has no caption"), {"figure": str(figure)}))
    alone = [one for one in idle if one not in paired]
    return found + [Message(N_("The text never refers to %(figure)s"), {"figure": str(one)}) for one in alone]


def body_faults(html: str) -> list[Message]:
    """Figure numbers of a clean body that contradict each other, for the editor."""
    blocks = re.split(r"</?(?:p|h[2-4]|li|t[hdr]|figcaption|caption|blockquote|d[td])[^>]*>", html)
    return figure_faults(rich_text.to_text(block) for block in blocks if block.strip())
