"""Pictures for the public: those of a case, and the one page on which one of them is looked at, covered and shown on."""

from dataclasses import dataclass

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.casework import policy, service
from portal.casework.desk.blueprint import bp
from portal.casework.desk.saving import Answer, case_at_hand
from portal.casework.models import Case, CaseEvent, CaseFile, PublicPicture
from portal.casework.pictures import queries
from portal.casework.pictures.forms import PhotographForm, PictureForm, TakeAwayForm
from portal.casework.pictures.rules import Step, possible
from portal.db import unit_of_work
from portal.files import service as files
from portal.files.rules import ACCEPT_PICTURES
from portal.files.serving import send_stored
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, Invalid, NotFound, Unavailable
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.runtime import runtime
from portal.web.sending import read

#: What ``?done=`` stands for.
DONE = {
    "prepared": N_("This is the copy. Nobody but officers sees it until you show it on"),
    "shown": N_("The sender sees it now; it appears when the sender agrees, or when the time is over"),
    "taken-away": N_("The picture is not shown"),
}


@dataclass(frozen=True)
class Held:
    """A picture of a case, and what was prepared of it."""

    case: Case
    file: CaseFile
    row: PublicPicture | None

    def offers(self, name: str) -> bool:
        """True if this officer may do the step of this name now; policy was asked when the picture was read."""
        step = Step(name)
        fits = possible(step, self.row.state if self.row else None)
        return fits and (step is not Step.SHOW or (self.row is not None and service.may_show(current_actor(), self.row)))


@bp.get("/desk/cases/<number>/pictures")
@audience(Audience.DESK, *CASE_ROLES)
def pictures(number: str) -> str:
    """Every picture of the case, and where it stands."""
    return _list(_case(number), PhotographForm())


@bp.post("/desk/cases/<number>/pictures")
@audience(Audience.DESK, *CASE_ROLES)
def add_photograph(number: str) -> Answer:
    """Add pictures of what was done."""
    case, sent = _case(number), read()
    form = PhotographForm(sent.fields)
    received, problems = files.receive_all(runtime().store, ((one.stream, one.filename or "", one.mimetype) for one in sent.uploads))  # type: ignore[misc]  # IO[bytes] of werkzeug
    try:
        if problems:
            raise Invalid({"files": problems})
        with unit_of_work(db.session) as session:
            service.add_photograph(session, current_actor(), now(), case_at_hand(number, lock=True), received, form.words.data or "")
    except Invalid as invalid:
        files.discard(runtime().store, received)
        form.errors_from(invalid)
        return _list(case, form), 413 if sent.too_large else 422
    return redirect(url_for("cases_desk.pictures", number=number), 303)


@bp.get("/desk/cases/<number>/pictures/<public_id>")
@audience(Audience.DESK, *CASE_ROLES)
def picture(number: str, public_id: str) -> str:
    """One picture, whole; ``?done=`` says what was just done."""
    return _page(_held(number, public_id))


@bp.get("/desk/cases/<number>/pictures/<public_id>/copy")
@audience(Audience.DESK, *CASE_ROLES)
def picture_copy(number: str, public_id: str) -> Response:
    """The covered copy, as everybody will see it."""
    row = _held(number, public_id).row
    if row is None or row.copy is None:
        raise NotFound
    return send_stored(runtime().store, row.copy)


@bp.post("/desk/cases/<number>/pictures/<public_id>")
@audience(Audience.DESK, *CASE_ROLES)
def handle_picture(number: str, public_id: str) -> Answer:
    """Cover it, show the copy to the sender, or take it away, by the button that was pressed."""
    held, act = _held(number, public_id), request.form.get("act", "")
    if act == "prepare":
        return _prepare(held, PictureForm(request.form))
    form = TakeAwayForm(request.form)
    verbs = {"show": (_show, "shown"), "take-away": (_take_away, "taken-away")}
    if act not in verbs:
        raise NotFound
    verb, done = verbs[act]
    try:
        with unit_of_work(db.session) as session:
            verb(session, case_at_hand(number, lock=True), request.form.get("copy", ""), form)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(_held(number, public_id), away=form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(_held(number, public_id), away=form), 409
    return redirect(url_for("cases_desk.picture", number=number, public_id=public_id, done=done), 303)


def _prepare(held: Held, form: PictureForm) -> Answer:
    """The copy is made before the transaction, and goes again if it cannot be kept."""
    number, public_id, store = held.case.number, held.file.file.public_id, runtime().store
    try:
        covering = service.check_covering(
            form.areas(), form.alt_th.data or "", form.alt_en.data or "", looked=bool(form.looked.data), accuses=bool(form.accuses.data)
        )
        copy = files.covered_copy(store, held.file.file, covering.areas, f"{number}-picture")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(held, form), 422
    except Unavailable as error:
        form.form_errors.append(say(error.message))
        return _page(held, form), 503
    try:
        with unit_of_work(db.session) as session:
            case = case_at_hand(number, lock=True)
            service.prepare_picture(session, current_actor(), now(), store, case, held.file.file, covering, copy)
    except Conflict as conflict:
        files.discard(store, [copy])
        form.form_errors.append(say(conflict.message))
        return _page(_held(number, public_id), form), 409
    return redirect(url_for("cases_desk.picture", number=number, public_id=public_id, done="prepared"), 303)


def _show(session: Session, case: Case, copy: str, _form: TakeAwayForm) -> CaseEvent:
    return service.show_picture(session, current_actor(), now(), case, copy)


def _take_away(session: Session, case: Case, copy: str, form: TakeAwayForm) -> CaseEvent:
    return service.take_picture_away(session, current_actor(), now(), case, copy, form.why.data or "")


def _list(case: Case, form: PhotographForm) -> str:
    rows = queries.of_case(db.session, case)
    held = [Held(case, file, rows.get(file.stored_file_id)) for file in queries.handed_in(db.session, case)]
    return render_template("cases_desk/pictures.html", case=case, held=held, form=form, accept=ACCEPT_PICTURES, noindex=True)


def _case(number: str) -> Case:
    case = case_at_hand(number)
    if not policy.can_publish(current_actor(), case):
        raise NotFound
    return case


def _held(number: str, public_id: str) -> Held:
    case = _case(number)
    file = next((one for one in queries.handed_in(db.session, case) if one.file.public_id == public_id), None)
    if file is None:
        raise NotFound
    return Held(case, file, queries.of_case(db.session, case).get(file.stored_file_id))


def _page(held: Held, form: PictureForm | None = None, away: TakeAwayForm | None = None) -> str:
    row, done = held.row, DONE.get(request.args.get("done", "")) if request.method == "GET" else None
    refused: PortalForm | None = form or away
    return render_template(
        "cases_desk/picture.html",
        held=held,
        case=held.case,
        row=row,
        form=form or (PictureForm.of(row) if row else PictureForm()),
        away=away or TakeAwayForm(),
        refused=refused,
        done=_(done) if done else "",
        noindex=True,
    )
