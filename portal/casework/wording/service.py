"""Writing texts. Raise ``NotAllowed``, ``Invalid`` by field, ``Conflict`` when somebody saved first."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.policy import can_administer
from portal.audit import service as audit
from portal.casework.rules import CaseKind
from portal.casework.texts import tidy, tidy_line, too_long
from portal.casework.wording import queries
from portal.casework.wording.models import MailWording, ReadyReply
from portal.casework.wording.rules import MAIL_FIELDS, REPLY_FIELDS, Fields, MailKind, problems
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message

NAME_MOST = 120
OFFERED_MOST = 100
CHANGED = Message(N_("Somebody else has changed this text since you opened the page; look at it again"))


@dataclass(frozen=True)
class Texts:
    """A text in both languages, as it was typed."""

    th: str
    en: str = ""

    def tidied(self) -> "Texts":
        """As it is stored."""
        return Texts(tidy(self.th), tidy(self.en))

    def wrong(self, fields: Fields) -> dict[str, list[Message]]:
        """What is wrong, by field of the form."""
        found = {"text_th": problems(self.th, fields), "text_en": problems(self.en, fields)}
        return {name: messages for name, messages in found.items() if messages}


@dataclass(frozen=True)
class Ready:
    """A ready reply as it was typed; ``kind`` is a code or empty."""

    name_th: str
    name_en: str
    kind: str
    texts: Texts


def checked_mail(mail: MailKind, texts: Texts) -> Texts:
    """The texts as they would be stored."""
    tidied = texts.tidied()
    if wrong := tidied.wrong(MAIL_FIELDS[mail]):
        raise Invalid(wrong)
    return tidied


def word_mail(session: Session, actor: Actor, now: datetime, mail: MailKind, agency: Agency | None, texts: Texts, version: int) -> None:
    """Set the text of a mail for an agency, or for the whole portal without one; both languages empty is ``back_to_default``.

    ``version`` is the ``row_version`` that the person saw, 0 where nothing was written.
    """
    _allow(can_administer(actor, agency))
    stored = checked_mail(mail, texts)
    if not stored.th and not stored.en:
        back_to_default(session, actor, now, mail, agency, version)
        return
    row = _wording(session, mail, agency, version)
    if row is None:
        row = MailWording(agency_id=agency.id if agency else None, mail=mail)
        session.add(row)
    row.text_th, row.text_en, row.changed_by_id, row.changed_at = stored.th, stored.en, actor.user_id, now
    session.flush()
    languages = [language for language, text in (("th", stored.th), ("en", stored.en)) if text]
    detail = {"own_text": ",".join(languages)}  # words are no business of the trail
    audit.record(session, actor, now, "mail_text.changed", "mail_text", mail.value, agency_id=row.agency_id, detail=detail)


def back_to_default(session: Session, actor: Actor, now: datetime, mail: MailKind, agency: Agency | None, version: int) -> None:
    """Forget what was written, so that the text that holds otherwise holds again; doing it twice changes nothing more."""
    _allow(can_administer(actor, agency))
    row = _wording(session, mail, agency, version)
    if row is None:
        return
    session.delete(row)
    session.flush()
    audit.record(session, actor, now, "mail_text.reset", "mail_text", mail.value, agency_id=agency.id if agency else None)


def _wording(session: Session, mail: MailKind, agency: Agency | None, version: int) -> MailWording | None:
    row = queries.wordings(session, agency.id if agency else None, [mail]).get(mail)
    if (row.row_version if row else 0) != version:
        raise Conflict(CHANGED)
    return row


def add_reply(session: Session, actor: Actor, now: datetime, agency: Agency, ready: Ready) -> ReadyReply:
    """Keep one more ready reply."""
    _allow(can_administer(actor, agency))
    values = checked_reply(session, agency, ready)
    row = ReadyReply(agency_id=agency.id, key=secrets.token_hex(8), **values)
    session.add(row)
    return _done(session, actor, now, row, "ready_reply.added")


def edit_reply(session: Session, actor: Actor, now: datetime, row: ReadyReply, ready: Ready, version: int) -> ReadyReply:
    """Write it anew; what was sent with it stays as it was sent."""
    _allow(can_administer(actor, row.agency))
    _expect(row, version)
    for name, value in checked_reply(session, row.agency, ready, but=row.id).items():
        setattr(row, name, value)
    return _done(session, actor, now, row, "ready_reply.edited")


def close_reply(session: Session, actor: Actor, now: datetime, row: ReadyReply, version: int) -> ReadyReply:
    """Offer it no longer."""
    _allow(can_administer(actor, row.agency))
    _expect(row, version)
    row.closed_at = now
    return _done(session, actor, now, row, "ready_reply.closed")


def reopen_reply(session: Session, actor: Actor, now: datetime, row: ReadyReply, version: int) -> ReadyReply:
    """Offer it again, if nothing else has its name now."""
    _allow(can_administer(actor, row.agency))
    _expect(row, version)
    if _is_taken(session, row.agency_id, row.name_th, but=row.id):
        raise Invalid({"name_th": [Message(N_("Another ready reply of this agency has this name"))]})
    row.closed_at = None
    return _done(session, actor, now, row, "ready_reply.reopened")


def checked_reply(session: Session, agency: Agency, ready: Ready, but: int = 0) -> dict[str, object]:
    """The columns as they would be stored; ``but`` is the row that is being edited."""
    texts, name_th, name_en = ready.texts.tidied(), tidy_line(ready.name_th), tidy_line(ready.name_en)
    wrong = texts.wrong(REPLY_FIELDS)
    if not texts.th:
        wrong["text_th"] = [Message(N_("Write the text in Thai"))]
    if not name_th:
        wrong["name_th"] = [Message(N_("Write a name by which officers know it"))]
    wrong |= {field: [too_long(NAME_MOST)] for field, name in (("name_th", name_th), ("name_en", name_en)) if len(name) > NAME_MOST}
    if ready.kind and ready.kind not in set(CaseKind):
        wrong["kind"] = [Message(N_("Choose one of the options"))]
    if _is_taken(session, agency.id, name_th, but):
        wrong["name_th"] = [Message(N_("Another ready reply of this agency has this name"))]
    if not but and _count(session, agency.id) >= OFFERED_MOST:
        wrong["name_th"] = [Message(N_("An agency keeps at most %(most)s ready replies; close one first"), {"most": OFFERED_MOST})]
    if wrong:
        raise Invalid(wrong)
    kind = CaseKind(ready.kind) if ready.kind else None
    return {"name_th": name_th, "name_en": name_en, "kind": kind, "text_th": texts.th, "text_en": texts.en}


def _is_taken(session: Session, agency_id: int, name_th: str, but: int) -> bool:
    same = select(ReadyReply.id).where(ReadyReply.agency_id == agency_id, ReadyReply.name_th == name_th, ReadyReply.closed_at.is_(None))
    return session.scalar(same.where(ReadyReply.id != but).limit(1)) is not None


def _count(session: Session, agency_id: int) -> int:
    offered = select(func.count()).select_from(ReadyReply).where(ReadyReply.agency_id == agency_id, ReadyReply.closed_at.is_(None))
    return session.scalar(offered) or 0


def _done(session: Session, actor: Actor, now: datetime, row: ReadyReply, act: str) -> ReadyReply:
    row.changed_by_id, row.changed_at = actor.user_id, now
    session.flush()
    audit.record(session, actor, now, act, "ready_reply", row.key, agency_id=row.agency_id)
    return row


def _expect(row: ReadyReply, version: int) -> None:
    if row.row_version != version:
        raise Conflict(CHANGED)


def _allow(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed
