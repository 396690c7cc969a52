"""What the sender does with the case: answer, add, contest, confirm, withdraw, take back the consent; a second press does it once."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.pictures.queries import shown_of
from portal.casework.pictures.rules import PictureState
from portal.casework.rules import Act, PublicState, Status, WordsKind, possible
from portal.casework.splitting.queries import parts_of
from portal.feedback import service
from portal.feedback.forms import AboutForm, ContestForm, HideForm, PictureForm, WithdrawForm, WordsForm, WrongForm
from portal.feedback.transcribing import pictured
from portal.feedback.views.acting import Answer, Attempt, act
from portal.feedback.views.blueprint import bp
from portal.kernel.actor import CITIZEN
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.forms import PortalForm


@bp.post("/feedback/case/answer")
@audience(Audience.CITIZEN)
def answer() -> Answer:
    """Answer the officer's question."""
    return act("answer", WordsForm, _speaks(WordsKind.CITIZEN_ANSWER, casework.citizen_answer), "answered")


@bp.post("/feedback/case/add")
@audience(Audience.CITIZEN)
def add() -> Answer:
    """Add words or files."""
    return act("add", WordsForm, _speaks(WordsKind.ADDITION, casework.citizen_add), "added")


@bp.post("/feedback/case/contest")
@audience(Audience.CITIZEN)
def contest() -> Answer:
    """Say that the outcome does not hold."""
    return act("contest", ContestForm, _contest, "contested")


@bp.post("/feedback/case/confirm")
@audience(Audience.CITIZEN)
def confirm() -> Answer:
    """Say that the matter is settled."""
    return act("", PortalForm, _confirm, "confirmed")


@bp.post("/feedback/case/withdraw")
@audience(Audience.CITIZEN)
def withdraw() -> Answer:
    """Take the matter back."""
    return act("withdraw", WithdrawForm, _withdraw, "withdrawn")


@bp.post("/feedback/case/agree")
@audience(Audience.CITIZEN)
def agree() -> Answer:
    """Let the public text appear."""
    return act("", PortalForm, _agree, "published")


@bp.post("/feedback/case/hide-more")
@audience(Audience.CITIZEN)
def hide_more() -> Answer:
    """Stop the public text, so that more of it is hidden."""
    return act("hide", HideForm, _hide_more, "stopped")


@bp.post("/feedback/case/picture/agree")
@audience(Audience.CITIZEN)
def agree_to_picture() -> Answer:
    """Let a picture appear."""
    return act("", PictureForm, _agree_to_picture, "picture-shown")


@bp.post("/feedback/case/picture/refuse")
@audience(Audience.CITIZEN)
def refuse_picture() -> Answer:
    """Let a picture not appear, or take it from the public."""
    return act("", PictureForm, _refuse_picture, "picture-gone")


@bp.post("/feedback/case/wrong")
@audience(Audience.CITIZEN)
def wrong() -> Answer:
    """Say that the words an officer typed are not those of the picture."""
    return act("wrong", WrongForm, _wrong, "called-wrong")


@bp.post("/feedback/case/about")
@audience(Audience.CITIZEN)
def about() -> Answer:
    """Say that it is about an officer or unit, and keep it from them."""
    return act("about", AboutForm, _about, "kept-apart")


@bp.post("/feedback/case/withdraw-consent")
@audience(Audience.CITIZEN)
def withdraw_consent() -> Answer:
    """Take back the consent to publish."""
    return act("", PortalForm, _withdraw_consent, "consent-withdrawn")


def _speaks(kind: WordsKind, verb: Callable[..., object]) -> Callable[[Session, Case, Attempt], None]:
    def speak(session: Session, case: Case, attempt: Attempt) -> None:
        words = attempt.form["body"].data or ""
        rows = service.all_of(session, now(), attempt.handed)
        if service.is_repeat(session, now(), case, kind, words, rows):
            return
        verb(session, CITIZEN, now(), case, words, file_ids=[row.id for row in rows])
        service.attach(session, now(), attempt.handed, rows)

    return speak


def _contest(session: Session, case: Case, attempt: Attempt) -> None:
    words = attempt.form["body"].data or ""
    pressed_twice = case.status is Status.CONTESTED and (not words or service.is_repeat(session, now(), case, WordsKind.CONTEST, words))
    if not pressed_twice:
        casework.contest(session, CITIZEN, now(), case, words)


def _confirm(session: Session, case: Case, _attempt: Attempt) -> None:
    if case.confirmed_at is None:
        casework.confirm(session, CITIZEN, now(), case)


def _withdraw(session: Session, case: Case, attempt: Attempt) -> None:
    if case.status is not Status.WITHDRAWN:
        pressed = bool(attempt.form["pressed"].data)
        reason = attempt.form["reason"].data or ""
        also = set(attempt.form["also"].data or ())
        others = [part.case for part in parts_of(session, case) if part.case.number in also and part.case_id != case.id]
        for one in [case, *(other for other in others if possible(Act.WITHDRAW, other.status))]:
            casework.withdraw(session, CITIZEN, now(), one, reason, pressed=pressed)


def _agree(session: Session, case: Case, _attempt: Attempt) -> None:
    published = case.public is not None and case.public.state is PublicState.PUBLISHED
    if case.public_draft is not None or not published:
        casework.agree_to_publication(session, CITIZEN, now(), case)


def _hide_more(session: Session, case: Case, attempt: Attempt) -> None:
    words = attempt.form["hide"].data or ""
    if case.public_draft is not None or not service.is_repeat(session, now(), case, WordsKind.ADDITION, words):
        casework.hide_more(session, CITIZEN, now(), case, words)


def _agree_to_picture(session: Session, case: Case, attempt: Attempt) -> None:
    address = attempt.form["picture"].data or ""
    if address not in {row.address for row in shown_of(case)}:
        casework.agree_to_picture(session, CITIZEN, now(), case, address)


def _refuse_picture(session: Session, case: Case, attempt: Attempt) -> None:
    address = attempt.form["picture"].data or ""
    gone = {row.address for row in case.pictures if row.state in (PictureState.STOPPED, PictureState.WITHDRAWN)}
    if address not in gone:
        casework.take_picture_away(session, CITIZEN, now(), case, address)


def _wrong(session: Session, case: Case, attempt: Attempt) -> None:
    if case.letter is None or case.letter.wrong_at is None:
        pictured.call_wrong(session, CITIZEN, now(), case, attempt.form["wrong"].data or "")


def _about(session: Session, case: Case, attempt: Attempt) -> None:
    words = attempt.form["about"].data or ""
    if not service.is_repeat(session, now(), case, WordsKind.ABOUT, words):
        casework.say_about(session, CITIZEN, now(), case, words, above=bool(attempt.form["above"].data))


def _withdraw_consent(session: Session, case: Case, _attempt: Attempt) -> None:
    if case.publish_consent:
        casework.withdraw_consent(session, CITIZEN, now(), case)
