"""Phrases out of real sentences, held against the plain truth: is the phrase in the text or not."""

import random
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.index.highlight import spans
from portal.index.question import ask
from portal.kernel.thai_text import default_breaker, fold_digits, normalise
from tests.index.documents import make_document, put, search

SENTENCES = [
    line for line in Path(__file__).with_name("data").joinpath("sentences_th.txt").read_text("utf-8").splitlines() if line[0] != "#"
]


def _folded(text: str) -> str:
    return fold_digits(normalise(text)).casefold()


def _documents() -> dict[str, str]:
    """Each sentence by itself, and one long page of them all, which is cut into chunks."""
    return {**{f"s{number}": text for number, text in enumerate(SENTENCES)}, "long": "\n".join(SENTENCES)}


def _phrases(count: int) -> list[str]:
    """One to four words in a row, as a reader would copy them."""
    chance = random.Random(2550)
    found = []
    while len(found) < count:
        words = default_breaker().words(chance.choice(chance.choice(SENTENCES).split()))
        start = chance.randrange(len(words)) if words else 0
        phrase = "".join(words[start : start + chance.randint(1, 4)])
        if len(phrase) > 1 and '"' not in phrase:
            found.append(phrase)
    return found


@pytest.fixture
def texts(session: Session) -> dict[str, str]:
    """The documents, indexed."""
    texts = _documents()
    put(session, *(make_document(text, key, title="") for key, text in texts.items()))
    return texts


def test_ninety_nine_of_a_hundred_phrases_are_found_wherever_they_stand(session: Session, texts: dict[str, str]) -> None:
    wanted = missed = 0
    for phrase in _phrases(300):
        truth = {key for key, text in texts.items() if phrase in _folded(text)}
        found = {chunk.key for chunk in search(session, phrase, per_page=1000).chunks}
        wanted += len(truth)
        missed += len(truth - found)
    assert wanted > 500
    assert 1 - missed / wanted >= 0.99


def test_every_find_can_be_shown_where_it_stands(session: Session, texts: dict[str, str]) -> None:
    for phrase in _phrases(60):
        for chunk in search(session, phrase, per_page=1000).chunks:
            assert spans(chunk.text, ask(phrase, default_breaker())), (phrase, chunk.text)
