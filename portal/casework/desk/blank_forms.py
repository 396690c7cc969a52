"""The forms of the page of a case: empty ones, what was begun, and the one that could not be saved."""

from collections.abc import Sequence

from wtforms.fields import SelectChoice

from portal.casework.contributing.forms import RecallContributionForm
from portal.casework.desk.choices import Owners, day_choices, named_places
from portal.casework.desk.contributions import ask_form
from portal.casework.desk.offers import raisable
from portal.casework.desk.others import fill_in
from portal.casework.desk.proposed import form_again
from portal.casework.desk.proposing import publish_form
from portal.casework.desk.ready import choices
from portal.casework.desk.shown import Again
from portal.casework.forms import (
    AskForm,
    AssignForm,
    CaseForm,
    CloseForm,
    ExtendForm,
    ForwardForm,
    MarkAboutForm,
    MergeForm,
    NoteForm,
    PauseForm,
    RaiseForm,
    ReasonForm,
    ReferenceForm,
    ReferForm,
    ReplyForm,
    ResumeForm,
    ReturnForm,
    SignForm,
    SnoozeForm,
    StartForm,
    TagForm,
    UnmarkAboutForm,
    UnmaskForm,
    WithdrawPublicationForm,
)
from portal.casework.models import Case, CaseProposal
from portal.kernel.thai_calendar import office_day
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime

FORMS: dict[str, type[CaseForm]] = {
    "assign": AssignForm,
    "start": StartForm,
    "reply": ReplyForm,
    "ask": AskForm,
    "close": CloseForm,
    "note": NoteForm,
    "forward": ForwardForm,
    "raise": RaiseForm,
    "refer": ReferForm,
    "reference": ReferenceForm,
    "sign": SignForm,
    "return_proposal": ReturnForm,
    "confirm_publication": SignForm,
    "return_publication": ReturnForm,
    "decline": ReasonForm,
    "merge": MergeForm,
    "pause": PauseForm,
    "resume": ResumeForm,
    "extend": ExtendForm,
    "withdraw_publication": WithdrawPublicationForm,
    "mark_about": MarkAboutForm,
    "unmark_about": UnmarkAboutForm,
    "unmask": UnmaskForm,
    "tag": TagForm,
    "snooze": SnoozeForm,
    "unsnooze": StartForm,
    "untag": StartForm,
    "recall_contribution": RecallContributionForm,
    "unmerge": ReasonForm,
}


def forms_of(
    case: Case, verbs: Sequence[str], people: Owners | None, again: Again | None, last: CaseProposal | None, draft: str
) -> dict[str, CaseForm]:
    """An empty form for each verb; the one that could not be saved, with its words."""
    forms = {verb: FORMS[verb]() for verb in verbs if verb in FORMS}
    forms |= {verb: form for verb, form in form_again(case, last).items() if verb in forms}
    if "publish" in verbs:
        forms["publish"] = publish_form(db.session, runtime().keyring, case)
    if "ask_contribution" in verbs:
        forms["ask_contribution"] = ask_form(case, office_day(now()))
    if again:
        forms[again.verb] = again.form
        if again.verb not in verbs and "note" in verbs:
            forms["note"] = NoteForm(data={"body": again.form.typed})
    if isinstance(reply := forms.get("reply"), ReplyForm):
        reply.ready.choices = choices(case)
    if isinstance(up := forms.get("raise"), RaiseForm):
        up.target.choices = [SelectChoice(value=slug, label=name) for slug, name in named_places(raisable(db.session, case), case)]
    fill_in(case, forms, draft)
    if isinstance(snooze := forms.get("snooze"), SnoozeForm):
        snooze.until.choices = day_choices(case, office_day(now()))
    if people and isinstance(assign := forms.get("assign"), AssignForm):
        assign.assignee.choices = people.choices
        if not again or again.verb != "assign":
            assign.assignee.data = people.chosen
    return forms
