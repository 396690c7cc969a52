"""What the demonstration has none of, so that there is a page of it to look at."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts import service as people
from portal.accounts.models import User
from portal.accounts.oidc import service as oidc
from portal.accounts.oidc.service import ProviderValues
from portal.accounts.passwords import hash_password
from portal.agencies.models import Agency
from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.wording.service import Ready, Texts, add_reply
from portal.db import unit_of_work
from portal.demo.people import PASSWORD
from portal.kernel.actor import CITIZEN, SYSTEM, Actor, Role
from portal.kernel.keyring import Keyring
from portal.privacy import service as privacy
from portal.privacy.rules import BreachSource
from portal.privacy.service import BreachFacts
from portal.web.database import db
from tests.casework.factories import make_case
from tests.factories import make_agency

REVIEWER = "reviewer@demo.example"
ALONE = "alone@demo.example"


def furnish(app: Flask) -> None:
    """Once for a running portal."""
    with app.app_context(), unit_of_work(db.session) as session:
        if accounts.by_email(session, REVIEWER) is None:
            _furnish(session, app.extensions["portal"].keyring, datetime.now(UTC))


def _furnish(session: Session, keyring: Keyring, now: datetime) -> None:
    small, home = make_agency(session, slug="small", code="SMALL"), session.scalars(select(Agency).where(Agency.slug == "meknoi")).one()
    _contest(session, keyring, now, small)
    system, officer = _actor(session, "system@demo.example"), _actor(session, "privacy@demo.example")
    values = ProviderValues("thaid", "ไทยดี", "ThaiD", "https://id.example.org", "portal", "secret", "elsewhere.example", False, True)
    oidc.save(session, system, now, keyring, None, values, http_here=False)
    add_reply(session, system, now, home, Ready("ขอข้อมูลเพิ่ม", "Asking for more", "", Texts("ขอเลขเสาไฟด้วย", "Which lamp post is it")))
    case = session.scalars(select(Case).where(Case.agency_id == home.id)).first()
    assert case
    privacy.hold(session, officer, now, case, "ศาลขอให้เก็บไว้")
    begins, ends = now - timedelta(days=2), now - timedelta(days=1)
    privacy.record_breach(session, officer, now, home, BreachFacts(BreachSource.MAIL, begins, ends, ends, "ส่งจดหมายผิดคน"))


def _contest(session: Session, keyring: Keyring, now: datetime, small: Agency) -> None:
    """In an office of one person, who answered; so somebody from outside decides."""
    alone = _person(session, now, ALONE, small, Role.COORDINATOR, Role.EXECUTIVE)
    _person(session, now, REVIEWER, small, Role.REVIEWER)
    actor = accounts.actor_for(session, alone)
    case = make_case(session, keyring, small, now, subject="ประตูห้องน้ำสาธารณะล็อก")
    casework.assign(session, actor, now, case, alone, row_version=case.row_version)
    casework.reply(session, actor, now, case, "เปิดให้แล้ว", row_version=case.row_version)
    casework.contest(session, CITIZEN, now, case, "ยังล็อกอยู่")


def _person(session: Session, now: datetime, email: str, agency: Agency, *roles: Role) -> User:
    names = {"name_th": "นางสาวทดสอบ สมมติคน", "name_en": "Test Person", "unit_id": agency.id}
    person = people.create_with_hash(session, SYSTEM, now, email, hash_password(PASSWORD), names)
    for role in roles:
        people.grant(session, SYSTEM, now, person, role, agency, False)
    return person


def _actor(session: Session, email: str) -> Actor:
    person = accounts.by_email(session, email)
    assert person
    return accounts.actor_for(session, person)
