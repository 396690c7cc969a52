"""Absences fit beside each other without circles; standing in is never followed beyond one step."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.accounts.absence.rules import Span, away_too, closes_circle, doubles

START = date(2026, 11, 23)
PEOPLE = st.integers(1, 4)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first = START + timedelta(days=draw(st.integers(0, 12)))
    person = draw(PEOPLE)
    substitute = draw(st.none() | PEOPLE.filter(lambda one: one != person))
    return Span(person, substitute, first, first + timedelta(days=draw(st.integers(0, 6))))


def leads_back(accepted: list[Span], day: date) -> bool:
    """The plain way to look: on this one day, follow everybody's substitute."""
    to = {span.person: span.substitute for span in accepted if span.covers(day)}
    for person in to:
        at = to[person]
        for _step in range(len(to)):
            if at == person:
                return True
            at = to.get(at) if at is not None else None
    return False


@settings(max_examples=100)
@given(st.lists(spans(), max_size=8))
def test_whatever_is_accepted_nobody_stands_in_for_themselves_by_any_way_on_any_day(offered: list[Span]) -> None:
    accepted: list[Span] = []
    for span in offered:
        if doubles(span, accepted):
            continue
        would = any(leads_back([*accepted, span], START + timedelta(days=day)) for day in range(20))
        assert closes_circle(span, accepted) is would  # refused when, and only when, some day would hold a circle
        if not would:
            accepted.append(span)
    assert not any(leads_back(accepted, START + timedelta(days=day)) for day in range(20))


def test_both_away_is_told_in_the_order_of_the_days_and_days_that_only_touch_count() -> None:
    new = Span(1, 2, START, START + timedelta(days=9))
    late = Span(2, 3, START + timedelta(days=9), START + timedelta(days=12))
    early = Span(2, None, START - timedelta(days=3), START)
    after = Span(2, 4, START + timedelta(days=10), START + timedelta(days=11))
    assert away_too(new, [late, after, early, Span(3, 2, START, START)]) == [early, late]
    assert away_too(Span(1, None, START, START), [early]) == []


def test_a_second_absence_of_one_person_may_begin_the_day_after() -> None:
    one = Span(1, 2, START, START + timedelta(days=2))
    assert doubles(Span(1, 3, START + timedelta(days=2), START + timedelta(days=5)), [one])
    assert not doubles(Span(1, 3, START + timedelta(days=3), START + timedelta(days=5)), [one])
