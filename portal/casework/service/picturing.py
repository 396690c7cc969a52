"""Pictures for the public: an officer covers and shows one, the sender looks, it appears, it goes. In words: ``docs/rules/pictures.md``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.agencies.options import value_of
from portal.audit import service as audit
from portal.casework import policy
from portal.casework.exposed.models import ExposedPassage
from portal.casework.exposed.rules import PassageState, What
from portal.casework.models import Case, CaseEvent, PublicPicture
from portal.casework.options import SHOWN_BEFORE
from portal.casework.pictures import queries
from portal.casework.pictures.rules import ALT_MOST, PictureState, Step, after, checked_areas, shown_days
from portal.casework.rules import Act, PublicState, WordsKind
from portal.casework.service.door import Extra, Said, act_on, allow
from portal.casework.service.publishing import check_allowed
from portal.casework.texts import as_written, optional, problem, required, tidy_line
from portal.db.revision import raise_public_revision
from portal.files import service as files
from portal.files.models import StoredFile
from portal.files.rules import PICTURES, Area
from portal.files.service import Received
from portal.files.store import FileStore
from portal.kernel.actor import SYSTEM, Actor, ActorKind
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.redaction import propose

PREPARED = "case.picture_prepared"


@dataclass(frozen=True)
class Covering:
    """What an officer wrote on the page that shows the picture, checked by ``check_covering``."""

    areas: Sequence[Area]
    alt_th: str
    alt_en: str
    accuses: bool


def check_covering(areas: Sequence[Area], alt_th: str, alt_en: str, *, looked: bool, accuses: bool) -> Covering:
    """Before the slow work: raises ``Invalid`` by field; ``looked`` is the officer's tick."""
    wrong: dict[str, list[Message]] = {}
    texts = {"alt_th": tidy_line(alt_th), "alt_en": tidy_line(alt_en)}
    for field, text in texts.items():
        if fault := _fault_of(text):
            wrong[field] = [fault]
    if not looked:
        wrong["looked"] = [Message(N_("Look at the whole picture first, and say so"))]
    try:
        kept = checked_areas(areas)
    except Invalid as invalid:
        raise Invalid({**wrong, **invalid.fields}) from invalid
    if wrong:
        raise Invalid(wrong)
    return Covering(kept, texts["alt_th"], texts["alt_en"], accuses)


def add_photograph(session: Session, actor: Actor, now: datetime, case: Case, received: Sequence[Received], words: str) -> CaseEvent:
    """An officer adds pictures that show what was done, with words for officers; nobody else sees them before one is released."""
    allow(policy.can_publish(actor, case))
    said = Said(WordsKind.NOTE, required("words", words, Message(N_("Write what the pictures show"))))
    if not received or any(one.media_type not in PICTURES for one in received):
        raise Invalid({"files": [Message(N_("Choose a picture"))]})
    rows = [files.keep(session, now, one) for one in received]
    return act_on(session, actor, now, case, Act.NOTE, Extra([said], file_ids=[row.id for row in rows]))


def prepare_picture(
    session: Session, actor: Actor, now: datetime, store: FileStore, case: Case, source: StoredFile, covering: Covering, copy: Received
) -> PublicPicture:
    """Keep the covered copy, new or in place of one that is not public; the bytes of the old one go once this is committed."""
    allow(policy.can_publish(actor, case))
    _check_public(session, case)
    row = queries.of_case(session, case).get(source.id) or PublicPicture(case_id=case.id, source_id=source.id)
    row.state = after(Step.PREPARE, row.state if row.id else None)
    old, kept = row.copy_id, files.keep(session, now, copy)
    row.copy_id, row.address, row.areas = kept.id, kept.public_id, [list(area) for area in covering.areas]
    row.alt_th, row.alt_en, row.accuses = covering.alt_th, covering.alt_en, covering.accuses
    assert actor.user_id is not None
    row.prepared_by_id, row.prepared_at = actor.user_id, now
    row.released_by_id = row.appears_at = row.released_at = None
    session.add(row)
    session.flush()
    if old is not None:
        files.erase(session, store, [old])
    detail = {"picture": row.id, "areas": len(row.areas)}
    audit.record(session, actor, now, PREPARED, "case", case.number, agency_id=case.agency_id, detail=detail)
    session.expire(case, ["pictures"])
    return row


def may_show(actor: Actor, row: PublicPicture) -> bool:
    """Where somebody is accused, another than who prepared it; whether the actor may publish at all is asked elsewhere."""
    return actor.user_id is not None and not (row.accuses and row.prepared_by_id == actor.user_id)


def show_picture(session: Session, actor: Actor, now: datetime, case: Case, address: str) -> CaseEvent:
    """An officer's yes to exactly this copy: the sender sees it now, everybody when the sender agrees or the time is over."""
    row = _row(session, case, address)
    allow(policy.can_publish(actor, case) and may_show(actor, row))
    _check_public(session, case)
    row.state = after(Step.SHOW, row.state)
    days = shown_days(int(value_of(session, SHOWN_BEFORE, case.agency_id)))
    row.released_by_id, row.appears_at = actor.user_id, now + timedelta(days=days)
    return act_on(session, actor, now, case, Act.SHOW_PICTURE, Extra(detail={"picture": row.id, "days": days}))


def agree_to_picture(session: Session, actor: Actor, now: datetime, case: Case, address: str) -> CaseEvent:
    """The sender has seen it and lets it appear now."""
    allow(actor.kind is ActorKind.CITIZEN)
    _check_public(session, case)
    return _release(session, actor, now, case, _row(session, case, address))


def picture_due(session: Session, now: datetime, case: Case, picture_id: int) -> CaseEvent | None:
    """Let one appear whose time has come; None where it may not appear any more, and then it is stopped."""
    row = session.get(PublicPicture, picture_id, populate_existing=True)
    if row is None or row.state is not PictureState.SHOWN or row.appears_at is None or row.appears_at > now:
        return None
    try:
        _check_public(session, case)
    except Conflict:
        row.state, row.appears_at = after(Step.STOP, row.state), None
        return None
    return _release(session, SYSTEM, now, case, row)


def take_picture_away(session: Session, actor: Actor, now: datetime, case: Case, address: str, why: str = "") -> CaseEvent:
    """Stop one that waits, or withdraw one that is public. An officer says why, the sender need not."""
    row, is_sender = _row(session, case, address), actor.kind is ActorKind.CITIZEN
    allow(is_sender or policy.can_publish(actor, case))
    step = Step.WITHDRAW if row.state is PictureState.RELEASED else Step.STOP
    row.state, row.appears_at = after(step, row.state), None
    if is_sender:
        said = Said(WordsKind.ADDITION, optional("hide", why, read=as_written))
    else:
        said = Said(WordsKind.NOTE, required("why", why, Message(N_("Write why it is not shown"))))
    _close_reports(session, actor, now, row)
    _changed(session, case)
    return act_on(session, actor, now, case, Act.WITHDRAW_PICTURE, Extra([said], {"picture": row.id, "step": step.value}))


def hide_reported_picture(session: Session, actor: Actor, now: datetime, row: PublicPicture) -> CaseEvent:
    """An officer agrees with whoever reported it; raises ``Conflict`` where it is not public any more."""
    allow(policy.can_publish(actor, row.case))
    row.state = after(Step.WITHDRAW, row.state)
    _close_reports(session, actor, now, row)
    _changed(session, row.case)
    return act_on(session, actor, now, row.case, Act.WITHDRAW_PICTURE, Extra(detail={"picture": row.id, "step": "reported"}))


def _release(session: Session, actor: Actor, now: datetime, case: Case, row: PublicPicture) -> CaseEvent:
    row.state, row.released_at, row.appears_at = after(Step.RELEASE, row.state), now, None
    _changed(session, case)
    return act_on(session, actor, now, case, Act.RELEASE_PICTURE, Extra(detail={"picture": row.id}))


def _row(session: Session, case: Case, address: str) -> PublicPicture:
    row = queries.by_address(session, case, address)
    if row is None:
        raise NotFound
    return row


def _check_public(session: Session, case: Case) -> None:
    check_allowed(session, case)
    if case.public is None or case.public.state is not PublicState.PUBLISHED:
        raise Conflict(Message(N_("Publish the text first; pictures are shown with it")))


def _changed(session: Session, case: Case) -> None:
    raise_public_revision(session)
    session.expire(case, ["pictures"])


def _close_reports(session: Session, actor: Actor, now: datetime, row: PublicPicture) -> None:
    """What somebody reported in a picture that is gone needs nobody any more."""
    waits = (ExposedPassage.key == row.address, ExposedPassage.what == What.PICTURE, ExposedPassage.state == PassageState.REPORTED)
    values = {"state": PassageState.CLOSED, "decided_by_id": actor.user_id, "decided_at": now, "key": ""}
    session.execute(update(ExposedPassage).where(*waits).values(**values))


def _fault_of(text: str) -> Message | None:
    if text and propose(text):
        return Message(N_("Say what is to be seen, and name nobody"))
    return problem(text, Message(N_("Write what is to be seen, for who does not see the picture")), ALT_MOST)
