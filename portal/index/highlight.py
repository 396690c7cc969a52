"""Showing where the terms stand, in Python on the record's own text: what is marked is what was found, on both databases."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from portal.index.question import Question, Term
from portal.index.tokens import GAP, Cluster, located
from portal.kernel import thai_text

EXCERPT = 240
#: An excerpt begins this far before the first hit, at a space where one is near.
BEFORE = 60


def highlight(text: str, question: Question) -> Markup:
    """``text`` (normalised, as the index keeps it), safe for a page, with every hit in ``<mark>``."""
    parts, place = [], 0
    for start, end in spans(text, question):
        parts += [escape(text[place:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        place = end
    return Markup("").join([*parts, escape(text[place:])])


def excerpt(text: str, question: Question, length: int = EXCERPT) -> Markup:
    """At most ``length`` characters on one line around the first hit, or the beginning where none is; never cuts a cluster."""
    line = " ".join(text.split())
    hits = spans(line, question)
    start = _beginning(line, hits[0][0]) if hits and hits[0][0] > BEFORE else 0
    shown = thai_text.excerpt(line[start:], length - 1 if start else length)
    return escape("…" if start else "") + highlight(shown, question)


def spans(text: str, question: Question) -> list[tuple[int, int]]:
    """Where the hits stand in ``text``, in order, overlapping ones joined."""
    clusters = located(text)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(span for term in question.terms for span in _of_term(clusters, term)):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _of_term(clusters: Sequence[Cluster], term: Term) -> list[tuple[int, int]]:
    size = len(term.clusters)
    return [
        (clusters[place].start, clusters[place + size - 1].end)
        for place in range(len(clusters) - size + 1)
        if _stands_at(clusters[place : place + size], term)
    ]


def _stands_at(stretch: Sequence[Cluster], term: Term) -> bool:
    if any(cluster.text != wanted for cluster, wanted in zip(stretch[:-1], term.clusters[:-1], strict=True)):
        return False
    last, wanted = stretch[-1].text, term.clusters[-1]
    return last == wanted or (not term.is_exact and last.startswith(wanted))


def _beginning(line: str, hit: int) -> int:
    space = line.rfind(" ", hit - BEFORE, hit - BEFORE // 3)
    if space >= 0:
        return space + 1
    return next(cluster.start for cluster in located(line) if cluster.start >= hit - BEFORE and cluster.text != GAP)
