"""Who is registered with the app: blueprints, event handlers, timed jobs, search sources. Read by ``app`` and the command line."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Flask

from portal.accounts import jobs as accounts_jobs
from portal.accounts import rotation as accounts_rotation
from portal.accounts import views as accounts
from portal.accounts.absence import jobs as absence_jobs
from portal.accounts.desk import account_bp, people_bp
from portal.accounts.invitation import views as invitation
from portal.accounts.oidc import desk as oidc_desk
from portal.accounts.oidc import views as oidc
from portal.accounts.reset import views as reset
from portal.accounts.second_factor import jobs as second_factor_jobs
from portal.accounts.second_factor import views as second_factor
from portal.agencies import desk as agencies_desk
from portal.agencies import theme
from portal.agencies import views as agencies
from portal.api.app import init_api
from portal.audit import jobs as audit_jobs
from portal.casework import apart_jobs, contest_jobs
from portal.casework import desk as cases_desk
from portal.casework import digest as casework_digest
from portal.casework import jobs as casework_jobs
from portal.casework import rotation as casework_rotation
from portal.casework import views as cases
from portal.casework.bulk import desk as bulk
from portal.casework.bulk import jobs as bulk_jobs
from portal.casework.clock import jobs as clock_jobs
from portal.casework.clock import morning as clock_morning
from portal.casework.exposed.holders import Holder, init_holders
from portal.casework.kept_views import desk as kept_views
from portal.casework.mentions import desk as mentions
from portal.casework.mentions import digest as mentions_digest
from portal.casework.tallies import counting as tallies
from portal.corruption import desk as corruption_desk
from portal.corruption import jobs as corruption_jobs
from portal.corruption import rotation as corruption_rotation
from portal.corruption import views as corruption
from portal.db.rotation import Rotation
from portal.desk import absences, admin, leaving, queue
from portal.desk import asked as asked_desk
from portal.desk import audit as audit_desk
from portal.desk import privacy as privacy_desk
from portal.desk import raised as raised_desk
from portal.desk import review as review_desk
from portal.desk import units as units_desk
from portal.desk.calendar import jobs as calendar_jobs
from portal.desk.calendar import views as desk_calendar
from portal.desk.checkup import views as checkup
from portal.desk.digest import jobs as digest_jobs
from portal.desk.digest import views as digest
from portal.desk.privacy import jobs as privacy_jobs
from portal.desk.quarantine import views as quarantine
from portal.desk.workload import bp as workload_bp
from portal.disclosures import desk as disclosures_desk
from portal.disclosures import views as disclosures
from portal.disclosures.legal import desk as legal_lists_desk
from portal.disclosures.legal import views as legal_lists
from portal.disclosures.missions import corners as mission_corners
from portal.feedback import exposed
from portal.feedback import views as feedback
from portal.feedback.boxes import desk as boxes_desk
from portal.feedback.boxes import jobs as boxes_jobs
from portal.feedback.boxes import rotation as boxes_rotation
from portal.feedback.boxes import views as boxes
from portal.feedback.calls import desk as calls_desk
from portal.feedback.channels import views as channels
from portal.feedback.followups import desk as followups_desk
from portal.feedback.followups import jobs as followups_jobs
from portal.feedback.frame import views as frame
from portal.feedback.lost import desk as lost_desk
from portal.feedback.lost import jobs as lost_jobs
from portal.feedback.lost import views as lost
from portal.feedback.mail_in import desk as mail_in_desk
from portal.feedback.mail_in import jobs as mail_in_jobs
from portal.feedback.mail_in import rotation as mail_in_rotation
from portal.feedback.petitions import desk as petitions_desk
from portal.feedback.petitions import holding as petition_words
from portal.feedback.petitions import jobs as petitions_jobs
from portal.feedback.petitions import rotation as petitions_rotation
from portal.feedback.petitions import views as petitions
from portal.feedback.sheets import desk as sheets_desk
from portal.feedback.sheets import jobs as sheets_jobs
from portal.feedback.sheets import rotation as sheets_rotation
from portal.feedback.transcribing import desk as transcribing
from portal.feedback.transcribing import jobs as transcribing_jobs
from portal.feedback.transcribing import rotation as transcribing_rotation
from portal.feeds import views as feeds
from portal.figures import desk as figures_desk
from portal.figures import silence
from portal.figures import views as figures
from portal.figures.province import desk as province_desk
from portal.figures.province import joining as joining_desk
from portal.figures.province import views as provinces
from portal.files import jobs as files_jobs
from portal.monitoring.samples import desk as samples_desk
from portal.monitoring.samples import jobs as samples_jobs
from portal.monitoring.samples import views as samples
from portal.outbox import jobs as outbox_jobs
from portal.outbox import rotation as outbox_rotation
from portal.outbox.worker import Handler, Timed
from portal.outcomes import records as outcomes_records
from portal.outcomes.improvements import citizen as helped
from portal.outcomes.improvements import corners as improvement_corners
from portal.outcomes.improvements import desk as improvements_desk
from portal.outcomes.improvements import jobs as improvements_jobs
from portal.outcomes.improvements import views as improvements
from portal.outcomes.reports import desk as reports_desk
from portal.outcomes.reports import jobs as reports_jobs
from portal.outcomes.reports import views as reports
from portal.outcomes.themes import desk as themes_desk
from portal.participation import corners as participation_corners
from portal.participation import views as participation
from portal.participation.assessing import desk as assessing
from portal.participation.assessing import digest as assessing_digest
from portal.participation.claims import digest as claims_digest
from portal.participation.objections import corners as objection_corners
from portal.participation.objections import views as objections
from portal.participation.scores import jobs as scores_jobs
from portal.participation.standing import desk as standing
from portal.participation.standing import digest as standing_digest
from portal.plans import desk as plans_desk
from portal.plans import records as plans_records
from portal.plans import views as plans
from portal.plans.finding import init_records
from portal.plans.records import Finder
from portal.privacy import rotation as privacy_rotation
from portal.privacy import views as privacy
from portal.search import jobs as search_jobs
from portal.search import views as search
from portal.setup import views as setup
from portal.site import health, home
from portal.web.corners import Filler, init_corners

BLUEPRINTS: Sequence[Blueprint] = (
    accounts.bp,
    second_factor.bp,
    account_bp,
    absences.bp,
    desk_calendar.bp,
    digest.bp,
    workload_bp,
    invitation.bp,
    people_bp,
    leaving.bp,
    reset.bp,
    admin.bp,
    agencies.bp,
    agencies_desk.bp,
    asked_desk.bp,
    raised_desk.bp,
    audit_desk.bp,
    boxes.bp,
    boxes_desk.bp,
    calls_desk.bp,
    cases.bp,
    channels.bp,
    checkup.bp,
    corruption.bp,
    corruption_desk.bp,
    feedback.bp,
    figures.bp,
    silence.bp,
    figures_desk.bp,
    provinces.bp,
    province_desk.bp,
    joining_desk.bp,
    followups_desk.bp,
    frame.bp,
    bulk.bp,
    kept_views.bp,
    exposed.bp,
    mentions.bp,
    lost.bp,
    lost_desk.bp,
    mail_in_desk.bp,
    petitions.bp,
    petitions_desk.bp,
    feeds.bp,
    cases_desk.bp,
    disclosures.bp,
    disclosures_desk.bp,
    participation.bp,
    legal_lists.bp,
    legal_lists_desk.bp,
    plans.bp,
    plans_desk.bp,
    privacy.bp,
    privacy_desk.bp,
    quarantine.bp,
    queue.bp,
    health.bp,
    helped.bp,
    improvements.bp,
    improvements_desk.bp,
    reports.bp,
    reports_desk.bp,
    themes_desk.bp,
    home.bp,
    review_desk.bp,
    samples.bp,
    samples_desk.bp,
    sheets_desk.bp,
    units_desk.bp,
    assessing.bp,
    objections.bp,
    standing.bp,
    oidc.bp,
    oidc_desk.bp,
    search.bp,
    setup.bp,
    theme.bp,
    transcribing.bp,
)


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

#: Everything that is kept under a key, for ``portal keys rotate``.
ROTATIONS: Sequence[Rotation] = (
    *casework_rotation.ROTATIONS,
    *transcribing_rotation.ROTATIONS,
    *boxes_rotation.ROTATIONS,
    *privacy_rotation.ROTATIONS,
    *accounts_rotation.ROTATIONS,
    *outbox_rotation.ROTATIONS,
    *mail_in_rotation.ROTATIONS,
    *corruption_rotation.ROTATIONS,
    *petitions_rotation.ROTATIONS,
    *sheets_rotation.ROTATIONS,
)

#: Who fills the corners of pages of rooms below.
CORNERS: Mapping[str, Sequence[Filler]] = {
    "agency.public": [participation_corners.of_agency],
    "agency.missions": [mission_corners.of_agency],
    "case.public": [objection_corners.of_public_case, improvement_corners.of_public_case],
    "case.tracked": [objection_corners.of_tracked_case, improvement_corners.of_tracked_case],
    "case.desk": [objection_corners.of_desk_case],
}

#: Who finds the public record behind an address, by its first part.
RECORDS: Mapping[str, Finder] = {**plans_records.FINDERS, **outcomes_records.FINDERS}


#: Who shows public words of a case beside its own public text.
HOLDERS: Sequence[Holder] = (petition_words.words_of,)


def register(app: Flask) -> None:
    """Register every blueprint, the corners, the finders of records, the holders of public words, and the API."""
    init_holders(HOLDERS)
    init_corners(app, CORNERS)
    init_records(app, RECORDS)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    init_api(app)
