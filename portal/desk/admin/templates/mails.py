"""The text of one mail: read, looked at as a sender reads it, kept, or back to what holds otherwise."""

from flask import redirect, render_template, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from portal.accounts.queries import names_of
from portal.casework.mails import default_text
from portal.casework.texts import tidy
from portal.casework.wording import queries
from portal.casework.wording.models import MailWording
from portal.casework.wording.rules import MAIL_FIELDS, Field, MailKind, fields_of
from portal.casework.wording.service import Texts, back_to_default, checked_mail, word_mail
from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.templates import preview
from portal.desk.admin.templates.forms import MailTextForm
from portal.desk.admin.whose import Whose, whose
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say

Answer = Response | str | tuple[str, int]
NO_WORDS = Message(
    N_(
        "Without {words} nobody reads in the mail what the officer wrote, not even who gave a name openly; "
        "everybody opens the tracking page for it"
    )
)


@bp.get("/desk/admin/templates/mails/<code>")
@audience(Audience.DESK, *ADMINISTRATORS)
def mail_text(code: str) -> str:
    """The text that holds, ready to be changed."""
    chosen, mail = whose(), _mail(code)
    return _page(chosen, mail, _filled(chosen, mail))


@bp.post("/desk/admin/templates/mails/<code>")
@audience(Audience.DESK, *ADMINISTRATORS)
def word_mail_text(code: str) -> Answer:
    """Look at it, or keep it; a text that leaves words out is kept when the person has read what that means."""
    form, chosen, mail = MailTextForm(request.form), whose(), _mail(code)
    try:
        texts = checked_mail(mail, _own(chosen, mail, form.texts))
        warned = _warned(chosen, mail, texts)
        if "preview" in request.form or (warned and not form.sure.data):
            return _page(chosen, mail, form, warned=warned, looked="preview" in request.form)
        with unit_of_work(db.session) as session:
            word_mail(session, current_actor(), now(), mail, whose().agency, texts, form.seen)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(whose(), mail, form), 422
    except Conflict:
        return _page(whose(), mail, form, stale=True), 409
    return redirect(url_for("admin.templates", agency=whose().slug, done="mail"), 303)


@bp.post("/desk/admin/templates/mails/<code>/reset")
@audience(Audience.DESK, *ADMINISTRATORS)
def reset_mail_text(code: str) -> Answer:
    """Let what holds otherwise hold again."""
    mail, form = _mail(code), MailTextForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            back_to_default(session, current_actor(), now(), mail, whose().agency, form.seen)
    except Conflict:
        chosen = whose()
        return _page(chosen, mail, _otherwise_form(chosen, mail), stale=True), 409
    return redirect(url_for("admin.templates", agency=whose().slug, done="reset"), 303)


def _mail(code: str) -> MailKind:
    if code not in set(MailKind):
        raise NotFound
    return MailKind(code)


def _otherwise(chosen: Whose, mail: MailKind, language: str) -> str:
    """What the mail says where nothing is written here."""
    above = queries.own_text(db.session, mail, language, None) if chosen.agency else ""
    with force_locale(language):
        return above or default_text(mail)


def _own(chosen: Whose, mail: MailKind, texts: Texts) -> Texts:
    """A text that is the same as what holds otherwise is none of one's own."""

    def own(text: str, language: str) -> str:
        return "" if tidy(text) == tidy(_otherwise(chosen, mail, language)) else text

    return Texts(own(texts.th, "th"), own(texts.en, "en"))


def _warned(chosen: Whose, mail: MailKind, texts: Texts) -> list[Message]:
    """Words that this text takes out of the mail, where the one that holds now has them."""
    if mail not in preview.WORDS:
        return []
    row, found = _row(chosen, mail), []
    for language, text in (("th", texts.th), ("en", texts.en)):
        before = (row.in_language(language) if row else "") or _otherwise(chosen, mail, language)
        found.append(bool(text) and Field.WORDS.value in fields_of(before) - fields_of(text))
    return [NO_WORDS] if any(found) else []


def _row(chosen: Whose, mail: MailKind) -> MailWording | None:
    return queries.wordings(db.session, chosen.agency_id, [mail]).get(mail)


def _filled(chosen: Whose, mail: MailKind) -> MailTextForm:
    row = _row(chosen, mail)
    texts = {
        f"text_{language}": (row.in_language(language) if row else "") or _otherwise(chosen, mail, language) for language in ("th", "en")
    }
    return MailTextForm(data=texts)


def _otherwise_form(chosen: Whose, mail: MailKind) -> MailTextForm:
    return MailTextForm(data={f"text_{language}": _otherwise(chosen, mail, language) for language in ("th", "en")})


def _page(
    chosen: Whose, mail: MailKind, form: MailTextForm, *, warned: list[Message] | None = None, looked: bool = False, stale: bool = False
) -> str:
    row = _row(chosen, mail)
    people = names_of(db.session, {row.changed_by_id}) if row and row.changed_by_id else {}
    typed = Texts(
        form.texts.th or _otherwise(chosen, mail, "th"),
        form.texts.en or _otherwise(chosen, mail, "en"),
    )
    return render_template(
        "desk/admin/templates/mail.html",
        whose=chosen,
        mail=mail,
        form=form,
        row=row,
        saved=_filled(chosen, mail).texts if stale else None,
        changed_by=people.get(row.changed_by_id or 0, "") if row else "",
        fields=MAIL_FIELDS[mail],
        warned=[say(message) for message in warned or ()],
        looked=looked,
        previews=[] if form.errors else list(preview.of_mail(mail, chosen.agency, typed)),
        noindex=True,
    )
