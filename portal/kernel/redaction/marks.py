"""Reasons, proposals, and the public text that comes of the accepted ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.kernel.messages import N_


class Reason(StrEnum):
    """Why a piece of text is kept from the public."""

    TELEPHONE = "telephone"
    IDENTITY_NUMBER = "identity_number"
    EMAIL = "email"
    HOUSE_NUMBER = "house_number"
    PERSONAL_NAME = "personal_name"
    PLATE = "plate"

    @property
    def label(self) -> str:
        """English source text of the reason."""
        return LABELS[self]

    @property
    def mark(self) -> str:
        """What stands in the public text instead; Thai, as the words around it are, whatever the reader's language."""
        return MARKS[self]


LABELS = {
    Reason.TELEPHONE: N_("Telephone number"),
    Reason.IDENTITY_NUMBER: N_("Identity number"),
    Reason.EMAIL: N_("E-mail address"),
    Reason.HOUSE_NUMBER: N_("House number"),
    Reason.PERSONAL_NAME: N_("Personal name"),
    Reason.PLATE: N_("Number plate"),
}
MARKS = {
    Reason.TELEPHONE: "[ปิด: เบอร์โทร]",
    Reason.IDENTITY_NUMBER: "[ปิด: เลขประจำตัว]",
    Reason.EMAIL: "[ปิด: อีเมล]",
    Reason.HOUSE_NUMBER: "[ปิด: เลขที่บ้าน]",
    Reason.PERSONAL_NAME: "[ปิด: ชื่อบุคคล]",
    Reason.PLATE: "[ปิด: ทะเบียนรถ]",
}


@dataclass(frozen=True, order=True)
class Proposal:
    """``text`` stands at ``start`` (inside) to ``end`` (outside) of the words and should be kept from the public."""

    start: int
    end: int
    text: str
    reason: Reason


@dataclass(frozen=True)
class Redacted:
    """The public text, and the reason of each mark in it, in their order."""

    text: str
    reasons: tuple[Reason, ...]


def join_overlapping(text: str, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Sorted and without overlap: overlapping proposals become one over both, with the reason of the longer."""
    joined: list[Proposal] = []
    for proposal in sorted(proposals):
        if joined and proposal.start < joined[-1].end:
            joined.append(_union(text, joined.pop(), proposal))
        else:
            joined.append(proposal)
    return joined


def _union(text: str, one: Proposal, other: Proposal) -> Proposal:
    longer = max(one, other, key=lambda proposal: proposal.end - proposal.start)
    end = max(one.end, other.end)
    return Proposal(one.start, end, text[one.start : end], longer.reason)


def apply(text: str, accepted: Iterable[Proposal]) -> Redacted:
    """``text`` with a mark instead of each accepted proposal, in any order and overlapping or not.

    Raises ``ValueError`` if a proposal was made for other words: then nothing is hidden at the wrong place.
    """
    pieces: list[str] = []
    reasons: list[Reason] = []
    place = 0
    for proposal in join_overlapping(text, _fitting(text, accepted)):
        pieces += text[place : proposal.start], proposal.reason.mark
        reasons.append(proposal.reason)
        place = proposal.end
    return Redacted("".join(pieces) + text[place:], tuple(reasons))


def _fitting(text: str, proposals: Iterable[Proposal]) -> Iterable[Proposal]:
    for proposal in proposals:
        if proposal.start < 0 or not proposal.text or text[proposal.start : proposal.end] != proposal.text:
            raise ValueError("the proposal was made for other words")
        yield proposal
