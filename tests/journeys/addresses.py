"""One address for each kind of page, taken from the demonstration; a new kind of page must be put here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask
from sqlalchemy import Select, select

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.contributing.rules import PartState
from portal.casework.governed import governed
from portal.casework.models import Case, CaseProposal, Contribution, PublicCase, PublicPicture
from portal.casework.rules import Anonymity, Judge, PublicState, Status
from portal.casework.signing.rules import ProposalState
from portal.casework.topics.models import Topic
from portal.casework.wording.models import ReadyReply
from portal.corruption.models import CorruptionReport
from portal.corruption.rules import ReportStatus
from portal.disclosures.models import Disclosure, Indicator
from portal.feedback.channels.models import AgencyChannel
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.rules import Fate
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.rules import State
from portal.feedback.sheets.models import SheetImport
from portal.feedback.transcribing.models import Batch, Sheet
from portal.feedback.transcribing.rules import SheetState
from portal.monitoring.samples.models import SampleDraw, SampleEntry, SampleFinding
from portal.monitoring.samples.rules import DrawState
from portal.outcomes.improvements.models import Improvement
from portal.outcomes.improvements.rules import ImprovementState
from portal.outcomes.reports.models import OpinionReport
from portal.outcomes.themes.models import Theme
from portal.plans.models import ListeningPlan
from portal.privacy.models import Breach, PrivacyRequest
from portal.setup.rules import Step
from portal.web.database import db

Row = TypeVar("Row")
#: Answers that are no pages: files, feeds, pictures, JSON, signs of life.
NO_PAGES = {
    "sheets.empty_sheet", "sheets.errors_xlsx", "sheets.errors_csv", "sheets.numbers",
    "calendar.file", "agencies.seal", "boxes.photo", "boxes_desk.notice_pdf", "boxes_desk.poster_pdf",
    "cases.picture", "cases_desk.picture_copy", "feedback.case_picture",
    "bulk.back", "cases_desk.back", "cases_desk.download", "corruption.file", "corruption_desk.back", "corruption_desk.download",
    "disclosures.figures_csv", "disclosures.figures_json", "disclosures.file", "disclosures.qr", "feedback.case_file", "feedback.door",
    "feedback.receipt_text",
    "feeds.agency", "feeds.cases", "feeds.disclosures", "feeds.petitions", "feeds.silence", "feeds.robots", "feeds.site_map",
    "feeds.site_map_part",
    "figures.figures_csv", "figures.figures_json", "figures_desk.month_pdf", "silence.as_csv", "provinces.as_file",
    "health.alive", "health.ready", "mail_in.download", "oidc.back", "petitions.back", "petitions_desk.back", "asked.back",
    "privacy.data_json", "privacy_desk.account_data_json", "theme.show",
    "transcribing.page",
    "improvements.evidence", "cases_desk.memo_pdf", "reports_desk.as_pdf", "samples.as_json", "samples.as_csv", "samples_desk.back",
    "reports.figures_csv", "reports.figures_json", "feeds.participation",
    "legal_lists.as_csv",
    "participation.badge", "participation.as_json", "participation.evidence_csv", "participation.index_csv", "participation.index_json",
    "plans.as_csv", "plans.as_json", "plans.as_xlsx",
}  # fmt: skip
#: Pages of a portal that nobody has set up yet; the journey of the first day goes there.
FIRST_DAY = {f"setup.{name}" for name in ("start", *(step.value for step in Step), "poster_page")}
#: Pages that open only to the sender's own browser, or between the password and the second step; tests of their own go there.
ON_THE_WAY = {
    "feedback.receipt", "feedback.case", "privacy.page", "privacy.data", "corruption.receipt", "corruption.report",
    "second_factor.second_step", "petitions.link", "calls.receipt", "lost.choose", "lost_desk.read_aloud", "transcribing.letter",
    "bulk.show", "reports_desk.counting", "sheets.columns", "sheets.values", "sheets.preview", "objections.new",
    "assessing.year", "assessing.fact", "assessing.objection",
}  # fmt: skip


PUBLIC = {
    "corruption.new": "/feedback/corruption?agency=sommotthani",
    "corruption.track": "/feedback/corruption/track",
    "corruption.figures": "/feedback/corruption/figures",
    "boxes.index": "/boxes",
    "boxes.show": "/boxes/sommotthani-1",
    "boxes.show?overdue": "/boxes/meknoi-1",
    "boxes.answers": "/boxes/sommotthani-1/answers",
    "channels.index": "/agencies/meknoi/channels",
    "legal_lists.index": "/disclosures/lists/sommotthani",
    "legal_lists.show": "/disclosures/lists/meknoi/oit-sample",
    "figures.index": "/figures",
    "figures.show": "/figures/meknoi",
    "silence.index": "/silence",
    "participation.index": "/participation",
    "participation.show": "/participation/sommotthani/2569",
    "participation.evidence": "/participation/sommotthani/2569/evidence",
    "participation.scale": "/participation/scales/2549",
    "frame.show": "/frame/meknoi",
    "improvements.index": "/improvements",
    "plans.index": "/plans",
    "reports.index": "/reports",
    "samples.index": "/monitoring/samples",
    "lost.lost": "/feedback/lost",
    "lost.asked": "/feedback/lost/asked",
    "petitions.index": "/petitions",
    "petitions.index?waiting": "/petitions?tab=waiting",
    "petitions.new": "/petitions/new",
    "petitions.asked": "/petitions/confirm",
    "invitation.show": "/invitation/no-such-thing",
    "invitation.done": "/invitation/done",
    "privacy.about": "/privacy",
    "reset.forgotten": "/sign-in/forgotten",
    "reset.asked": "/sign-in/forgotten/asked",
    "reset.choose": "/sign-in/reset/no-such-thing",
    "reset.changed": "/sign-in/changed",
}
DESK = {
    "absences.index": "/desk/absences",
    "calendar.index": "/desk/calendar",
    "calendar.index?week": "/desk/calendar?span=week&whose=all",
    "calendar.day": "/desk/calendar/days/2026-11-30?whose=all",
    "digest.index": "/desk/account/morning-mail",
    "workload.index": "/desk/workload",
    "account.index": "/desk/account",
    "account.history": "/desk/account/history",
    "second_factor.index": "/desk/account/second-factor",
    "second_factor.set_up_app_page": "/desk/account/second-factor/app",
    "second_factor.new_passkey": "/desk/account/second-factor/passkeys/new",
    "second_factor.confirm_page": "/desk/confirm",
    "privacy_desk.account": "/desk/account/data",
    "privacy_desk.account_data": "/desk/account/data/everything",
    "admin.index": "/desk/admin",
    "admin.calendar": "/desk/admin/calendar",
    "admin.deadlines": "/desk/admin/deadlines",
    "admin.options": "/desk/admin/options",
    "admin.option": "/desk/admin/options/casework.kinds_offered",
    "admin.templates": "/desk/admin/templates",
    "admin.mail_text": "/desk/admin/templates/mails/answered",
    "admin.new_reply": "/desk/admin/templates/replies/new",
    "admin.routing": "/desk/admin/routing?agency=meknoi",
    "admin.topics": "/desk/admin/topics?agency=meknoi",
    "admin.questions": "/desk/admin/questions?agency=meknoi",
    "admin.question": "/desk/admin/questions/told-before?agency=meknoi",
    "admin.new_question": "/desk/admin/question-new?agency=meknoi",
    "admin.preview_questions": "/desk/admin/question-preview?agency=meknoi",
    "admin.channels": "/desk/admin/channels?agency=meknoi",
    "admin.new_channel": "/desk/admin/channels/new?agency=meknoi",
    "boxes_desk.index": "/desk/boxes",
    "boxes_desk.new": "/desk/boxes/new",
    "boxes_desk.show": "/desk/boxes/sommotthani-1",
    "boxes_desk.edit_page": "/desk/boxes/sommotthani-1/edit",
    "boxes_desk.take_down_page": "/desk/boxes/sommotthani-1/take-down",
    "boxes_desk.new_opening": "/desk/boxes/sommotthani-1/openings/new",
    "boxes_desk.opening": "/desk/boxes/sommotthani-1/openings/1",
    "boxes_desk.slips_page": "/desk/boxes/sommotthani-1/slips",
    "boxes_desk.poster": "/desk/boxes/sommotthani-1/poster",
    "boxes_desk.notice": "/desk/boxes/sommotthani-1/notice",
    "calls.new": "/desk/calls/new",
    "cases_desk.approvals": "/desk/approvals",
    "cases_desk.exposed": "/desk/exposed",
    "sheets.index": "/desk/imports",
    "figures_desk.index": "/desk/figures",
    "raised.index": "/desk/raised",
    "raised.index?to-us": "/desk/raised?to_us=1",
    "province_desk.index": "/desk/province",
    "joining_desk.index": "/desk/province/joining",
    "joining_desk.join": "/desk/province/join/meknoi",
    "joining_desk.leave": "/desk/province/sommotthani/leave/meknoi",
    "provinces.index": "/provinces",
    "provinces.show": "/provinces/sommotthani",
    "figures_desk.month": "/desk/figures/month?month=2026-10",
    "improvements_desk.index": "/desk/improvements",
    "plans_desk.index": "/desk/plans",
    "improvements_desk.new": "/desk/improvements/new?agency=sommotthani",
    "reports_desk.index": "/desk/reports",
    "themes_desk.index": "/desk/themes?agency=sommotthani",
    "themes_desk.cases": "/desk/themes/cases?agency=sommotthani",
    "kept_views.index": "/desk/views",
    "mentions.index": "/desk/mentions",
    "cases_desk.keys": "/desk/keys",
    "kept_views.new": "/desk/views/new?filter=open&kind=complaint",
    "followups.index": "/desk/follow-ups/call",
    "followups.index?letter": "/desk/follow-ups/letter",
    "quarantine.index": "/desk/quarantine",
    "transcribing.index": "/desk/letters",
    "transcribing.new": "/desk/letters/new",
    "transcribing.letters": "/desk/letters/pictured",
    "mail_in.index": "/desk/mail",
    "admin.mailbox": "/desk/admin/mailbox?agency=meknoi",
    "asked.index": "/desk/asked",
    "asked.index?ended": "/desk/asked?ended=1",
    "petitions_desk.index": "/desk/petitions",
    "petitions_desk.index?owed": "/desk/petitions?part=owed",
    "admin.mail": "/desk/admin/mail",
    "checkup.index": "/desk/admin/checkup",
    "oidc_desk.index": "/desk/admin/identity-providers",
    "oidc_desk.new": "/desk/admin/identity-providers/new",
    "oidc_desk.edit": "/desk/admin/identity-providers/thaid",
    "people.index": "/desk/admin/people",
    "people.invitations": "/desk/admin/people/invitations",
    "people.invite_page": "/desk/admin/people/invite",
    "people.heads": "/desk/admin/heads",
    "people.head": "/desk/admin/heads/meknoi-works",
    "privacy_desk.index": "/desk/privacy",
    "privacy_desk.holds": "/desk/privacy/holds",
    "privacy_desk.breaches": "/desk/privacy/breaches",
    "privacy_desk.new_breach": "/desk/privacy/breaches/new",
    "privacy_desk.retention": "/desk/privacy/retention",
    "corruption_desk.index": "/desk/corruption",
    "review.index": "/desk/review",
    "samples_desk.index": "/desk/samples",
    "participation_desk.index": "/desk/participation?agency=sommotthani",
    "assessing.index": "/desk/assessing",
}


@dataclass(frozen=True)
class Addresses:
    """Public pages and the desk's, by endpoint."""

    public: Mapping[str, str]
    desk: Mapping[str, str]


def addresses(app: Flask) -> Addresses:
    """Of every page that answers GET. Raises ``AssertionError`` for a page that has no address here."""
    with app.app_context():
        known = {
            **_public(),
            **PUBLIC,
            **_desk(),
            **DESK,
            **_of_people(),
            **_of_privacy(),
            **_of_outcomes(),
            **_of_plans(),
            **_of_petitions(),
            **_of_samples(),
        }
        pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")}
        missing = pages - set(known) - NO_PAGES - FIRST_DAY - ON_THE_WAY
        assert not missing, f"pages that no journey visits: {missing}"
    desk = {name: path for name, path in known.items() if path.startswith("/desk")}
    return Addresses({name: path for name, path in known.items() if name not in desk}, desk)


def _public() -> dict[str, str]:
    case = db.session.scalars(select(PublicCase).where(PublicCase.state == PublicState.PUBLISHED)).first()
    report = db.session.scalars(select(Disclosure).join(Indicator)).first()
    assert case
    assert report
    return {
        "site.home": "/",
        "accounts.sign_in": "/sign-in",
        "agencies.index": "/agencies",
        "agencies.show": f"/agencies/{report.agency.slug}",
        "cases.index": "/cases",
        "cases.index?list": "/cases?list=received",
        "cases.show": f"/cases/{case.case.number}",
        "exposed.report": f"/cases/{case.case.number}/report",
        "exposed.hidden": "/cases/hidden",
        "disclosures.index": "/disclosures",
        "disclosures.show": f"/disclosures/{report.slug}",
        "disclosures.version": f"/disclosures/{report.slug}/versions/1",
        "feedback.new": "/feedback/new",
        "feedback.track": "/feedback/track",
        "feeds.index": "/feeds/",
        "search.index": "/search?q=น้ำ",
        "search.index?nothing": "/search?q=zzzz",
        "errors?404": "/no-such-page",
    }


def _desk() -> dict[str, str]:
    report = db.session.scalars(select(Disclosure).join(Indicator)).first()
    fresh = db.session.scalars(select(Case).where(Case.status == Status.RECEIVED)).first()
    working = db.session.scalars(select(Case).where(Case.status == Status.IN_PROGRESS)).first()
    closed = db.session.scalars(select(Case).where(Case.status == Status.CLOSED, Case.publish_consent)).first()
    unit = db.session.scalars(select(Agency).where(Agency.parent_id.is_not(None))).first()
    assert report
    assert unit
    waiting = _one(select(Case).join(CaseProposal).where(CaseProposal.state == ProposalState.WAITING))
    picture = _one(select(PublicPicture))
    assert picture.source
    assert fresh
    assert working
    assert closed
    return {
        "desk.index": "/desk",
        "desk.index?all": "/desk?filter=open",
        "desk.index?nothing": "/desk?q=zzzz",
        "cases_desk.memo": f"/desk/cases/{waiting.number}/memo",
        "cases_desk.show": f"/desk/cases/{fresh.number}",
        "cases_desk.show?working": f"/desk/cases/{working.number}",
        "cases_desk.split_page": f"/desk/cases/{working.number}/split",
        "cases_desk.pictures": f"/desk/cases/{picture.case.number}/pictures",
        "cases_desk.picture": f"/desk/cases/{picture.case.number}/pictures/{picture.source.public_id}",
        "cases_desk.show?closed": f"/desk/cases/{closed.number}",
        "disclosures_desk.index": "/desk/disclosures",
        "disclosures_desk.new": "/desk/disclosures/new",
        "legal_lists_desk.index": "/desk/legal-lists?agency=meknoi&list=s9",
        "legal_lists_desk.show": "/desk/legal-lists/sommotthani/s9/9(3)",
        "disclosures_desk.edit": f"/desk/disclosures/{report.slug}/th",
        "disclosures_desk.figures": f"/desk/disclosures/{report.slug}/figures",
        "disclosures_desk.attachments": f"/desk/disclosures/{report.slug}/files",
        "disclosures_desk.preview": f"/desk/disclosures/{report.slug}/th/preview",
        "audit.index": "/desk/audit",
        "admin.look": "/desk/admin/look",
        "admin.door": "/desk/admin/door",
        "admin.poster": "/desk/admin/poster",
        "agencies_desk.index": "/desk/admin/agencies",
        "agencies_desk.index?search": "/desk/admin/agencies?q=zzzz",
        "agencies_desk.new": "/desk/admin/agency-new",
        "agencies_desk.show": f"/desk/admin/agencies/{report.agency.slug}",
        "agencies_desk.missions": f"/desk/admin/agencies/{report.agency.slug}/missions",
        "agencies_desk.strategy": f"/desk/admin/agencies/{report.agency.slug}/strategy",
        "agencies_desk.seal": f"/desk/admin/agencies/{report.agency.slug}/seal",
        "agencies_desk.area": f"/desk/admin/agencies/{report.agency.slug}/area",
        "units.move": f"/desk/admin/agencies/{unit.slug}/move",
        "units.end": f"/desk/admin/agencies/{unit.slug}/end",
    }


def _of_people() -> dict[str, str]:
    person, topic = (
        _one(select(User).where(User.email == "piti@demo.example")),
        _one(select(Topic).join(Agency).where(Agency.slug == "meknoi")),
    )
    report = _one(select(CorruptionReport).where(CorruptionReport.status == ReportStatus.LOOKING_INTO))
    channel = _one(select(AgencyChannel).join(Agency).where(Agency.slug == "meknoi")).channel.value
    waiting = _one(select(Sheet).where(Sheet.state == SheetState.WAITING, Sheet.batch_id.is_not(None)))
    batch = _one(select(Batch))
    named = _one(select(Case).where(Case.status == Status.IN_PROGRESS, Case.anonymity == Anonymity.NAMED))
    return {
        "workload.lately": f"/desk/workload/{person.public_id}/received",
        "workload.move": f"/desk/workload/{person.public_id}/move",
        "admin.channel": f"/desk/admin/channels/{channel}?agency=meknoi",
        "channels.show": f"/agencies/meknoi/channels/{channel}",
        "channels.appointment": f"/agencies/meknoi/channels/{channel}/appointment",
        "transcribing.batch": f"/desk/letters/{batch.public_id}",
        "transcribing.sheet": f"/desk/letters/sheets/{waiting.public_id}",
        "transcribing.acknowledgements": f"/desk/letters/{batch.public_id}/acknowledgements",
        "sheets.show": f"/desk/imports/{_one(select(SheetImport)).public_id}",
        "lost_desk.lost": f"/desk/cases/{named.number}/code/new",
        "people.show": f"/desk/admin/people/{person.public_id}",
        "leaving.show": f"/desk/admin/people/{person.public_id}/leave",
        "leaving.done": f"/desk/admin/people/{person.public_id}/left",
        "admin.topic": f"/desk/admin/topics/{topic.slug}?agency=meknoi",
        "admin.reply": f"/desk/admin/templates/replies/{_one(select(ReadyReply)).key}?agency=meknoi",
        "mail_in.show": f"/desk/mail/{_one(select(MailInMessage).where(MailInMessage.fate == Fate.WAITING)).public_id}",
        "review.show": f"/desk/review/{_one(select(Case).where(Case.judge == Judge.OUTSIDE)).number}",
        "province_desk.show": f"/desk/province/cases/{_one(governed([_one(select(Agency).filter_by(slug='sommotthani')).id])).number}",
        "corruption_desk.show": f"/desk/corruption/{report.key}",
        "asked.show": f"/desk/asked/{_one(select(Contribution).where(Contribution.state == PartState.WAITING)).public_id}",
        "asked.show?ended": f"/desk/asked/{_one(select(Contribution).where(Contribution.state == PartState.ANSWERED)).public_id}",
    }


def _of_privacy() -> dict[str, str]:
    request, breach = _one(select(PrivacyRequest)), _one(select(Breach))
    return {
        "privacy_desk.show": f"/desk/privacy/requests/{request.public_id}",
        "privacy_desk.breach": f"/desk/privacy/breaches/{breach.public_id}",
        "privacy_desk.breach_report": f"/desk/privacy/breaches/{breach.public_id}/report",
    }


def _of_outcomes() -> dict[str, str]:
    report = _one(select(OpinionReport).where(OpinionReport.published_number.is_not(None)))
    draft = _one(select(OpinionReport).where(OpinionReport.published_number.is_(None)))
    done = _one(select(Improvement).where(Improvement.state == ImprovementState.DONE))
    theme = _one(select(Theme).join(Agency).where(Agency.slug == "sommotthani"))
    return {
        "improvements.show": f"/improvements/{done.slug}",
        "improvements_desk.show": f"/desk/improvements/{done.slug}",
        "reports.show": f"/reports/{report.slug}",
        "reports.show?due": f"/reports/{draft.slug}",
        "reports.version": f"/reports/{report.slug}/versions/1",
        "reports_desk.show": f"/desk/reports/{draft.slug}",
        "themes_desk.show": f"/desk/themes/{theme.slug}?agency=sommotthani",
    }


def _of_plans() -> dict[str, str]:
    """The plan of the year that is over; one that waits for approval."""
    approved = _one(select(ListeningPlan).where(ListeningPlan.approved_on.is_not(None)).order_by(ListeningPlan.fiscal_year))
    waiting = _one(select(ListeningPlan).where(ListeningPlan.approved_on.is_(None)))
    year, desk = f"/plans/{approved.agency.slug}/{approved.fiscal_year}", f"/desk/plans/{waiting.agency.slug}/{waiting.fiscal_year}"
    return {
        "plans.show": year,
        "plans.activity": f"{year}/1",
        "plans_desk.show": f"/desk{year}",
        "plans_desk.show?waiting": desk,
        "plans_desk.activity": f"/desk{year}/1",
        "plans_desk.new": f"/desk{year}/new",
        "plans_desk.approval": f"{desk}/approval",
    }


def _of_samples() -> dict[str, str]:
    found = _one(select(SampleEntry).join(SampleFinding).where(SampleFinding.replied_at.is_not(None)))
    fresh = _one(select(SampleDraw).where(SampleDraw.state == DrawState.COMMITTED))
    return {
        "samples.show": f"/monitoring/samples/{found.draw.slug}",
        "samples.show?committed": f"/monitoring/samples/{fresh.slug}",
        "samples_desk.show": f"/desk/samples/{found.draw.slug}",
        "samples_desk.inspect": f"/desk/samples/{found.draw.slug}/{found.position}",
    }


def _of_petitions() -> dict[str, str]:
    slugs = {
        state: _one(select(Petition).where(Petition.state == state)).slug for state in (State.IN_REVIEW, State.COLLECTING, State.ANSWERED)
    }
    return {
        "petitions.show": f"/petitions/{slugs[State.COLLECTING]}",
        "petitions.show?answered": f"/petitions/{slugs[State.ANSWERED]}",
        "petitions.show?waiting": f"/petitions/{slugs[State.IN_REVIEW]}",
        "petitions.email": f"/petitions/{slugs[State.COLLECTING]}/email",
        "exposed.report_petition": f"/petitions/{slugs[State.COLLECTING]}/report",
        "petitions_desk.show": f"/desk/petitions/{slugs[State.IN_REVIEW]}",
        "petitions_desk.show?held": f"/desk/petitions/{slugs[State.COLLECTING]}",
    }


def _one(query: Select[Row]) -> Row:
    found = db.session.scalars(query.limit(1)).first()
    assert found is not None, query
    return found
