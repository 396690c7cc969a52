"""The pages that are asked for at ten thousand cases and at a million."""

from collections.abc import Iterator
from datetime import UTC, datetime

from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import User
from portal.casework.figures import Figure
from portal.casework.kept_views.models import KeptView
from portal.casework.models import Case, CaseTag, PublicCase
from portal.casework.queries import Filter
from portal.casework.rules import PublicState
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.web.database import db

OFFICER = "coordinator@demo.example"


def pages_of(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Name and address of each page."""
    with client.application.app_context():
        number = db.session.scalar(select(Case.number).where(Case.is_open).order_by(Case.id.desc()).limit(1))
        public = db.session.scalar(select(Case.number).join(Case.public).where(PublicCase.state == PublicState.PUBLISHED).limit(1))
        tag = db.session.scalar(select(CaseTag.key).limit(1))
        kept = db.session.scalars(select(KeptView.key).join(User, User.id == KeptView.made_by_id).where(User.email == OFFICER)).all()
        year = fiscal_year(office_day(datetime.now(UTC))) - 1
        db.session.rollback()
    yield from ((f"queue, {part.value}", f"/desk?filter={part.value}") for part in Filter)
    yield from ((f"queue, saved view {place}", f"/desk?view={key}") for place, key in enumerate(kept, start=1))
    views = ("unit=meknoi-works", "kind=compliment", "owner=none", f"tag={tag}", "kind=question&unit=sommotthani-office")
    yield from (
        (f"queue, {part} with {view.split('=')[0]}", f"/desk?filter={part}&{view}") for part in ("open", "overdue") for view in views
    )
    yield "case at the desk", f"/desk/cases/{number}"
    yield "case in public", f"/cases/{public}"
    yield "tracking page", "/feedback/case"
    yield "home, with figures", "/"
    yield "figures of all", "/figures"
    yield "figures of an agency", "/figures/meknoi"
    yield "register of silence", "/silence"
    yield "months for executives", "/desk/figures?agency=meknoi"
    yield "improvements", "/improvements"
    narrowed = {
        "": "",
        " of an agency": "&agency=meknoi&own=1",
        " of a small agency": "&agency=opdc&own=1",
        " of a unit": "&agency=meknoi&unit=meknoi-works",
        " of a channel": "&agency=meknoi&channel=letter",
    }
    for figure in Figure:
        yield from ((f"list, {figure.value}{name}", f"/cases?list={figure.value}{more}") for name, more in narrowed.items())
    for figure in (Figure.RECEIVED, Figure.ANSWERED, Figure.IN_TIME, Figure.LATE):
        yield f"list, {figure.value} of a quarter", f"/cases?list={figure.value}&year={year}&quarter=2"
