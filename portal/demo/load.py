"""Loads the demonstration into an empty database, in one transaction."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.audit.service import seal_pending
from portal.demo.absences import load_absences
from portal.demo.agencies import load_agencies
from portal.demo.around import load_posts, load_requests, load_routing, load_topics
from portal.demo.between import load_between, load_joined
from portal.demo.boxes import load_boxes
from portal.demo.cases import load_cases
from portal.demo.channels import load_channels
from portal.demo.desk import load_desk
from portal.demo.exposed import load_exposed
from portal.demo.followups import load_followups
from portal.demo.last_year import load_last_year
from portal.demo.letters import load_letters
from portal.demo.lists import load_lists
from portal.demo.mail_in import load_mail
from portal.demo.outcomes import load_outcomes
from portal.demo.pages import load_pages
from portal.demo.people import load_people, load_second_factor
from portal.demo.petitions import load_petitions
from portal.demo.pictures import load_pictures
from portal.demo.plans import load_plans
from portal.demo.publication import load_public_drafts
from portal.demo.questions import load_offers, load_questions
from portal.demo.reports import load_reports
from portal.demo.samples import load_samples
from portal.demo.scores import load_scores
from portal.demo.sheets import load_sheets
from portal.demo.sides import load_sides
from portal.demo.signing import load_signing
from portal.demo.together import load_together
from portal.files.store import FileStore
from portal.kernel.keyring import Keyring
from portal.outbox.models import OutboxEvent


def is_empty(session: Session) -> bool:
    """True if no agency exists yet."""
    return not session.scalar(select(func.count()).select_from(Agency))


def load(session: Session, now: datetime, keyring: Keyring, integrity: Keyring | None = None, store: FileStore | None = None) -> None:
    """Agencies, people, pages, cases; call inside a unit of work. The caller rebuilds the search index.

    Reports of corruption come only with ``integrity``, the keyring of reports; letters only with ``store``, for their pictures. The
    events of the past are dropped: nobody invented waits for their mails.
    """
    agencies = load_agencies(session, now)
    people = load_people(session, now, agencies)
    load_second_factor(session, now, keyring, people)
    load_topics(session, now, agencies, people)
    load_routing(session, now, agencies, people)
    load_posts(session, now, agencies, people)
    load_channels(session, now, agencies, people)
    load_questions(session, now, agencies)
    load_joined(session, now, agencies, people)
    load_pages(session, now, agencies, people)
    load_lists(session, now, agencies, people)
    papers = load_boxes(session, now, keyring, agencies, people)
    cases = load_cases(session, now, keyring, agencies, people, papers)
    load_offers(session, now, agencies)
    load_absences(session, now, people)
    load_followups(session, now, people, cases)
    load_desk(session, now, agencies, people, cases)
    load_mail(session, now, keyring, agencies)
    load_outcomes(session, now, agencies, people, cases)
    load_between(session, now, keyring, agencies, people, cases)
    load_requests(session, now, keyring, cases)
    load_signing(session, now, agencies, people, cases)
    load_public_drafts(session, now, people, cases)
    load_exposed(session, now, people, cases)
    load_sheets(session, now, keyring, agencies, people)
    load_petitions(session, now, keyring, agencies, people)
    load_together(session, now, people, cases)
    load_samples(session, now, people)
    load_plans(session, now, agencies, people)
    if integrity is not None:
        load_reports(session, now, integrity, agencies, people)
    if store is not None:
        load_letters(session, now, keyring, store, agencies, people)
        load_pictures(session, now, store, people, cases)
    load_last_year(session, now, keyring, agencies, people)
    load_sides(session, now, keyring, agencies, people)
    load_scores(session, now)
    session.execute(delete(OutboxEvent))
    while seal_pending(session):
        pass
