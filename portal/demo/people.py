"""People of the demonstration, all with one password that everybody may know."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pyotp
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts import service
from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.accounts.second_factor import options
from portal.accounts.second_factor.service.app import OFFER, set_up_app
from portal.agencies.models import Agency
from portal.agencies.options.service import set_option
from portal.demo.reading import read
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.keyring import Keyring

PASSWORD = "demo-portal-2550"  # noqa: S105 - printed by `portal demo`, and refused in production
#: Local parts of the accounts that are printed: those of the outward contract, and three for what few people may see.
ACCOUNTS = ("publisher", "coordinator", "officer", "executive", "monitor", "assessor", "admin", "privacy", "collector", "system")
#: Secret of the second factor of whoever reads reports of corruption, printed beside the accounts: an app makes codes of it.
COLLECTOR_KEY = "SUANRUAMDEMO2567SUANRUAMDEMO2567"
#: Whose password everybody knows need no second factor, but for reports of corruption, where nobody goes without.
SECOND_FACTOR_ROLES = [Role.INTEGRITY.value]
COLUMNS = ("name_th", "name_en", "position_th", "position_en")


def load_people(session: Session, now: datetime, agencies: Mapping[str, Agency]) -> dict[str, User]:
    """Create them with their grants; returns them by e-mail."""
    made: dict[str, User] = {}
    password_hash = hash_password(PASSWORD)
    for entry in read("people"):
        values = {**{name: entry.get(name) or "" for name in COLUMNS}, "unit_id": agencies[entry["agency"]].id if entry["agency"] else None}
        person = made[entry["email"]] = service.create_with_hash(session, SYSTEM, now, entry["email"], password_hash, values)
        for grant in entry["grants"]:
            agency = agencies[grant["agency"]] if grant.get("agency") else None
            service.grant(session, SYSTEM, now, person, Role(grant["role"]), agency, bool(grant.get("with_children")))
    set_option(session, SYSTEM, now, options.SECOND_FACTOR_ROLES, None, SECOND_FACTOR_ROLES, 0)
    return made


def load_second_factor(session: Session, now: datetime, keyring: Keyring, people: Mapping[str, User]) -> None:
    """The collector's app, set up yesterday, so that the first code of today is none that was used."""
    collector, yesterday = people["collector@demo.example"], now - timedelta(days=1)
    sealed = keyring.encrypt(OFFER, f"{collector.id} {int(yesterday.timestamp())} {COLLECTOR_KEY}")
    code = pyotp.TOTP(COLLECTOR_KEY).at(yesterday)
    set_up_app(session, accounts.actor_for(session, collector), yesterday, keyring, collector, sealed, code, "")
