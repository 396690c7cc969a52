"""Sentences keep names, days and months for both languages."""

from datetime import date

from portal.participation.rules.results import Said
from portal.participation.rules.saying import day, message_of, month, named

SAID = Said(
    "%(name)s, %(month)s, %(day)s: %(have)d",
    {"name": named("ก", "A"), "month": month(date(2007, 9, 30)), "day": day(date(2007, 9, 30)), "have": 2},
)


def test_each_language_reads_its_own() -> None:
    assert str(message_of(SAID, "th")) == "ก, กันยายน 2550, 30 กันยายน 2550: 2"
    assert str(message_of(SAID, "en")) == "A, September 2007, 30 September 2007: 2"
