"""Pages: every blueprint."""

from collections.abc import Sequence

from flask import Blueprint

from portal.accounts import views as accounts
from portal.accounts.desk import account_bp, people_bp
from portal.accounts.invitation import views as invitation
from portal.accounts.oidc import desk as oidc_desk
from portal.accounts.oidc import views as oidc
from portal.accounts.reset import views as reset
from portal.accounts.second_factor import views as second_factor
from portal.agencies import desk as agencies_desk
from portal.agencies import theme
from portal.agencies import views as agencies
from portal.casework import desk as cases_desk
from portal.casework import views as cases
from portal.casework.bulk import desk as bulk
from portal.casework.kept_views import desk as kept_views
from portal.casework.mentions import desk as mentions
from portal.corruption import desk as corruption_desk
from portal.corruption import views as corruption
from portal.desk import absences, admin, leaving, queue
from portal.desk import asked as asked_desk
from portal.desk import audit as audit_desk
from portal.desk import privacy as privacy_desk
from portal.desk import raised as raised_desk
from portal.desk import review as review_desk
from portal.desk import units as units_desk
from portal.desk.calendar import views as desk_calendar
from portal.desk.checkup import views as checkup
from portal.desk.digest import views as digest
from portal.desk.quarantine import views as quarantine
from portal.desk.workload import bp as workload_bp
from portal.disclosures import desk as disclosures_desk
from portal.disclosures import views as disclosures
from portal.disclosures.legal import desk as legal_lists_desk
from portal.disclosures.legal import views as legal_lists
from portal.feedback import exposed
from portal.feedback import views as feedback
from portal.feedback.boxes import desk as boxes_desk
from portal.feedback.boxes import views as boxes
from portal.feedback.calls import desk as calls_desk
from portal.feedback.channels import views as channels
from portal.feedback.followups import desk as followups_desk
from portal.feedback.frame import views as frame
from portal.feedback.lost import desk as lost_desk
from portal.feedback.lost import views as lost
from portal.feedback.mail_in import desk as mail_in_desk
from portal.feedback.petitions import desk as petitions_desk
from portal.feedback.petitions import views as petitions
from portal.feedback.sheets import desk as sheets_desk
from portal.feedback.transcribing import desk as transcribing
from portal.feeds import views as feeds
from portal.figures import desk as figures_desk
from portal.figures import silence
from portal.figures import views as figures
from portal.figures.province import desk as province_desk
from portal.figures.province import joining as joining_desk
from portal.figures.province import views as provinces
from portal.monitoring.samples import desk as samples_desk
from portal.monitoring.samples import views as samples
from portal.outcomes.improvements import citizen as helped
from portal.outcomes.improvements import desk as improvements_desk
from portal.outcomes.improvements import views as improvements
from portal.outcomes.reports import desk as reports_desk
from portal.outcomes.reports import views as reports
from portal.outcomes.themes import desk as themes_desk
from portal.participation import views as participation
from portal.participation.assessing import desk as assessing
from portal.participation.objections import views as objections
from portal.participation.standing import desk as standing
from portal.plans import desk as plans_desk
from portal.plans import views as plans
from portal.privacy import views as privacy
from portal.search import views as search
from portal.setup import views as setup
from portal.site import health, home

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
