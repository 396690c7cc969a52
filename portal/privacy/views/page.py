"""The page about one's data, for whoever holds the code of the case."""

from dataclasses import dataclass, field

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.casework import identity, queries
from portal.casework.models import Case
from portal.casework.rules import Anonymity, PublicState
from portal.kernel.messages import N_
from portal.privacy import queries as privacy
from portal.privacy.forms import AppealForm, ContactForm, EraseForm, NameForm, OtherForm
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import Decision, RequestAct, appeal_until, may_appeal, possible
from portal.privacy.views.blueprint import bp
from portal.web import form_token, held
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.form_token import FormToken
from portal.web.forms import PortalForm
from portal.web.language import other_language_path
from portal.web.runtime import runtime

#: What the page says after an act, by ``?done=``.
DONE = {
    "corrected": N_("Your contact is corrected"),
    "same": N_("That is what we have already, nothing was changed"),
    "identity-erased": N_("Your name and contacts are erased"),
    "identity-waits": N_("Your name and contacts go as soon as nothing stands in the way; what that is stands below"),
    "consent-withdrawn": N_("The text is no longer published"),
    "asked": N_("We have your request"),
    "appealed": N_("Your appeal is with somebody who did not decide"),
    "taken-back": N_("You took the request back"),
}


@dataclass(frozen=True)
class Forms:
    """The forms of the page; a refused one comes with what was typed and its errors."""

    contact: ContactForm = field(default_factory=ContactForm)
    name: NameForm = field(default_factory=NameForm)
    erase: EraseForm = field(default_factory=EraseForm)
    other: OtherForm = field(default_factory=OtherForm)
    appeal: AppealForm = field(default_factory=AppealForm)
    token: FormToken = field(default_factory=form_token.fresh)
    refused: str = ""  # name of the form that came back
    about: str = ""  # public id of the request that a refused appeal is about

    @property
    def errors(self) -> PortalForm | None:
        """The form with errors, for the summary."""
        form: PortalForm | None = getattr(self, self.refused, None)
        return form if form is not None and (form.errors or form.form_errors) else None


@bp.get("/feedback/privacy")
@audience(Audience.CITIZEN)
def page() -> Response | str:
    """What is kept and what can be asked; without the cookie the way to the tracking page."""
    case = held_case()
    if case is None:
        return redirect(url_for("feedback.track", over=1), 303)
    return draw(case, Forms(), done=request.args.get("done", ""))


def held_case() -> Case | None:
    """The case that the cookie opens."""
    number = held.get(runtime().keyring, held.CASE)
    return queries.by_number(db.session, number) if number else None


def salt_of(case: Case) -> str:
    """Salt of the forms of one case, so that a form for another case is noticed."""
    return f"privacy form {case.number}"


def draw(case: Case, forms: Forms, *, done: str = "", sentence: str | None = None) -> str:
    """The page; also for a refused form, whose own address has no page to read."""
    g.other_language_url = other_language_path() if request.method == "GET" else None
    contact = identity.opened(runtime().keyring, case)
    requests = privacy.of_case(db.session, case)
    return render_template(
        "privacy/page.html",
        case=case,
        forms=forms,
        form=forms.errors,
        form_token=form_token.write(runtime().settings.secret_key, forms.token, salt_of(case)),
        masked=identity.masked(contact),
        given=contact,
        anonymous=case.anonymity is Anonymity.ANONYMOUS,
        is_published=case.public is not None and case.public.state is PublicState.PUBLISHED,
        hindrance=privacy.hindrance(db.session, case),
        requests=[(one, can_appeal(one), _until(one)) for one in requests],
        waits=next((one for one in requests if one.parts == ["identity"] and one.status.value == "waiting"), None),
        possible=possible,
        take_back=RequestAct.TAKE_BACK,
        done=DONE.get(done),
        sentence=sentence,
        noindex=True,
    )


def can_appeal(one: PrivacyRequest) -> bool:
    """The page offers an appeal."""
    open_to_it = possible(RequestAct.APPEAL, one.status) and one.decision in (Decision.PARTLY, Decision.REFUSED)
    return bool(open_to_it and one.appealed_at is None and one.decided_at and may_appeal(now(), one.decided_at))


def _until(one: PrivacyRequest) -> object:
    return appeal_until(one.decided_at) if one.decided_at else None
