"""Which issues are asked for at levels 2 to 5 of 2550: all that a joint group took on, once they have had time."""

from collections.abc import Callable, Iterable

from portal.kernel.evidence import Consensus, Fact
from portal.kernel.messages import N_
from portal.participation.rules.predicates.amounts import Count
from portal.participation.rules.predicates.base import Held, missing, said
from portal.participation.rules.predicates.groups import days_in_year, fit_groups
from portal.participation.rules.predicates.judging import judged
from portal.participation.rules.predicates.sides import Sides
from portal.participation.rules.results import Finding, Missing


class IssuesAsked(Sides, frozen=True, kw_only=True):
    """An issue that was worked on for fewer than ``young`` days of the year is not asked for, unless all are so young."""

    young: Count = 0


def chosen(held: Held, given: Sides) -> list[Consensus]:
    """What groups of both sides took on, by its first record of consensus."""
    groups = {group.key for group in fit_groups(held, given)}
    first: dict[str, Consensus] = {}
    for record in held.counting(Consensus):
        if record.chosen and record.group in groups:
            first.setdefault(record.issue, record)
    return list(first.values())


def asked(held: Held, given: IssuesAsked) -> list[Consensus]:
    """The chosen ones that have had time."""
    every = chosen(held, given)
    return [one for one in every if days_in_year(held.subject, one.on, one.until) >= given.young] or every


#: The facts that show an issue, and what it lacks.
Shown = tuple[Iterable[Fact], Iterable[Missing]]


def each_issue(held: Held, shape: type[Fact], given: IssuesAsked, text: str, look: Callable[[Consensus], Shown]) -> Finding:
    """Ask the same of every issue that is asked for; there must be one. ``text`` says ``have`` of ``all`` issues; mark it with ``N_``."""
    answers = [(list(facts), list(lack)) for facts, lack in map(look, asked(held, given))]
    sentence = said(text, have=sum(not lack for _, lack in answers), all=len(answers))
    none = [] if answers else [missing(N_("An issue that a joint working group has chosen"))]
    shown = {kind_and_key(fact): fact for facts, _ in answers for fact in facts}
    return judged(held, shape, sentence, list(shown.values()), [*none, *(one for _, lack in answers for one in lack)])


def kind_and_key(fact: Fact) -> tuple[type[Fact], str]:
    """What tells a fact from all others of the agency."""
    return type(fact), fact.key
