"""Who may put in, read and type what came on paper. In words: ``docs/rules/letters.md``."""

from sqlalchemy import ColumnElement, false

from portal.casework import policy as cases
from portal.feedback.transcribing.models import Batch, Sheet
from portal.feedback.transcribing.rules import SheetState
from portal.kernel.actor import CASE_ROLES, Actor


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Criterion on ``Batch``: of an agency where the actor works cases."""
    agencies = actor.agencies(*CASE_ROLES)
    return Batch.agency_id.in_(sorted(agencies)) if actor.user_id is not None and agencies else false()


def can_open(actor: Actor, agency_id: int) -> bool:
    """May put in what came to this agency, and type it."""
    return actor.user_id is not None and actor.holds_any(CASE_ROLES, agency_id)


def can_type(actor: Actor, sheet: Sheet) -> bool:
    """May type this sheet, or set it aside: the batch's people; of a photographed letter whoever sees the case."""
    if sheet.batch is not None:
        return can_open(actor, sheet.batch.agency_id)
    return sheet.case is not None and cases.can_see(actor, sheet.case)


def can_check(actor: Actor, sheet: Sheet, *, by_two: bool) -> bool:
    """May confirm what was typed: another than who typed it, unless the agency no longer asks for two."""
    if sheet.state is not SheetState.TO_CHECK or not can_type(actor, sheet):
        return False
    return not by_two or sheet.typed_by_id != actor.user_id
