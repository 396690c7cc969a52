"""To whom a report goes on, and who is kept away from it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.corruption.models import CorruptionReport
from portal.corruption.reception import Reception, reception, receptions
from portal.corruption.rules import EntryKind
from portal.corruption.sealing import Entry, kept_away_of, seal_kept_away
from portal.corruption.service.door import allow, expect, record, write
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message


def candidates(session: Session, keyring: Keyring, report: CorruptionReport, home: Agency) -> Sequence[Reception]:
    """Everybody who may receive it, by desk: of the agency that it is about, of those above, of the home agency."""
    return list(receptions(session, report.agency, home, kept_away_of(keyring, report)))


def hand(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    report: CorruptionReport,
    home: Agency,
    user: User | None,
    *,
    row_version: int,
) -> None:
    """Give it to another collector; if theirs is another desk, it goes there. The reporter is not told who."""
    allow(actor, keyring, report)
    expect(report, row_version)
    desks = [found.desk for found in candidates(session, keyring, report, home) if user in found.collectors]
    if user is None or not desks:
        raise Invalid({"to": [Message(N_("Choose a collector who may receive it"))]})
    report.desk_agency_id = report.desk_agency_id if report.desk_agency_id in [desk.id for desk in desks] else desks[0].id
    report.holder_id, report.desk_news = user.id, user.id != actor.user_id
    write(session, keyring, report, Entry(EntryKind.HANDED, now, "", actor.user_id, {"person": user.id}))
    record(session, actor, now, report, "handed")


def keep_away(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    report: CorruptionReport,
    home: Agency,
    user: User | None,
    *,
    row_version: int,
) -> None:
    """Hide it from a collector who is named in it, oneself too; where nobody is left at the desk it goes to the next one.

    Raises ``Invalid`` if nobody at all would be left.
    """
    allow(actor, keyring, report)
    expect(report, row_version)
    if user is None:
        raise Invalid({"who": [Message(N_("Choose who must not see it"))]})
    kept = kept_away_of(keyring, report)
    kept = replace(kept, user_ids=kept.user_ids | {user.id})
    left = list(receptions(session, report.agency, home, kept))
    if not left:
        raise Invalid({"who": [Message(N_("Nobody would be left who could read it, so another collector has to be named first"))]})
    if report.desk_agency_id not in [found.desk.id for found in left]:
        nearest = reception(session, report.agency, home, kept)
        report.desk_agency_id, report.desk_news = nearest.desk.id if nearest else home.id, True
    report.kept_away_enc = seal_kept_away(keyring, report.key, kept)
    report.holder_id = None if report.holder_id == user.id else report.holder_id
    write(session, keyring, report, Entry(EntryKind.KEPT_AWAY, now, "", actor.user_id, {"person": user.id}))
    record(session, actor, now, report, "kept_away")
