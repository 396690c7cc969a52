"""Whose case it is and where it lies: assign, forward, merge and undo it."""

from flask import request
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import service
from portal.casework.desk.blueprint import bp
from portal.casework.desk.saving import Answer, case_at_hand, save
from portal.casework.forms import AssignForm, ForwardForm, MergeForm, RaiseForm, ReasonForm
from portal.casework.models import Case
from portal.casework.raising.service import raise_up
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits, normalise
from portal.web.audience import Audience, audience


@bp.post("/desk/cases/<number>/assign")
@audience(Audience.DESK, *CASE_ROLES)
def assign(number: str) -> Answer:
    """Give the case to somebody, or take it."""
    form = AssignForm(request.form)
    return save(
        number,
        "assign",
        form,
        lambda session, actor, at, case: service.assign(
            session, actor, at, case, _assignee(session, _chosen(form)), row_version=form.version, anyway=bool(form.anyway.data)
        ),
    )


@bp.post("/desk/cases/<number>/forward")
@audience(Audience.DESK, *CASE_ROLES)
def forward(number: str) -> Answer:
    """Send the case to another unit or agency; the clock runs on."""
    form = ForwardForm(request.form)
    return save(
        number,
        "forward",
        form,
        lambda session, actor, at, case: service.forward(
            session, actor, at, case, _target(session, form.text("target")), form.text("reason"), row_version=form.version
        ),
    )


@bp.post("/desk/cases/<number>/raise", endpoint="raise")
@audience(Audience.DESK, *CASE_ROLES)
def raise_(number: str) -> Answer:
    """Send the case to an agency above, with its origin."""
    form = RaiseForm(request.form)
    return save(
        number,
        "raise",
        form,
        lambda session, actor, at, case: raise_up(
            session, actor, at, case, _target(session, form.text("target")), form.text("reason"), row_version=form.version
        ),
    )


@bp.post("/desk/cases/<number>/merge")
@audience(Audience.DESK, *CASE_ROLES)
def merge(number: str) -> Answer:
    """Let the matter go on in another case."""
    form = MergeForm(request.form)
    return save(
        number,
        "merge",
        form,
        lambda session, actor, at, case: service.merge(
            session, actor, at, case, _other(form.text("into")), form.text("reason"), row_version=form.version
        ),
    )


def _chosen(form: AssignForm) -> str:
    """The address in the select, or that of who stands in, by one press (``instead``)."""
    return request.form.get("instead") or form.text("assignee")


@bp.post("/desk/cases/<number>/unmerge")
@audience(Audience.DESK, *CASE_ROLES)
def unmerge(number: str) -> Answer:
    """Let the case go on by itself again."""
    form = ReasonForm(request.form)
    return save(
        number,
        "unmerge",
        form,
        lambda session, actor, at, case: service.unmerge(session, actor, at, case, form.text("reason"), row_version=form.version),
    )


def _assignee(session: Session, email: str) -> User | None:
    """None for an empty address: the officer takes the case."""
    email = normalise(email).strip()
    user = accounts.by_email(session, email) if email else None
    if email and user is None:
        raise Invalid({"assignee": [Message(N_("This person cannot be given cases of this agency"))]})
    return user


def _target(session: Session, slug: str) -> Agency:
    agency = agencies.by_slug(session, slug)
    if agency is None:
        raise Invalid({"target": [Message(N_("Choose a unit or an agency"))]})
    return agency


def _other(number: str) -> Case:
    try:
        return case_at_hand(fold_digits(number).strip().upper(), lock=True)
    except NotFound:
        raise Invalid({"into": [Message(N_("There is no case with this number that you may see"))]}) from None
