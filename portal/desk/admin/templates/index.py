"""The list of mails and ready replies."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request
from flask_babel import gettext as _

from portal.accounts.queries import names_of
from portal.casework.wording import queries
from portal.casework.wording.models import MailWording
from portal.casework.wording.rules import MailKind
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.whose import Whose, whose
from portal.kernel.messages import N_
from portal.web.audience import Audience, audience
from portal.web.database import db

OWN, FROM_PORTAL, BY_DEFAULT = N_("Own text"), N_("Text for the whole portal"), N_("The portal's own text")
DONE = {
    "mail": N_("The text is kept, and mails that leave from now on have it"),
    "reset": N_("The text that holds otherwise holds again"),
    "added": N_("Officers can choose the reply now"),
    "edited": N_("The reply is kept"),
    "closed": N_("The reply is no longer offered"),
    "reopened": N_("The reply is offered again"),
}


@dataclass(frozen=True)
class Row:
    """One mail of the list. ``source`` is English source text."""

    mail: MailKind
    source: str
    is_own: bool
    changed_at: datetime | None
    changed_by: str


@bp.get("/desk/admin/templates")
@audience(Audience.DESK, *ADMINISTRATORS)
def templates() -> str:
    """What every mail says and who wrote it, and the ready replies of an agency."""
    chosen = whose()
    done = DONE.get(request.args.get("done", ""))
    replies = queries.ready_replies(db.session, chosen.agency_id) if chosen.agency_id else []
    return render_template(
        "desk/admin/templates/index.html",
        whose=chosen,
        mails=_rows(chosen),
        offered=[row for row in replies if row.closed_at is None],
        closed=[row for row in replies if row.closed_at is not None],
        done=_(done) if done else "",
        noindex=True,
    )


def _rows(chosen: Whose) -> list[Row]:
    own = queries.wordings(db.session, chosen.agency_id)
    portal = queries.wordings(db.session, None) if chosen.agency_id else {}
    people = names_of(db.session, {row.changed_by_id for row in own.values() if row.changed_by_id})
    return [_row(mail, own.get(mail), mail in portal, people) for mail in MailKind]


def _row(mail: MailKind, own: MailWording | None, portal: bool, people: dict[int, str]) -> Row:
    source = OWN if own else FROM_PORTAL if portal else BY_DEFAULT
    return Row(mail, source, own is not None, own.changed_at if own else None, people.get(own.changed_by_id or 0, "") if own else "")
