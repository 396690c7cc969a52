"""What is said of the scores of the demonstration: claimed, ruled, confirmed, objected and answered, for the last complete year."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework import service as casework
from portal.casework.models import Case
from portal.demo.reading import read
from portal.kernel.actor import Actor
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import BANGKOK, fiscal_year, fiscal_year_bounds
from portal.participation.assessing.dossiers import results_of, seen_facts
from portal.participation.claims.service import Typed, hand_in
from portal.participation.confirmations.service import Typed as Confirming
from portal.participation.confirmations.service import confirm
from portal.participation.objections import queries as objections
from portal.participation.objections.entry import Said, Sender
from portal.participation.objections.service import answer, object_to
from portal.participation.rules.scales import LEVELS
from portal.participation.rulings.service import Which, rule
from portal.participation.scores.service import recompute

AGENCY, HOME = "sommotthani", "opdc"


def load_sides(session: Session, now: datetime, keyring: Keyring, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> None:
    """Of the last complete year, with its score: handed in while it was open, the objections came after."""
    agency, year, told = agencies[AGENCY], fiscal_year(now) - 1, read("sides")[0]
    names = ("executive", "assessor", "coordinator")
    executive, assessor, coordinator = (accounts.actor_for(session, people[f"{name}@demo.example"]) for name in names)
    ended = datetime.combine(fiscal_year_bounds(year)[1], time(10), BANGKOK)
    recompute(session, now, [agency.id], [year])
    for late in [one for one in seen_facts(session, agency.id, year) if one.waits]:
        rule(session, assessor, now, agency, year, Which(late.kind, late.fact.key), "accept", told["ruling"])
    computed = results_of(session, agency.id, year)  # the claim says one level more than this, whatever day it is
    typed = {
        code: Typed(str(min((result.level or 0) + 1, LEVELS)), told["claim"]["th"], told["claim"]["en"])
        for code, result in computed.items()
    }
    hand_in(session, executive, min(now, ended + timedelta(days=20)), agency, year, list(typed), typed)
    for code, result in results_of(session, agency.id, year).items():
        level = str(result.level or 0)
        confirm(session, assessor, now, agency, year, code, Confirming(level, told["confirmation"], told["difference"]))
    for place, entry in enumerate(told["objections"]):
        said = Said(next(iter(computed)), entry["level"], words=entry["words"], sender=Sender("anonymous", "code"), publish_consent=True)
        at = now - timedelta(days=entry["days_ago"])
        object_to(session, at, keyring, agency, year, said, home=agencies[HOME], token_id=f"demonstration-{place}")
        row = objections.of_score(session, agency.id, year)[-1]
        if reply := entry.get("answer"):
            answered = at + timedelta(days=reply["after"])
            answer(session, assessor, answered, row, reply["outcome"], reply["reason"], row_version=row.case.row_version)
            _publish(session, coordinator, answered + timedelta(days=reply["published_after"]), keyring, row.case)
    recompute(session, now, [agency.id], [year])


def _publish(session: Session, actor: Actor, now: datetime, keyring: Keyring, case: Case) -> None:
    """The home agency shows the words, as their sender agreed; score and case lead to each other from now on."""
    text = casework.propose_public_text(session, case, keyring)
    casework.publish(session, actor, now, case, text.subject, text.body, text.answer)
