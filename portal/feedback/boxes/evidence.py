"""Evidence of the boxes: where they hang, in which months, and each opening."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from portal.agencies.models import Agency
from portal.casework.figures.criteria import day_begins
from portal.feedback.boxes.models import Box, BoxOpening
from portal.feedback.boxes.rules import months
from portal.feedback.channels.evidence import collector_of
from portal.feedback.channels.models import AgencyChannel
from portal.kernel.evidence import Box as BoxFact
from portal.kernel.evidence import BoxOpened, Fact, Look
from portal.kernel.thai_calendar import office_day


def facts_of(session: Session, agencies: Sequence[Agency], look: Look) -> dict[int, list[Fact]]:
    """Boxes that hung by the day of the look, and their openings in the year that nobody has taken back; four queries.

    Where a box hung from and until is as it is written now, and its collector is the one of now.
    """
    found: dict[int, list[Fact]] = {agency.id: [] for agency in agencies}
    for box in _boxes(session, look):
        if office_day(box.recorded_at or box.updated_at) <= look.entered_by:
            found[look.whose[box.agency_id]].append(_box(box, look))
    for opening in _openings(session, look):
        taken_back = opening.taken_back
        if taken_back is None or office_day(taken_back.at) > look.entered_by:
            whose = look.whose[opening.box.agency_id]
            found[whose].append(_opened(opening, look.scored(whose, opening.recorded_by_id)))
    return found


def _boxes(session: Session, look: Look) -> Sequence[Box]:
    hung = select(Box).where(Box.agency_id.in_(sorted(look.whose)), Box.set_up_on <= look.as_of)
    return session.scalars(hung.options(joinedload(Box.channel).joinedload(AgencyChannel.collector)).order_by(Box.id)).all()


def _openings(session: Session, look: Look) -> Sequence[BoxOpening]:
    days = (BoxOpening.opened_at >= day_begins(look.first), BoxOpening.opened_at < day_begins(look.as_of + timedelta(days=1)))
    there = select(BoxOpening).join(BoxOpening.box).where(Box.agency_id.in_(sorted(look.whose)), *days)
    there = there.where(BoxOpening.recorded_at < day_begins(look.entered_by + timedelta(days=1)))
    box = contains_eager(BoxOpening.box).joinedload(Box.channel).joinedload(AgencyChannel.collector)
    beside = (selectinload(BoxOpening.witnesses), selectinload(BoxOpening.corrections))
    return session.scalars(there.options(box, *beside).order_by(BoxOpening.box_id, BoxOpening.number)).all()


def _box(box: Box, look: Look) -> BoxFact:
    whole = months(look.fiscal_year, box.set_up_on, box.taken_down_on, look.entered_by, ())
    return BoxFact(
        key=box.slug, path=f"/boxes/{box.slug}", name_th=box.name_th, name_en=box.name_en, on=box.set_up_on, until=box.taken_down_on,
        recorded_on=office_day(box.recorded_at or box.updated_at), responsible=collector_of(box.channel),
        months=tuple(month.first for month in whole),
    )  # fmt: skip


def _opened(opening: BoxOpening, by_scorer: bool) -> BoxOpened:
    box = opening.box
    return BoxOpened(
        key=f"{box.slug}/{opening.number}", path=f"/boxes/{box.slug}", name_th=f"{box.name_th} ({opening.number})",
        name_en=f"{box.name_en} ({opening.number})" if box.name_en else "", on=office_day(opening.opened_at),
        recorded_on=office_day(opening.recorded_at), responsible=collector_of(box.channel), by_scorer=by_scorer, box=box.slug,
        witnesses=len(opening.witnesses),
    )  # fmt: skip
