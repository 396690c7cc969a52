"""Cutting a document into chunks.

PostgreSQL keeps at most 256 places of a lexeme, so a chunk ends before any cluster becomes more frequent, as the noughts of
a table do; chunks overlap, so that a phrase across a cut is still whole in one of them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from portal.index.models import SearchChunk
from portal.index.tokens import SEAM, Cluster, Tokens, located, tokens
from portal.kernel.facts import SearchDocument
from portal.kernel.thai_text import WordBreaker, normalise

MOST_CLUSTERS = 1500
MOST_ALIKE = 250
OVERLAP = 40
#: Of the title and of the agency's name; what is longer is still shown, but not found beyond this.
LONGEST_HEAD = 300
#: A word of the title counts as often as this many in the text.
TITLE_WEIGHT = 3


def cut(document: SearchDocument, breaker: WordBreaker) -> list[SearchChunk]:
    """The chunks of a document; the first also holds title and agency, and there is always a first."""
    title, name = normalise(document.title), normalise(document.agency_name)
    head = _head(title, name, breaker)
    chunks = []
    for number, stretch in enumerate(_stretches(normalise(document.text), head.clusters)):
        body = tokens(stretch, breaker)
        words, clusters = (head.words + body.words, head.clusters + body.clusters) if number == 0 else body
        chunks.append(
            SearchChunk(
                kind=document.kind,
                key=document.key,
                language=document.language,
                number=number,
                at=document.at,
                agency_id=document.agency_id,
                agency_name=name,
                title=title,
                url_path=document.url_path,
                text=stretch,
                words=" ".join(words),
                clusters=" ".join(clusters),
            )
        )
    return chunks


def _head(title: str, name: str, breaker: WordBreaker) -> Tokens:
    of_title, of_name = tokens(title, breaker), tokens(name, breaker)
    clusters = [*of_title.clusters[:LONGEST_HEAD], SEAM, *of_name.clusters[:LONGEST_HEAD], SEAM]
    return Tokens([*of_title.words * TITLE_WEIGHT, *of_name.words], clusters)


def _stretches(text: str, head: Sequence[str]) -> Iterator[str]:
    """The text in stretches that make chunks, the first together with ``head``; nothing between them is left out."""
    clusters = located(text)
    start, end = 0, _end(clusters, 0, head)
    while end < len(clusters):
        yield text[clusters[start].start if start else 0 : clusters[end].start]
        start = end - OVERLAP
        end = _end(clusters, start, ())
    yield text[clusters[start].start if start else 0 :]


def _end(clusters: Sequence[Cluster], start: int, head: Sequence[str]) -> int:
    """Where the chunk that begins at ``start`` must end; always beyond the overlap, so that there is an end to all."""
    alike = Counter(head)
    for place in range(start, min(len(clusters), start + MOST_CLUSTERS - len(head))):
        alike[clusters[place].text] += 1
        if alike[clusters[place].text] > MOST_ALIKE and place > start + OVERLAP:
            return place
    return start + MOST_CLUSTERS - len(head)
