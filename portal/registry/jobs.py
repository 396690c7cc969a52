"""Work without a request: handlers of events, timed jobs, and who has something to say in the morning mail."""

from collections.abc import Mapping, Sequence

from portal.accounts import jobs as accounts_jobs
from portal.accounts.absence import jobs as absence_jobs
from portal.accounts.second_factor import jobs as second_factor_jobs
from portal.audit import jobs as audit_jobs
from portal.casework import apart_jobs, contest_jobs
from portal.casework import digest as casework_digest
from portal.casework import jobs as casework_jobs
from portal.casework.bulk import jobs as bulk_jobs
from portal.casework.clock import jobs as clock_jobs
from portal.casework.clock import morning as clock_morning
from portal.casework.mentions import digest as mentions_digest
from portal.casework.tallies import counting as tallies
from portal.corruption import jobs as corruption_jobs
from portal.desk.calendar import jobs as calendar_jobs
from portal.desk.digest import jobs as digest_jobs
from portal.desk.privacy import jobs as privacy_jobs
from portal.feedback.boxes import jobs as boxes_jobs
from portal.feedback.followups import jobs as followups_jobs
from portal.feedback.lost import jobs as lost_jobs
from portal.feedback.mail_in import jobs as mail_in_jobs
from portal.feedback.petitions import jobs as petitions_jobs
from portal.feedback.sheets import jobs as sheets_jobs
from portal.feedback.transcribing import jobs as transcribing_jobs
from portal.files import jobs as files_jobs
from portal.monitoring.samples import jobs as samples_jobs
from portal.outbox import jobs as outbox_jobs
from portal.outbox.worker import Handler, Timed
from portal.outcomes.improvements import jobs as improvements_jobs
from portal.outcomes.reports import jobs as reports_jobs
from portal.participation.assessing import digest as assessing_digest
from portal.participation.claims import digest as claims_digest
from portal.participation.scores import jobs as scores_jobs
from portal.participation.standing import digest as standing_digest
from portal.search import jobs as search_jobs


def _together(*rooms: Mapping[str, Sequence[Handler]]) -> dict[str, list[Handler]]:
    """Handlers of all rooms by event, in the order of the rooms."""
    names = sorted({name for room in rooms for name in room})
    return {name: [handler for room in rooms for handler in room.get(name, ())] for name in names}


#: Who has lines for the morning mail (``docs/rules/digest.md``), in its order.
DIGEST: Sequence[digest_jobs.Source] = (
    casework_digest.lines,
    clock_morning.lines,
    mentions_digest.lines,
    claims_digest.lines,
    assessing_digest.lines,
)
#: Who tells in it what happened since the last one.
NEWS: Sequence[digest_jobs.News] = (standing_digest.news,)

HANDLERS: Mapping[str, Sequence[Handler]] = _together(
    audit_jobs.HANDLERS,
    accounts_jobs.HANDLERS,
    absence_jobs.HANDLERS,
    calendar_jobs.HANDLERS,
    digest_jobs.handlers(DIGEST, NEWS),
    second_factor_jobs.HANDLERS,
    casework_jobs.HANDLERS,
    contest_jobs.HANDLERS,
    clock_jobs.HANDLERS,
    apart_jobs.HANDLERS,
    followups_jobs.HANDLERS,
    boxes_jobs.HANDLERS,
    lost_jobs.HANDLERS,
    transcribing_jobs.HANDLERS,
    petitions_jobs.HANDLERS,
    sheets_jobs.HANDLERS,
    mail_in_jobs.HANDLERS,
    improvements_jobs.HANDLERS,
    reports_jobs.HANDLERS,
    samples_jobs.HANDLERS,
    corruption_jobs.HANDLERS,
    privacy_jobs.HANDLERS,
    scores_jobs.HANDLERS,
    search_jobs.handlers(),
)

TIMED: Sequence[Timed] = (
    *audit_jobs.TIMED,
    *casework_jobs.TIMED,
    *bulk_jobs.TIMED,
    *contest_jobs.TIMED,
    *clock_jobs.TIMED,
    *tallies.TIMED,
    *apart_jobs.TIMED,
    *lost_jobs.TIMED,
    *boxes_jobs.TIMED,
    *transcribing_jobs.TIMED,
    *petitions_jobs.TIMED,
    *sheets_jobs.TIMED,
    *mail_in_jobs.TIMED,
    *reports_jobs.TIMED,
    *samples_jobs.TIMED,
    *corruption_jobs.TIMED,
    *privacy_jobs.TIMED,
    *scores_jobs.TIMED,
    *accounts_jobs.TIMED,
    *absence_jobs.TIMED,
    *digest_jobs.TIMED,
    *second_factor_jobs.TIMED,
    *outbox_jobs.TIMED,
    Timed("files.sweep", files_jobs.EVERY, files_jobs.sweep),
)
