"""The sender's words with what should be kept from the public marked in them; the words themselves stay as they came."""

from dataclasses import dataclass

from portal.kernel.redaction import Proposal, Reason, propose


@dataclass(frozen=True)
class Piece:
    """A stretch of one line; with a reason where it should be kept from the public."""

    text: str
    reason: Reason | None = None


@dataclass(frozen=True)
class Marked:
    """Paragraphs of lines of pieces, and what is proposed."""

    paragraphs: list[list[list[Piece]]]
    proposals: list[Proposal]


def marked(text: str, known: tuple[str, ...] = ()) -> Marked:
    """``text`` with every proposal marked; ``known`` are names that the reader may know to be the sender's."""
    proposals = propose(text, known)
    lines = _lines(_pieces(text, proposals))
    return Marked(_paragraphs(lines), proposals)


def _pieces(text: str, proposals: list[Proposal]) -> list[Piece]:
    pieces: list[Piece] = []
    place = 0
    for proposal in proposals:
        pieces += Piece(text[place : proposal.start]), Piece(proposal.text, proposal.reason)
        place = proposal.end
    return [*pieces, Piece(text[place:])]


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, text in enumerate(piece.text.split("\n")):
            if number:
                lines.append([])
            if text:
                lines[-1].append(Piece(text, piece.reason))
    return lines


def _paragraphs(lines: list[list[Piece]]) -> list[list[list[Piece]]]:
    paragraphs: list[list[list[Piece]]] = [[]]
    for line in lines:
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]
