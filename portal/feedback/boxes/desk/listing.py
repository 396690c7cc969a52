"""The list of the officer's boxes, and one of them."""

from flask import render_template, request
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from portal.feedback.boxes.desk.blueprint import ROLES, at_hand, bp, keeps
from portal.feedback.boxes.forms import HolderForm, KeyBackForm
from portal.feedback.boxes.models import Box, BoxOpening
from portal.feedback.boxes.policy import can_keep, can_record
from portal.feedback.boxes.queries import boxes, openings, slips
from portal.feedback.boxes.rules import is_late_entry
from portal.feedback.channels import queries as channels
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate
from portal.web.database import db
from portal.web.language import language

DONE = {
    "set_up": N_("The box is on the list; name who holds its key"),
    "edited": N_("The box is changed"),
    "taken_down": N_("The box is taken down; it stays on the list, with its reason"),
    "key_given": N_("The key holder is on the list"),
    "key_returned": N_("The key was given back"),
    "opened": N_("The opening is recorded and public; its slips wait to be typed"),
    "empty": N_("The opening is recorded and public"),
    "corrected": N_("Both numbers stand there now, with the reason"),
    "taken_back": N_("The opening is taken back; it stays on the page, crossed out"),
    "cancelled": N_("The series is cancelled, its codes hold no more"),
    "posted": N_("It is recorded that the sheet hangs at the box"),
}
OPENINGS_A_PAGE = 12


@bp.get("/desk/boxes")
@audience(Audience.DESK, *ROLES)
def index() -> str:
    """Every box of the officer's agencies, those that are overdue first; the same number of queries however many there are."""
    found = boxes.standings(db.session, boxes.of_desk(db.session, current_actor()), office_day(now()))
    rows = sorted(found, key=lambda one: (not one.box.hangs, one.due_on))
    return render_template("boxes_desk/index.html", rows=rows, can_add=bool(keeps()), today=office_day(now()), noindex=True)


@bp.get("/desk/boxes/<slug>")
@audience(Audience.DESK, *ROLES)
def show(slug: str) -> str:
    """One box: what is to do, who holds keys, each opening with what became of its slips; ``?done=`` says what was just done."""
    return page(at_hand(slug))


def page(box: Box, holder: HolderForm | None = None, back: tuple[int, KeyBackForm] | None = None) -> str:
    """The page; with a form that was refused."""
    actor, today, session = current_actor(), office_day(now()), db.session
    done = DONE.get(request.args.get("done", ""))
    listed = paginate(session, openings.listed(box), [(BoxOpening.number, "desc")], OPENINGS_A_PAGE, request.args.get("cursor"))
    holder = holder or HolderForm()
    people = channels.collectors(session, box.agency)
    nobody = SelectChoice(value="", label=_("Nobody by name, the position below"))
    holder.person.choices = [nobody, *(SelectChoice(one.public_id, pick(language(), one.name_th, one.name_en)) for one in people)]
    return render_template(
        "boxes_desk/show.html",
        box=box,
        agency=box.agency,
        standing=boxes.standing(session, box, today),
        holders=boxes.key_holders(session, box),
        openings=listed.items,
        became=openings.became(session, listed.items),
        next_url=next_url(listed),
        is_late_entry=is_late_entry,
        series=slips.series_of(session, box),
        postings=openings.postings(session, box)[:5],
        keeps=can_keep(actor, box.agency_id),
        records=can_record(actor, box),
        holder=holder,
        blank=KeyBackForm(),
        back=back,
        form=holder if holder.errors else back[1] if back else None,
        today=today,
        done=_(done) if done else "",
        noindex=True,
    )
