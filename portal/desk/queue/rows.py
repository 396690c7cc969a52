"""One case as the list shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.casework.desk.due import Due, due_of
from portal.casework.models import Case, CaseTag
from portal.casework.routing import routing_days
from portal.casework.rules import Status
from portal.casework.standing_in import stands_in
from portal.casework.tags.queries import tags_of
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.thai_text import excerpt, pick
from portal.web.cursor import Page
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language

SNIPPET = 130  # characters; the page cuts what does not fit


@dataclass(frozen=True)
class Row:
    """``where`` names the agency where the officer works for several; ``rests_until`` the day on which it comes back."""

    case: Case
    due: Due
    words: str
    snippet: str
    owner: str
    is_mine: bool
    #: It belongs to somebody who is away, for whom the officer stands in.
    stands_in: bool
    where: str
    #: By when the pool desk routes it, and whether that day has passed; None where nobody has to.
    route_by: date | None = None
    is_late_to_route: bool = False
    tags: Sequence[CaseTag] = ()
    rests_until: date | None = None
    #: Nobody has taken it up by the day that was promised for that.
    is_unread: bool = False

    @property
    def classes(self) -> str:
        """Edge and weight of the row."""
        edge = {"late": "is-late", "soon": "is-soon"}.get(self.due.state, "")
        return f"{edge} {'is-new' if self.case.status is Status.RECEIVED else ''}".strip()


def rows_of(page: Page[Case], actor: Actor, today: date) -> list[Row]:
    """The rows of a page; the number of queries does not grow with them."""
    several = len(actor.agencies(*CASE_ROLES)) > 1
    days, tags = routing_days(db.session, page.items), tags_of(db.session, page.items)
    return [_row(case, actor, today, several, days.get(case.id), tags.get(case.id, ())) for case in page.items]


def _row(case: Case, actor: Actor, today: date, several: bool, day: date | None, tags: Sequence[CaseTag]) -> Row:
    due, code = due_of(case, today), language()
    agency, rest = case.agency, case.snooze
    return Row(
        case=case,
        due=due,
        words=say(due.words),
        snippet=excerpt(case.body, SNIPPET),
        owner=pick(code, case.owner.name_th, case.owner.name_en) if case.owner else "",
        is_mine=case.owner_id == actor.user_id,
        stands_in=stands_in(actor, case),
        where=pick(code, agency.short_th or agency.name_th, agency.short_en or agency.name_en) if several else "",
        route_by=day,
        is_late_to_route=day is not None and day < today,
        tags=tags,
        is_unread=case.is_open and case.acknowledged_at is None and case.acknowledge_by is not None and case.acknowledge_by < today,
        rests_until=rest.until if rest is not None and rest.until > today else None,
    )
