"""Reported passages: of one case, those that wait for officers, and the public log."""

from collections.abc import Sequence

from sqlalchemy import ScalarSelect, Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.casework import policy
from portal.casework.exposed.models import ExposedPassage
from portal.casework.exposed.rules import WAITING
from portal.casework.models import Case, PublicCase
from portal.casework.queries.public import is_public
from portal.db.counting import up_to
from portal.kernel.actor import Actor


def of_case(session: Session, case: Case) -> Sequence[ExposedPassage]:
    """Every passage of the case, oldest first."""
    return session.scalars(select(ExposedPassage).where(ExposedPassage.case_id == case.id).order_by(ExposedPassage.serial)).all()


def waiting_for(actor: Actor) -> Select[ExposedPassage]:
    """What waits in public texts that the officer may see, to be ordered by (due_on, id); the cases and their texts are loaded.

    Of a petition the text is public before the case's own.
    """
    petition = and_(Case.collects, Case.publish_consent, Case.guarded.is_(False))
    query = select(ExposedPassage).join(ExposedPassage.case).outerjoin(PublicCase, PublicCase.case_id == Case.id)
    query = query.where(ExposedPassage.state.in_(WAITING), policy.visible_to(actor), or_(is_public(), petition))
    of_case = contains_eager(ExposedPassage.case).options(joinedload(Case.agency), joinedload(Case.public))
    return query.options(of_case, joinedload(ExposedPassage.picture))


def waiting_count(actor: Actor, most: int) -> ScalarSelect[int]:
    """How many wait, as a column; ``most`` + 1 means more."""
    return up_to(most, waiting_for(actor).with_only_columns(ExposedPassage.id))


def one_waiting(session: Session, actor: Actor, public_id: str) -> ExposedPassage | None:
    """The one that waits under this id, if the officer may see it."""
    return session.scalars(waiting_for(actor).where(ExposedPassage.public_id == public_id)).one_or_none()


def log() -> Select[ExposedPassage]:
    """What everybody may know of hidings, to be ordered by (reported_at, id); nothing of cases that are kept from somebody."""
    query = select(ExposedPassage).join(ExposedPassage.case).where(Case.guarded.is_(False))
    return query.options(contains_eager(ExposedPassage.case).options(joinedload(Case.agency), joinedload(Case.public)))
