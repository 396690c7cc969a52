"""Keeping improvements: planning, editing, the steps, linking opinions, what senders say. Raise ``Invalid``, ``Conflict`` …"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.casework.models import Case
from portal.casework.texts import optional, required
from portal.db.revision import raise_public_revision
from portal.disclosures import queries as disclosures
from portal.disclosures.models import Disclosure
from portal.files import service as files
from portal.files.service import Received
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BUDDHIST_OFFSET, office_day
from portal.kernel.thai_text import fold_digits
from portal.outbox.service import announce
from portal.outcomes import policy
from portal.outcomes.improvements import queries, rules
from portal.outcomes.improvements.entry import Choices, Entry, checked
from portal.outcomes.improvements.models import Improvement, ImprovementCase, ImprovementEvent
from portal.outcomes.improvements.rules import OVER, Helped, ImprovementState, Step

#: Announced for each step that senders are told of; with ``case_id`` for one of them only.
STEPPED = "improvement.stepped"
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")


def choices(session: Session, agency: Agency, now_chosen: Improvement | None = None) -> Choices:
    """Units and people of the agency; who or what is chosen already stays on offer."""
    units = list(agencies.by_ids(session, agencies.subtree_ids(session, [agency.id])).values())
    people = list(accounts.workers_of(session, agency.id, CASE_ROLES))
    if now_chosen is not None:
        units += [now_chosen.unit] if now_chosen.unit not in units else []
        people += [now_chosen.owner] if now_chosen.owner and now_chosen.owner not in people else []
    return Choices(units, people, lambda slug: _public_page(session, slug))


def plan(
    session: Session, actor: Actor, now: datetime, agency: Agency, typed: Entry, numbers: str = "", document: Received | None = None
) -> Improvement:
    """A new improvement, public at once; ``numbers`` are those of the opinions behind it. ``document`` is received before."""
    policy.check(actor, policy.IMPROVERS, agency.id)
    session.get(Agency, agency.id, with_for_update=True)  # two at once must not get one address
    values = checked(typed, choices(session, agency), office_day(now))
    cases = _cases(session, actor, agency.id, numbers)
    row = Improvement(agency_id=agency.id, slug=_slug(session, agency, now), created_at=now, updated_at=now, **values)
    _attach(session, now, row, document)
    session.add(row)
    session.flush()
    _write(session, actor, now, row, Step.PLAN, None)
    _link(session, actor, now, row, cases)
    return row


def edit(
    session: Session, actor: Actor, now: datetime, row: Improvement, typed: Entry, version: int, document: Received | None = None
) -> Improvement:
    """Other words or figures, in any state; without ``document`` the file that is attached stays."""
    _take(actor, row, version)
    for column, value in checked(typed, choices(session, row.agency, row), office_day(now)).items():
        setattr(row, column, value)
    _attach(session, now, row, document)
    _write(session, actor, now, row, Step.EDIT, row.state)
    session.expire(row, ["unit", "owner", "evidence_page", "evidence_file"])
    return row


def step(session: Session, actor: Actor, now: datetime, row: Improvement, what: str, version: int, texts: Mapping[str, str]) -> Improvement:
    """Begin, finish (``result_th``, ``result_en``), give up (``abandoned_th``, ``abandoned_en``) or take up again; the senders are told."""
    if what not in rules.MOVING:
        raise NotFound
    _take(actor, row, version)
    taken, before = Step(what), row.state
    after = rules.moved(taken, before)
    for column, value in _words(taken, texts).items():
        setattr(row, column, value)
    row.state, row.ended_at = after, now if after in OVER else None
    _write(session, actor, now, row, taken, before)
    return row


def link(session: Session, actor: Actor, now: datetime, row: Improvement, numbers: str) -> int:
    """Put opinions behind it; each sender is told. Returns how many are new. Raises ``Invalid`` at "numbers"."""
    policy.check(actor, policy.IMPROVERS, row.agency_id)
    cases = _cases(session, actor, row.agency_id, numbers)
    if not cases:
        raise Invalid({"numbers": [Message(N_("Write the number of a case, or choose one"))]})
    return _link(session, actor, now, row, cases)


def unlink(session: Session, actor: Actor, now: datetime, row: Improvement, number: str) -> None:
    """Take an opinion out. Raises ``Conflict`` if its sender has said whether it helped."""
    policy.check(actor, policy.IMPROVERS, row.agency_id)
    found = next((one for one in queries.linked_cases(session, actor, row) if one.case.number == number), None)
    if found is None:
        raise NotFound
    if found.helped is not None:
        raise Conflict(Message(N_("Its sender has said whether it helped, so it stays")))
    case_id = found.case_id
    session.delete(found)
    _write(session, actor, now, row, Step.UNLINK, row.state, {"case": case_id})


def say_whether_helped(session: Session, now: datetime, case: Case, slug: str, answer: str) -> None:
    """What the sender of the case says, once it is over; another answer takes the place of the first."""
    row = queries.by_slug(session, slug)
    found = queries.link(session, row.id, case.id) if row else None
    if row is None or found is None or row.state not in OVER:
        raise Conflict(Message(N_("This is no longer asked")))
    if answer not in list(Helped):
        raise Invalid({"helped": [Message(N_("Choose one of the answers"))]})
    found.helped, found.helped_at = Helped(answer), now
    session.flush()
    raise_public_revision(session)


def _words(taken: Step, texts: Mapping[str, str]) -> dict[str, str]:
    if taken is Step.FINISH:
        asked = required("result_th", texts.get("result_th", ""), Message(N_("Write in Thai what came of it")), rules.WORDS_MOST)
        return {"result_th": asked, "result_en": optional("result_en", texts.get("result_en", ""), rules.WORDS_MOST)}
    if taken is Step.ABANDON:
        asked = required(
            "abandoned_th", texts.get("abandoned_th", ""), Message(N_("Write in Thai why; everybody reads it")), rules.WORDS_MOST
        )
        return {"abandoned_th": asked, "abandoned_en": optional("abandoned_en", texts.get("abandoned_en", ""), rules.WORDS_MOST)}
    return {"abandoned_th": "", "abandoned_en": ""} if taken is Step.TAKE_UP else {}


def _cases(session: Session, actor: Actor, agency_id: int, numbers: str) -> Sequence[Case]:
    """By their numbers, as people separate them. What the actor may not link is as unknown as what does not exist."""
    wanted = list(dict.fromkeys(fold_digits(numbers).upper().replace(",", " ").replace(";", " ").split()))
    if len(wanted) > rules.CASES_MOST:
        raise Invalid({"numbers": [Message(N_("At most %(most)d cases at once"), {"most": rules.CASES_MOST})]})
    fitting = [number for number in wanted if _NUMBER.fullmatch(number)]
    found = {case.number: case for case in session.scalars(queries.linkable(session, actor, agency_id).where(Case.number.in_(fitting)))}
    if unknown := [number for number in wanted if number not in found]:
        words = Message(N_("No case that can stand behind it: %(numbers)s"), {"numbers": ", ".join(unknown)[:200]})
        raise Invalid({"numbers": [words]})
    return [found[number] for number in wanted]


def _link(session: Session, actor: Actor, now: datetime, row: Improvement, cases: Sequence[Case]) -> int:
    there = set(session.scalars(select(ImprovementCase.case_id).where(ImprovementCase.improvement_id == row.id)))
    fresh = [case for case in cases if case.id not in there]
    for case in fresh:
        session.add(ImprovementCase(improvement_id=row.id, case_id=case.id, linked_at=now))
        _write(session, actor, now, row, Step.LINK, row.state, {"case": case.id})
    return len(fresh)


def _take(actor: Actor, row: Improvement, version: int) -> None:
    policy.check(actor, policy.IMPROVERS, row.agency_id)
    if row.row_version != version:
        raise Conflict(Message(N_("Somebody else has changed this improvement since you opened the page; look at it again")))


def _write(
    session: Session,
    actor: Actor,
    now: datetime,
    row: Improvement,
    what: Step,
    before: ImprovementState | None,
    detail: dict[str, Any] | None = None,
) -> Improvement:
    """The one door: row, history, trail, event and public revision together."""
    row.updated_at = now
    event = ImprovementEvent(
        improvement_id=row.id, at=now, step=what, old_state=before, new_state=row.state, actor_kind=actor.kind, actor_id=actor.user_id,
        detail=detail or {},
    )  # fmt: skip
    session.add(event)
    session.flush()
    codes = {"from": before.value if before else "", "to": row.state.value}
    audit.record(session, actor, now, f"improvement.{what.value}", "improvement", row.slug, agency_id=row.agency_id, detail=codes)
    if what in rules.MOVING or what is Step.LINK:
        announce(session, STEPPED, now, improvement_id=row.id, event_id=event.id, case_id=(detail or {}).get("case", 0))
    raise_public_revision(session)
    return row


def _attach(session: Session, now: datetime, row: Improvement, document: Received | None) -> None:
    if document is not None:
        row.evidence_file_id = files.keep(session, now, document).id


def _public_page(session: Session, slug: str) -> Disclosure | None:
    page = disclosures.by_slug(session, slug) if re.fullmatch(r"[a-z0-9-]{1,100}", slug) else None
    return page if page is not None and any(text.is_public for text in page.translations) else None


def _slug(session: Session, agency: Agency, now: datetime) -> str:
    stem = f"{agency.slug}-improvement-{office_day(now).year + BUDDHIST_OFFSET}-"
    # Longest first, then by letters: the last number that was given, without reading them all.
    newest = (func.length(Improvement.slug).desc(), Improvement.slug.desc())
    given = select(Improvement.slug).where(Improvement.agency_id == agency.id, Improvement.slug.startswith(stem, autoescape=True))
    last = session.scalar(given.order_by(*newest).limit(1))
    return f"{stem}{int(last.removeprefix(stem)) + 1 if last else 1}"
