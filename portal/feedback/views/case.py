"""The page of one case, for whoever holds its code: where it stands, what was said, what can be done now."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.casework import queries
from portal.casework.closed_words import closing
from portal.casework.governed import read_by
from portal.casework.models import Case
from portal.casework.pictures.queries import by_address, shown_of, waiting_of
from portal.casework.pictures.rules import PictureState
from portal.casework.queries.merging import goes_on_in, last_answer
from portal.casework.rules import Act, PublicState, possible
from portal.casework.service import propose_public_text
from portal.feedback import cookies, limits, tokens
from portal.feedback.forms import AboutForm, ContestForm, HideForm, WithdrawForm, WordsForm, WrongForm
from portal.feedback.journey import Journey, journey
from portal.feedback.keeping import keeping
from portal.feedback.tokens import FormToken
from portal.feedback.views.blueprint import bp
from portal.files.models import StoredFile
from portal.files.rules import ACCEPT
from portal.files.serving import send_stored
from portal.kernel.errors import NotFound
from portal.kernel.messages import N_
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm
from portal.web.language import other_language_path
from portal.web.runtime import runtime

#: What the page says after an act, by ``?done=``.
DONE = {
    "answered": N_("We have your answer"),
    "added": N_("What you added is stored"),
    "contested": N_("The outcome is contested; somebody else will look at it again"),
    "confirmed": N_("You confirmed the outcome, thank you"),
    "withdrawn": N_("You have withdrawn this matter"),
    "called-wrong": N_("An officer compares the words with the picture once more"),
    "kept-apart": N_("It is kept from them from now on"),
    "helped": N_("Thank you, your answer is counted"),
    "published": N_("Everybody can read the public text now"),
    "stopped": N_("It does not appear; an officer reads what else should be hidden"),
    "picture-shown": N_("Everybody can see the picture now"),
    "picture-gone": N_("The picture is not shown to the public"),
    "consent-withdrawn": N_("This matter will not be published"),
}


@dataclass(frozen=True)
class Forms:
    """The forms of the page; a refused one comes with what was typed and its errors."""

    answer: WordsForm = field(default_factory=WordsForm)
    add: WordsForm = field(default_factory=WordsForm)
    contest: ContestForm = field(default_factory=ContestForm)
    withdraw: WithdrawForm = field(default_factory=WithdrawForm)
    about: AboutForm = field(default_factory=AboutForm)
    wrong: WrongForm = field(default_factory=WrongForm)
    hide: HideForm = field(default_factory=HideForm)
    token: FormToken = field(default_factory=tokens.fresh)
    waiting: Sequence[StoredFile] = ()
    refused: str = ""  # name of the form that has errors or came back

    @property
    def typed(self) -> str:
        """What was typed into the refused form, for a page that does not offer that form any more."""
        form: PortalForm | None = getattr(self, self.refused, None)
        return next((str(form[name].data or "") for name in ("body", "reason", "about", "wrong", "hide") if form and name in form), "")

    @property
    def errors(self) -> PortalForm | None:
        """The form with errors, for the summary."""
        form: PortalForm | None = getattr(self, self.refused, None)
        return form if form is not None and form.errors else None


@bp.get("/feedback/case")
@audience(Audience.CITIZEN)
def case() -> Response | str:
    """The case that this browser's cookie opens; without one the way to the tracking page."""
    found = held_case()
    if found is None:
        return redirect(url_for("feedback.track", over=1), 303)
    return page(found, Forms(), done=request.args.get("done", ""))


@bp.get("/feedback/case/files/<public_id>")
@audience(Audience.CITIZEN)
def case_file(public_id: str) -> Response:
    """A file of this very case, of an act that its sender may see."""
    found = held_case()
    for file in way(found).files if found else ():
        if file.file.public_id == public_id:
            return send_stored(runtime().store, file.file)
    raise NotFound


@bp.get("/feedback/case/pictures/<address>")
@audience(Audience.CITIZEN)
def case_picture(address: str) -> Response:
    """The covered copy of a picture of this very case that its sender may judge."""
    found = held_case()
    row = by_address(db.session, found, address) if found else None
    if row is None or row.copy is None or row.state not in (PictureState.SHOWN, PictureState.RELEASED):
        raise NotFound
    return send_stored(runtime().store, row.copy)


def held_case() -> Case | None:
    """The case that the cookie opens."""
    number = cookies.get(cookies.CASE)
    return queries.by_number(db.session, number) if number else None


def way(found: Case) -> Journey:
    """The case as its sender reads it."""
    return journey(db.session, now(), found)


def page(found: Case, forms: Forms, *, done: str = "", sentence: str | None = None) -> str:
    """Draw the page; also for a refused form, whose own address has no page to read."""
    g.other_language_url = other_language_path() if request.method == "GET" else None
    salt, shown = tokens.case_salt(found.number), way(found)
    goal = goes_on_in(found)
    others = [part for part in shown.parts if part.case_id != found.id and possible(Act.WITHDRAW, part.case.status)]
    forms.withdraw.also.choices = [(part.case.number, f"{part.case.number} {part.title}") for part in others]
    return render_template(
        "feedback/case.html",
        case=found,
        journey=shown,
        withdrawable=others,
        goal=goal,
        goal_answer=[closing(runtime().keyring, goal)(row.body) for row in last_answer(db.session, goal)] if goal is not found else [],
        forms=forms,
        form=forms.errors,
        form_token=tokens.write(runtime().settings.secret_key, forms.token, salt),
        done=DONE.get(done),
        sentence=sentence,
        accept=ACCEPT,
        files_most=limits.files_most(),
        kept=keeping(db.session, found),
        read_by=read_by(db.session, found),
        is_aside=queries.quarantine_of(db.session, found) is not None,
        public=_public_text(found),
        pictures_waiting=waiting_of(found),
        pictures_public=shown_of(found),
        is_published=found.public is not None and found.public.state is PublicState.PUBLISHED,
        noindex=True,
    )


def _public_text(found: Case) -> object:
    """What the public reads or would read."""
    if found.public is not None and found.public.state is PublicState.PUBLISHED:
        return found.public
    return propose_public_text(db.session, found, runtime().keyring)
