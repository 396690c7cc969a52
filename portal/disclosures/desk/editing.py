"""Writing a text and moving it on: save, review, publish, withdraw, preview."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.db import unit_of_work
from portal.disclosures import policy, rules, service
from portal.disclosures.desk.at_hand import AtHand, at_hand
from portal.disclosures.desk.blueprint import Answer, bp
from portal.disclosures.forms import EditForm, WithdrawForm
from portal.disclosures.importing.faults import body_faults
from portal.disclosures.models import DisclosureTranslation
from portal.disclosures.reading import of_draft
from portal.disclosures.rules import Move, PublishState
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import Message
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import LANGUAGES


@bp.route("/desk/disclosures/<slug>/<any(th, en):text_language>", methods=["GET", "POST"])
@audience(Audience.DESK, *policy.ROLES)
def edit(slug: str, text_language: str) -> Answer:
    """Write the text of one language and the settings; the button says what happens after saving."""
    desk = at_hand(slug, text_language)
    if request.method == "GET":
        return _render_edit(desk, desk.form(None))
    form = desk.form(request.form)
    if not form.validate():
        return _render_edit(desk, form), 422
    try:
        _save(desk, form)
        return _after_saving(slug, text_language, request.form.get("action", "save"))
    except Conflict:
        db.session.rollback()
        return _render_edit(at_hand(slug, text_language), form, conflict=True), 409
    except Invalid as invalid:
        db.session.rollback()
        form.errors_from(invalid)
        return _render_edit(at_hand(slug, text_language), form), 422


@bp.post("/desk/disclosures/<slug>/<any(th, en):text_language>/send-back")
@audience(Audience.DESK, *policy.ROLES)
def send_back(slug: str, text_language: str) -> Answer:
    """From review back to draft."""
    with unit_of_work(db.session):
        service.send_back(db.session, current_actor(), now(), at_hand(slug, text_language).saved)
    return redirect(url_for("disclosures_desk.edit", slug=slug, text_language=text_language, done="sent-back"), 303)


@bp.post("/desk/disclosures/<slug>/<any(th, en):text_language>/withdraw")
@audience(Audience.DESK, *policy.ROLES)
def withdraw(slug: str, text_language: str) -> Answer:
    """Take the text away from the public, with a reason."""
    form = WithdrawForm(request.form)
    if form.validate():
        try:
            with unit_of_work(db.session):
                service.withdraw(db.session, current_actor(), now(), at_hand(slug, text_language).saved, form.reason.data)
            return redirect(url_for("disclosures_desk.edit", slug=slug, text_language=text_language, done="withdrawn"), 303)
        except Invalid as invalid:
            form.errors_from(invalid)
    desk = at_hand(slug, text_language)
    return _render_edit(desk, desk.form(None), withdraw_form=form), 422


@bp.get("/desk/disclosures/<slug>/<any(th, en):text_language>/preview")
@audience(Audience.DESK, *policy.ROLES)
def preview(slug: str, text_language: str) -> str:
    """The saved draft as the public would read it."""
    desk = at_hand(slug, text_language)
    view = of_draft(desk.page, desk.saved)
    return render_template("disclosures_desk/preview.html", page=desk.page, view=view, noindex=True)


def _save(desk: AtHand, form: EditForm) -> None:
    """One unit of work: text, settings, related pages."""
    text, settings = form.text(), form.settings(desk.page, desk.people, desk.units, desk.nodes, desk.missions)
    slug, actor = desk.page.slug, current_actor()
    with unit_of_work(db.session) as session:
        fresh = at_hand(slug, desk.language)
        translation = fresh.translation or service.add_language(session, actor, now(), fresh.page, desk.language, text)
        seen = _row_version() if fresh.translation else translation.row_version
        service.edit(session, actor, now(), translation, seen, text, settings)
        service.set_related(session, actor, now(), fresh.page, (form.related.data or "").split())


def _row_version() -> int:
    text = request.form.get("row_version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _after_saving(slug: str, text_language: str, action: str) -> Response:
    """Review or publish what is saved now, in a unit of its own: a refusal loses nothing that was typed."""
    act = {"review": service.submit_for_review, "publish": service.publish}.get(action)
    if act is not None:
        with unit_of_work(db.session):
            act(db.session, current_actor(), now(), at_hand(slug, text_language).saved)
    done = {"review": "in-review", "publish": "published", "preview": "saved"}.get(action, "saved")
    if action == "preview":
        return redirect(url_for("disclosures_desk.preview", slug=slug, text_language=text_language), 303)
    return redirect(url_for("disclosures_desk.edit", slug=slug, text_language=text_language, done=done), 303)


def _render_edit(desk: AtHand, form: EditForm, *, conflict: bool = False, withdraw_form: WithdrawForm | None = None) -> str:
    translation = desk.translation
    state = translation.state if translation else PublishState.DRAFT
    public = bool(translation and translation.is_public)
    found = [Message(one["text"], one["values"]) for one in translation.findings] if translation else []
    return render_template(
        "disclosures_desk/edit.html",
        page=desk.page,
        text_language=desk.language,
        languages=LANGUAGES,
        translation=translation,
        form=form,
        state=state,
        may={move.value: rules.allows(move, state, is_public=public) for move in Move},
        conflict_rows=_differences(translation, form) if conflict and translation else [],
        findings=[say(message) for message in found],
        warnings=[say(message) for message in body_faults(translation.body) if message not in found] if translation else [],
        withdraw_form=withdraw_form or WithdrawForm(),
        done=request.args.get("done"),
        noindex=True,
    )


def _differences(translation: DisclosureTranslation, form: EditForm) -> list[dict[str, str]]:
    """Both texts of the fields in which two editors differ."""
    fields = [form.title, form.lead, form.body, form.change_note]
    pairs = [(field.label.text, getattr(translation, field.name), field.data or "") for field in fields]
    return [{"label": label, "theirs": theirs, "mine": mine} for label, theirs, mine in pairs if theirs != mine]
