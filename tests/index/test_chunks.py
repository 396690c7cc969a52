"""Chunks are short enough, lose nothing, and overlap."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from portal.index.chunks import MOST_CLUSTERS, OVERLAP, cut
from portal.index.tokens import SEAM, located
from portal.kernel.thai_text import default_breaker
from tests.index.documents import make_document


def test_a_short_document_is_one_chunk_with_title_and_agency() -> None:
    (chunk,) = cut(make_document("ข่าว", title="หัว", agency_name="กรม"), default_breaker())
    assert chunk.clusters == f"หั ว {SEAM} ก ร ม {SEAM} ข่า ว"
    assert chunk.words == "หัว หัว หัว กรม ข่าว"
    assert chunk.text == "ข่าว"


def test_a_document_without_text_can_still_be_found_by_its_title() -> None:
    (chunk,) = cut(make_document("", title="หัว"), default_breaker())
    assert chunk.clusters.startswith("หั ว")


def test_no_cluster_is_more_frequent_in_a_chunk_than_postgresql_can_remember() -> None:
    chunks = cut(make_document("0 " * 2000 + "ท้าย 0.5"), default_breaker())
    assert max(chunk.clusters.split().count("0") for chunk in chunks) == 250
    assert chunks[-1].text.endswith("ท้าย 0.5")


def test_names_with_spaces_and_dots_are_one_word() -> None:
    (chunk,) = cut(make_document("ก.พ.ร. _ที่_ A-B", title=""), default_breaker())
    assert not set(".-_") & set(chunk.words)


@given(st.integers(0, 6000))
def test_chunks_are_short_lose_nothing_and_overlap(length: int) -> None:
    text = "".join(chr(ord("ก") + number % 40) for number in range(length))
    chunks = cut(make_document(text), default_breaker())
    assert [chunk.number for chunk in chunks] == list(range(len(chunks)))
    assert all(len(chunk.clusters.split()) <= MOST_CLUSTERS for chunk in chunks)
    whole = chunks[0].text
    for before, after in pairwise(chunks):
        seam = "".join(cluster.text for cluster in located(before.text)[-OVERLAP:])
        assert after.text.startswith(seam)
        whole += after.text[len(seam) :]
    assert whole == text
