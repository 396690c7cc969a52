"""One record of each kind that an agency can have, and the address of every page of the desk that is about one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.absence import service as absences
from portal.accounts.absence.models import Absence
from portal.accounts.absence.service import Days
from portal.accounts.invitation import service as invitations
from portal.accounts.invitation.models import Invitation
from portal.accounts.invitation.service import Guest, Promise
from portal.accounts.models import User
from portal.agencies.models import Agency, Mission
from portal.agencies.options.service import reset_option, set_option
from portal.casework import service
from portal.casework.bulk.models import CaseBatch, CaseInBatch
from portal.casework.bulk.rules import HELD_FOR, What
from portal.casework.contributing.service import ask_contribution
from portal.casework.kept_views.models import KeptView
from portal.casework.kept_views.service import Wanted, keep
from portal.casework.models import Case, Contribution
from portal.casework.options import SIGNED_KINDS
from portal.casework.queries import Filter
from portal.casework.questions.models import Question
from portal.casework.questions.service import add_question
from portal.casework.questions.wording import Typed
from portal.casework.rules import Channel
from portal.casework.snooze.service import snooze
from portal.casework.tags.service import put_on
from portal.casework.topics.models import Topic
from portal.casework.topics.service import add_topic
from portal.casework.wording.models import ReadyReply
from portal.casework.wording.service import Ready, Texts, add_reply
from portal.corruption import service as corruption
from portal.corruption.models import CorruptionReport
from portal.corruption.service import Handed
from portal.corruption.statement import Statement
from portal.db import unit_of_work
from portal.disclosures.models import Disclosure
from portal.feedback.boxes import service as boxes
from portal.feedback.boxes.entry import BoxEntry, HolderEntry
from portal.feedback.boxes.models import Box
from portal.feedback.boxes.round import OpeningEntry, WitnessEntry
from portal.feedback.calls.taking import Taken
from portal.feedback.channels import queries as channels
from portal.feedback.channels.entry import Entry
from portal.feedback.channels.service import add_channel
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.reading import Letter
from portal.feedback.mail_in.service import Came, take_letter
from portal.feedback.petitions import queries as petitions_queries
from portal.feedback.petitions import service as petitions
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.service import Proposal
from portal.feedback.sheets import service as sheets
from portal.feedback.sheets.models import SheetDraft, SheetImport, SheetRow
from portal.feedback.sheets.plan import first_plan
from portal.feedback.sheets.reading import book as books
from portal.feedback.sheets.rules import file_name
from portal.feedback.transcribing import drafts
from portal.feedback.transcribing.models import Batch, Sheet
from portal.feedback.transcribing.service import open_batch
from portal.files.models import StoredFile
from portal.files.rules import Kind
from portal.kernel.actor import CITIZEN, SYSTEM, Actor, Role
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import office_day
from portal.monitoring.samples.models import SampleDraw, SampleEntry, SampleFinding
from portal.monitoring.samples.rules import DrawState, Met, Proof
from portal.outcomes.improvements import service as improvements
from portal.outcomes.improvements.entry import Entry as Change
from portal.outcomes.improvements.models import Improvement
from portal.outcomes.reports import service as reports
from portal.outcomes.reports.models import OpinionReport
from portal.outcomes.reports.rules import Period
from portal.outcomes.themes import service as themes
from portal.outcomes.themes.models import Theme
from portal.plans import service as plans
from portal.plans.entry import Planned
from portal.plans.models import ListeningPlan
from portal.privacy import service as privacy
from portal.privacy.models import Breach, Hold, PrivacyRequest
from portal.privacy.rules import BreachSource, Right
from portal.privacy.service import Asked, BreachFacts
from portal.settings import DEVELOPMENT_INTEGRITY_KEY
from portal.web.audience import Audience, rule_of
from tests.casework.conftest import Office
from tests.conftest import NOW
from tests.disclosures.making import make_page
from tests.factories import actor_of, make_user

#: Pages of the desk with something in their address that is nobody's record: an option, a channel, a kind of mail.
NO_RECORD = {"admin.option", "admin.set_one", "admin.reset", "admin.mail_text", "admin.word_mail_text", "admin.reset_mail_text"}
NO_RECORD |= {"admin.end_rule", "admin.end_routing_rule", "admin.channel", "admin.edit_channel", "followups.index", "calendar.day"}


@dataclass(frozen=True)
class Records:
    """What one agency has; every text of it holds the same words."""

    agency: Agency
    unit: Agency
    case: Case
    file: StoredFile
    page: Disclosure
    person: User
    invitation: Invitation
    topic: Topic
    question: Question
    reply: ReadyReply
    report: CorruptionReport
    request: PrivacyRequest
    hold: Hold
    breach: Breach
    batch: Batch
    sheet: Sheet
    letter: Sheet
    imported: SheetImport
    #: Its address; the file itself is swept after hours.
    draft: str
    box: Box
    mail: MailInMessage
    theme: Theme
    opinions: OpinionReport
    improvement: Improvement
    plan: ListeningPlan
    petition: Petition
    absence: Absence
    view: KeptView
    together: CaseBatch
    #: Its month.
    drawn: SampleDraw
    #: Asked of the agency's own unit.
    part: Contribution

    def in_address(self, endpoint: str) -> Mapping[str, object]:
        """Values for whatever names a record in the address of this endpoint. Raises ``KeyError`` for a room that is not known here."""
        room = endpoint.split(".")[0]
        case = {"number": self.case.number, "public_id": self.file.public_id, "verb": "reply"}
        person = {"public_id": self.person.public_id, "slug": self.agency.slug}
        agency = {"slug": self.agency.slug, "code": "M1", "verb": "up"}
        of_room: dict[str, dict[str, object]] = {
            "cases_desk": case, "review": case, "lost_desk": case, "followups": {**case, "way": "call"},
            "mail_in": {"public_id": self.mail.public_id, "file_id": self.file.public_id, "verb": "refuse"},
            "people": person, "leaving": person, "second_factor": person,
            "agencies_desk": agency, "units": {"slug": self.unit.slug}, "oidc_desk": {"slug": "thaid"},
            "sheets": {"public_id": self.draft},
            "admin": {"slug": self.topic.slug, "key": self.reply.key},
            "corruption_desk": {"key": self.report.key, "public_id": "ab" * 16, "verb": "say"},
            "disclosures_desk": {"slug": self.page.slug, "public_id": self.file.public_id, "text_language": "th", "position": 1},
            "legal_lists_desk": {"slug": self.agency.slug, "code": "s9", "item": "9(3)"},
            "privacy_desk": {"public_id": self.request.public_id},
            "transcribing": {"public_id": self.sheet.public_id, "file_id": self.file.public_id},
            "boxes_desk": {"slug": self.box.slug, "number": 1},
            "themes_desk": {"slug": self.theme.slug, "verb": "close"},
            "reports_desk": {"slug": self.opinions.slug, "verb": "submit"},
            "improvements_desk": {"slug": self.improvement.slug, "verb": "begin", "number": self.case.number},
            "plans_desk": {"slug": self.agency.slug, "year": self.plan.fiscal_year, "number": 1, "verb": "hand_in"},
            "workload": {**person, "what": "received"},
            "absences": {"public_id": self.absence.public_id},
            "kept_views": {"key": self.view.key}, "bulk": {"public_id": self.together.public_id},
            "petitions_desk": {"slug": self.petition.slug, "verb": "accept"},
            "samples_desk": {"slug": self.drawn.slug, "place": 1, "number": 1},
            "assessing": {"slug": self.agency.slug, "year": 2569, "number": 1},
            "asked": {"public_id": self.part.public_id, "verb": "answer"},
            "province_desk": {"number": self.case.number},
            "joining_desk": {"slug": self.agency.slug, "province": self.agency.slug},
        }  # fmt: skip
        of_page: dict[str, dict[str, object]] = {
            "people.send_again": {"public_id": self.invitation.public_id},
            "people.withdraw": {"public_id": self.invitation.public_id},
            **{f"transcribing.{name}": {"public_id": self.batch.public_id} for name in ("batch", "next_sheet", "add", "acknowledgements")},
            **{f"transcribing.{name}": {"public_id": self.letter.public_id} for name in ("letter", "type_letter")},
            "privacy_desk.lift": {"public_id": self.hold.public_id},
            **{f"admin.{name}": {"key": self.question.key} for name in ("question", "edit_question", "ask_question", "retire_question")},
            **{f"sheets.{name}": {"public_id": self.imported.public_id} for name in ("show", "numbers")},
            **{f"privacy_desk.{name}": {"public_id": self.breach.public_id} for name in ("breach", "breach_report", "act_on_breach")},
        }
        return of_page.get(endpoint) or of_room[room]


def addresses(app: Flask, records: Records) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and address of each desk route that names a record."""
    for rule in app.url_map.iter_rules():
        declared = rule_of(app, rule.endpoint)
        if declared and declared.audience is Audience.DESK and rule.arguments and rule.endpoint not in NO_RECORD:
            values = {name: value for name, value in records.in_address(rule.endpoint).items() if name in rule.arguments}
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule.endpoint, method, app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


def make_records(office: Office, words: str) -> Records:
    """One of each, of the office's agency, with these words in every text."""
    session, agency = office.session, office.agency
    case = office.assigned(subject=words, body=words, anonymity="named", name=words, email="sender@example.org")
    with unit_of_work(session):
        master, file = _master(session, agency), _file(session, words)
        service.citizen_add(session, CITIZEN, NOW, case, words, file_ids=[file.id])
    _proposed(office, case, words)
    page = make_page(session, NOW, agency, publish=False, title=words)
    with unit_of_work(session):
        person = make_user(session, [(agency, Role.OFFICER)], name_th=words, name_en=words)
        guest = Guest("guest@example.org", words, words, unit=agency)
        return Records(
            agency=agency, unit=office.unit, case=case, file=file, page=page, person=person,
            invitation=invitations.invite(session, master, NOW, guest, [Promise(Role.OFFICER, agency)]),
            topic=add_topic(session, master, NOW, agency, words),
            question=add_question(session, master, NOW, agency, Typed("short", words)),
            reply=add_reply(session, master, NOW, agency, Ready(words, words, "", Texts(words, words))),
            report=_report(session, agency, words),
            request=privacy.ask(session, CITIZEN, NOW, office.keyring, case, Asked(Right.ACCESS, words=words)),
            hold=privacy.hold(session, master, NOW, case, words),
            breach=privacy.record_breach(session, master, NOW, agency, _facts(words)),
            batch=(batch := open_batch(session, office.officer, NOW, agency, Channel.LETTER, received_at=NOW, reference=words)),
            sheet=_sheet(session, office, batch, words), letter=_letter(session, case),
            imported=_import(session, agency, case, words),
            draft=_draft(office, master, words).public_id,
            box=_box(session, master, agency, office.keyring, words),
            mail=_mail(session, office.keyring, agency, words),
            theme=themes.add_theme(session, master, NOW, agency, words),
            opinions=reports.open_report(session, master, NOW, agency, Period(2569, 2)),
            improvement=improvements.plan(session, master, NOW, agency, _change(agency, words), case.number),
            plan=_plan(session, master, agency, words),
            petition=_petition(session, office.keyring, agency, words), view=_view(session, office, case, words),
            together=_together(session, office, case, words),
            absence=absences.enter(session, master, NOW, case.owner, Days(office_day(NOW), office_day(NOW)), None, takes_new=True),
            part=_part(office, case, words),
            drawn=_drawn(session, agency, case, person, words),
        )  # fmt: skip


def _plan(session: Session, master: Actor, agency: Agency, words: str) -> ListeningPlan:
    """A draft with one activity."""
    session.add(Mission(agency_id=agency.id, code="M8", text_th=words, position=8))
    session.flush()
    plan = plans.open_plan(session, master, NOW, agency, 2570)
    typed = Planned(mission="M8", title_th=words, method="hearing", groups_th=words, planned_on="1/12/2569", unit=agency.slug)
    plans.add(session, master, NOW, plan, typed)
    return plan


def _proposed(office: Office, case: Case, words: str) -> None:
    """An answer that waits for a signature; after that the agency asks for none."""
    with unit_of_work(office.session) as session:
        set_option(session, SYSTEM, NOW, SIGNED_KINDS, office.agency, [case.kind.value], 0)
        service.reply(session, office.officer, NOW, case, words, row_version=case.row_version)
        reset_option(session, SYSTEM, NOW, SIGNED_KINDS, office.agency, 1)


def _drawn(session: Session, agency: Agency, case: Case, person: User, words: str) -> SampleDraw:
    """A month with one drawn case and one finding."""
    draw = SampleDraw(
        slug=f"{agency.slug}-2569-10", agency_id=agency.id, month=NOW.date().replace(month=10, day=1), state=DrawState.DRAWN, least=20,
        percent=5, commitment="0" * 64, secret="1" * 64, committed_at=NOW, listed_at=NOW, drawn_at=NOW, entries=["2" * 64],
        case_ids=[case.id],
    )  # fmt: skip
    finding = SampleFinding(
        agency_id=agency.id, by_id=person.id, at=NOW, met=Met.YES, proof=Proof.NONE, words=words, due_on=NOW.date(), reply=""
    )
    draw.sample = [SampleEntry(position=1, entry="2" * 64, case_id=case.id, findings=[finding])]
    session.add(draw)
    session.flush()
    return draw


def _part(office: Office, case: Case, words: str) -> Contribution:
    ask_contribution(office.session, office.officer, NOW, case, office.unit, "opinion", words, "1/12/2569", row_version=case.row_version)
    return case.contributions[0]


def _master(session: Session, agency: Agency) -> Actor:
    """Somebody who holds what is needed to make them."""
    roles = (Role.ADMINISTRATOR, Role.PRIVACY, Role.INTEGRITY, Role.COORDINATOR)
    return actor_of(session, make_user(session, [(agency, role) for role in roles]))


def _together(session: Session, office: Office, case: Case, words: str) -> CaseBatch:
    """An answer to the case that is held back."""
    batch = CaseBatch(by_id=office.users["officer"].id, at=NOW, goes_at=NOW + HELD_FOR, what=What.REPLY)
    session.add(batch)
    session.flush()
    session.add(CaseInBatch(batch_id=batch.id, case_id=case.id, place=0, version=case.row_version, body=words))
    return batch


def _view(session: Session, office: Office, case: Case, words: str) -> KeptView:
    """Of the desk; and the case carries a tag and is laid by, in these words."""
    put_on(session, office.officer, NOW, case, words)
    snooze(session, office.officer, NOW, case, office_day(NOW) + timedelta(days=4), words)
    return keep(session, office.coordinator, NOW, Wanted(Filter.OPEN, text=words), words, office.agency)


def _file(session: Session, words: str) -> StoredFile:
    """A row without bytes."""
    file = StoredFile(
        public_id="ab" * 16, name=f"{words}.pdf", media_type=Kind.PDF, size=1, original_sha256="0" * 64, sha256="0" * 64,
        stored_at=NOW, attached_at=NOW,
    )  # fmt: skip
    session.add(file)
    session.flush()
    return file


def _sheet(session: Session, office: Office, batch: Batch, words: str) -> Sheet:
    draft = drafts.seal(office.keyring, Taken(body=words), words)
    sheet = Sheet(batch_id=batch.id, agency_id=batch.agency_id, draft_enc=draft, held_by_id=office.officer.user_id, held_until=NOW)
    session.add(sheet)
    session.flush()
    return sheet


def _letter(session: Session, case: Case) -> Sheet:
    letter = Sheet(case_id=case.id)
    session.add(letter)
    session.flush()
    return letter


def _import(session: Session, agency: Agency, case: Case, words: str) -> SheetImport:
    """An import that this case came from."""
    found = SheetImport(
        public_id="import-of-tests", agency_id=agency.id, at=NOW, file_name=f"{words}.csv", sha256="0" * 64, sheet=0, profile_name=words,
        rows=1, cases=1, known=0, left_out=0,
    )  # fmt: skip
    session.add(found)
    session.flush()
    session.add(
        SheetRow(case_id=case.id, import_id=found.id, agency_id=agency.id, row_number=2, key_id="k", digest_enc="", content_hash="0" * 64)
    )
    return found


def _draft(office: Office, master: Actor, words: str) -> SheetDraft:
    """A file that waits."""
    book = books.Book("csv", [books.Sheet("CSV", [(1, ["รายละเอียด"]), (2, [words])])])
    named = file_name(words, b"")
    return sheets.keep_draft(office.session, master, NOW, office.keyring, office.agency, named, books.pack(book), first_plan(book))


def _petition(session: Session, keyring: Keyring, agency: Agency, words: str) -> Petition:
    receipt = petitions.open_petition(session, NOW, keyring, Proposal(agency.slug, words, words), agency, "a petition's token")
    petition = petitions_queries.by_slug(session, receipt.case_number.lower())
    assert petition
    return petition


def _report(session: Session, agency: Agency, words: str) -> CorruptionReport:
    statement = Statement(agency=agency.slug, what=words)
    return corruption.hand_in(session, NOW, Keyring([DEVELOPMENT_INTEGRITY_KEY]), statement, agency, "a token", Handed("")).report


def _box(session: Session, master: Actor, agency: Agency, keyring: Keyring, words: str) -> Box:
    """With a key holder, an opening and a series of slips, each number 1."""
    if channels.by_code(session, agency.id, "box") is None:
        entry = Entry(words, audience="general_public", formality="formal", collector_position_th=words, open_from="1/10/2569")
        add_channel(session, SYSTEM, NOW, agency, "box", entry)
    box = boxes.add_box(session, master, NOW, agency, BoxEntry(words, place_th=words, set_up_on="1/10/2569"))
    boxes.add_holder(session, master, NOW, box, HolderEntry(position_th=words, from_on="1/10/2569"))
    witness = WitnessEntry(f"{words} ข้างนอก", "community", words)
    boxes.record_opening(session, master, NOW, box, OpeningEntry("20/11/2569", "9:30", ["1"], [witness], "intact", "2", words))
    boxes.new_series(session, master, NOW, keyring, box, "2")
    return box


def _mail(session: Session, keyring: Keyring, agency: Agency, words: str) -> MailInMessage:
    """One that waits."""
    letter = Letter(subject=words, senders=((words, "sender@example.org"),), text=words, to_many=True)
    return take_letter(session, NOW, keyring, agency, Came("1.1", 1, b""), letter)


def _change(agency: Agency, words: str) -> Change:
    return Change(kind="service", unit=agency.slug, title_th=words, problem_th=words, action_th=words)


def _facts(words: str) -> BreachFacts:
    return BreachFacts(BreachSource.MAIL, NOW - timedelta(days=2), NOW - timedelta(days=1), NOW - timedelta(hours=1), words)
