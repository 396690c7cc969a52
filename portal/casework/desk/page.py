"""Everything that stands on the page of one case, put together for one officer."""

from collections.abc import Sequence
from datetime import date

from flask import render_template
from sqlalchemy import and_

from portal.accounts.absence.queries import absent_on
from portal.casework import identity, policy, service
from portal.casework.clock.days import running_pause
from portal.casework.clock.queries import steps_of
from portal.casework.clock.times import times_of
from portal.casework.desk.about import marks
from portal.casework.desk.blank_forms import forms_of
from portal.casework.desk.came_from import current_filter, current_within
from portal.casework.desk.choices import every_open, owners, targets
from portal.casework.desk.contributions import askable, parts
from portal.casework.desk.due import days_used, due_of
from portal.casework.desk.history import Entry, entries
from portal.casework.desk.marking import marked
from portal.casework.desk.offers import offered_now
from portal.casework.desk.others import draft_words, present_words
from portal.casework.desk.proposed import signed_verbs, waiting
from portal.casework.desk.proposing import publication, verbs_of
from portal.casework.desk.shown import Again, CasePage, Clock
from portal.casework.desk.siblings import offers_split, siblings
from portal.casework.desk.where import where_to
from portal.casework.identity import Contact
from portal.casework.models import Case
from portal.casework.queries import quarantine_of, signs_of_row
from portal.casework.questions.queries import answers_of
from portal.casework.rules import ANEW, Anonymity, PublicState, Status
from portal.casework.rules.abuse import Sign
from portal.casework.signing.queries import last as latest_proposal
from portal.casework.signing.queries import papers as papers_of
from portal.casework.snooze.queries import rests_now
from portal.casework.standing_in import stands_in
from portal.casework.tags.queries import tags_of
from portal.db import unit_of_work
from portal.kernel.actor import Actor
from portal.kernel.thai_calendar import office_day
from portal.web.actor import current_actor
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime


def case_page(case: Case, again: Again | None = None, opened: Contact | None = None, notice: str = "") -> str:
    """The page; ``opened`` is a name that was just unmasked, ``notice`` what was just done."""
    _record_reading(case)
    page = _assembled(case, again, opened)
    title = {"form": again.form} if again else {}
    return render_template("cases_desk/show.html", page=page, case=case, notice=notice, noindex=True, **title)


def _record_reading(case: Case) -> None:
    """No row in the trail, no page: ``Unavailable`` goes out as 503. The second writing GET of ``docs/architecture.md``."""
    if service.must_be_recorded(db.session, current_actor(), now(), case):
        with unit_of_work(db.session):
            service.record_reading(db.session, current_actor(), now(), case)


def _assembled(case: Case, again: Again | None, opened: Contact | None) -> CasePage:
    session, actor, keyring = db.session, current_actor(), runtime().keyring
    last = latest_proposal(session, case)
    proposed = waiting(session, actor, case, last)
    verbs = [*(proposed.verbs if proposed else ()), *verbs_of(actor, case), *offered_now(session, actor, now(), case)]
    history = entries(session, case, decides=policy.can_assign(actor, case))
    contact = opened or identity.shown(actor, keyring, case)
    is_clear = opened is not None or policy.can_read_identity(actor, case)
    known = (contact.name,) if is_clear and contact.name else ()
    draft, kept, of_others = draft_words(case)
    people = owners(session, actor, case, office_day(now())) if "assign" in verbs else None
    every = every_open(session) if {"forward", "ask_contribution"} & set(verbs) else {}
    return CasePage(
        case=case,
        clock=_clock(case, history, office_day(now())),
        verbs=verbs,
        forms=forms_of(case, verbs, people, again, last, "" if again else draft),
        open_verb=_open_verb(case, verbs, again),
        history=history,
        subject=marked(case.subject, known),
        body=marked(service.said_by_sender(case), known),
        contact=contact,
        is_clear=is_clear,
        is_opened=opened is not None,
        earlier=_earlier(actor, case),
        owners=people,
        targets=targets(every, case) if "forward" in verbs else [],
        publication=publication(case, history, known) if "publish" in verbs else None,
        marks=marks(session, case) if "mark_about" in verbs else None,
        shown=current_filter(),
        within=current_within(),
        tags=tags_of(session, [case]).get(case.id, ()),
        rest=case.snooze if rests_now(case, office_day(now())) else None,
        again=again,
        signs=_signs(case),
        where=where_to(session, case, now()) if "forward" in verbs else None,
        answers=answers_of(session, case),
        present=present_words(case),
        draft_kept=kept,
        drafts_of_others=of_others,
        away=absent_on(session, [case.owner_id], office_day(now())).get(case.owner_id) if case.owner_id else None,
        stands_in=stands_in(actor, case),
        proposed=proposed,
        papers=papers_of(session, case) if last else (),
        signed=signed_verbs(session, case, verbs),
        siblings=siblings(session, actor, case),
        may_split=offers_split(actor, case),
        parts=parts(case, office_day(now())),
        askable=askable(every, case) if "ask_contribution" in verbs else [],
    )


def _signs(case: Case) -> Sequence[Sign]:
    held = quarantine_of(db.session, case)
    return signs_of_row(held) if held else ()


def _open_verb(case: Case, verbs: Sequence[str], again: Again | None) -> str | None:
    """The act that stands open: the one that could not be saved, else the likely next one."""
    if again:
        return again.verb if again.verb in verbs else "note"
    published = case.public is not None and case.public.state is PublicState.PUBLISHED
    likely = ["close" if case.status is Status.ANSWERED else "reply", *([] if published else ["publish"])]
    # Where an answer waits, whoever opens the page looks at that first.
    return None if "return_proposal" in verbs else next((verb for verb in likely if verb in verbs), None)


def _clock(case: Case, history: Sequence[Entry], today: date) -> Clock:
    """After a contest, or once an answer is owed to many, the clock runs from that day."""
    anew = next((entry.at for entry in history if entry.act in ANEW), None)
    start = office_day(anew or case.received_at)
    end = today if case.is_open else office_day(case.outcome_at or case.received_at)
    due = due_of(case, today)
    return Clock(
        due,
        say(due.words),
        (case.due_on - start).days,
        days_used(start, end),
        times=times_of(case, today),
        pause=running_pause(db.session, case) if case.paused_until else None,
        told=steps_of(db.session, case) if today > case.due_on else (),
    )


def _earlier(actor: Actor, case: Case) -> list[Case]:
    """Earlier cases of the same contact, for who handles the case.

    Only those that were sent under the same wish to be named: a named case beside a confidential one would tell the name.
    """
    if case.anonymity is Anonymity.ANONYMOUS or not (policy.can_read_identity(actor, case) or policy.can_unmask(actor, case)):
        return []
    wanted = and_(Case.anonymity == case.anonymity, policy.visible_to(actor))
    return identity.earlier_cases(db.session, runtime().keyring, case, wanted)
