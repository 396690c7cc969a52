"""One report on one page, as a collector reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import g, render_template, request
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.home import home_agency
from portal.agencies.models import Agency
from portal.audit.models import AuditEntry
from portal.corruption import queries, service
from portal.corruption.desk.listing import short_name
from portal.corruption.forms import CloseForm, DeskForm, HandForm, KeepAwayForm, NoteForm, ReferForm, SayForm
from portal.corruption.models import CorruptionReport
from portal.corruption.reception import Reception, collectors_of, reference
from portal.corruption.rules import Act, EntryKind, Place, ReportStatus, Result, possible
from portal.corruption.sealing import Entry, contact_of, details_of, kept_away_of, told_of
from portal.files.rules import ACCEPT
from portal.files.service import Received
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import pick
from portal.web import form_token
from portal.web.database import db
from portal.web.form_token import FormToken
from portal.web.forms import say
from portal.web.language import language, other_language_path
from portal.web.runtime import runtime

FORMS: Mapping[str, type[DeskForm]] = {
    "say": SayForm,
    "note": NoteForm,
    "begin": DeskForm,
    "refer": ReferForm,
    "close": CloseForm,
    "hand": HandForm,
    "keep_away": KeepAwayForm,
}
DONE = {
    "say": N_("The message is with the reporter"),
    "note": N_("The note is kept"),
    "begin": N_("The report is being looked into, and you hold it"),
    "refer": N_("The referral is recorded, and the reporter can read it"),
    "close": N_("The report is concluded, and the reporter can read why"),
    "hand": N_("The report was handed on"),
    "keep_away": N_("That person cannot find it any more"),
}
TITLES = {
    EntryKind.REPORTER: N_("The reporter wrote"),
    EntryKind.COLLECTOR: N_("Message to the reporter"),
    EntryKind.NOTE: N_("Note"),
    EntryKind.HANDED: N_("Handed to %(name)s"),
    EntryKind.KEPT_AWAY: N_("%(name)s is kept away"),
}
TRAIL = {
    "corruption.opened": N_("opened the report"),
    "corruption.file_opened": N_("opened a file"),
    "corruption.answered": N_("wrote to the reporter"),
    "corruption.noted": N_("wrote a note"),
    "corruption.begin": N_("took it up"),
    "corruption.refer": N_("recorded a referral"),
    "corruption.close": N_("concluded it"),
    "corruption.handed": N_("handed it on"),
    "corruption.kept_away": N_("kept somebody away"),
}


@dataclass(frozen=True)
class Line:
    """One entry, in words."""

    entry: Entry
    title: str
    who: str
    more: str
    files: Sequence[Received]


@dataclass(frozen=True)
class Again:
    """A form that came back: which, and with what."""

    verb: str
    form: DeskForm
    token: FormToken
    waiting: Sequence[Received] = ()
    sentence: str = ""


def report_page(report: CorruptionReport, again: Again | None = None, *, done: str = "") -> str:
    """Draw it. Whoever calls has written the opening into the trail."""
    g.other_language_url = other_language_path() if request.method == "GET" else None
    keyring = runtime().integrity
    forms = {verb: again.form if again and again.verb == verb else form() for verb, form in FORMS.items()}
    fill_choices(report, forms)
    entries = queries.entries(db.session, keyring, report)
    people = accounts.by_ids(db.session, _people(report, [entry for _id, entry in entries]))
    files = _files(report)
    token = again.token if again else form_token.fresh()
    return render_template(
        "corruption_desk/show.html",
        report=report,
        name=short_name(report),
        told=told_of(keyring, report),
        contact=contact_of(keyring, report),
        kept_away=[_name(people[user_id]) for user_id in kept_away_of(keyring, report).user_ids if user_id in people],
        first_files=files.get(None, ()),
        said=[_line(entry, people, files.get(entry_id, ())) for entry_id, entry in reversed(entries)],
        trail=[(row.at, _name(people[row.actor_id or 0]), _(TRAIL[row.act])) for row in _trail(report, people)],
        forms=forms,
        form=again.form if again and again.form.errors else None,
        again=again,
        offered=_offered(report),
        form_token=form_token.write(runtime().settings.secret_key, token, salt_of(report)),
        done=_(DONE[done]) if done in DONE else "",
        accept=ACCEPT,
        noindex=True,
    )


def salt_of(report: CorruptionReport) -> str:
    """Of the desk's forms of this report."""
    return f"corruption desk {report.key}"


def home(report: CorruptionReport) -> Agency:
    """The home agency; where the settings name none that exists, the agency of the desk: a report never hides from its collectors."""
    return home_agency() or report.desk_agency


def chosen(report: CorruptionReport, wanted: str) -> User | None:
    """The collector whom a form names."""
    keyring = runtime().integrity
    return next((user for user in _people_near(report) if reference(keyring, user.id) == wanted), None)


def fill_choices(report: CorruptionReport, forms: Mapping[str, DeskForm]) -> None:
    """Who can be handed the report, and who can be kept away."""
    keyring = runtime().integrity
    forms["hand"]["to"].choices = [_choice(user, found) for found in _receptions(report) for user in found.collectors]
    here = Reception(report.desk_agency, collectors_of(db.session, report.desk_agency_id))
    kept = kept_away_of(keyring, report).user_ids
    forms["keep_away"]["who"].choices = [_choice(user, here) for user in here.collectors if user.id not in kept]


def _receptions(report: CorruptionReport) -> Sequence[Reception]:
    return service.candidates(db.session, runtime().integrity, report, home(report))


def _people_near(report: CorruptionReport) -> list[User]:
    return [*(user for found in _receptions(report) for user in found.collectors), *collectors_of(db.session, report.desk_agency_id)]


def _choice(user: User, found: Reception) -> SelectChoice:
    where = pick(language(), found.desk.short_th or found.desk.name_th, found.desk.short_en or found.desk.name_en)
    return SelectChoice(value=reference(runtime().integrity, user.id), label=f"{_name(user)} ({where})")


def _offered(report: CorruptionReport) -> list[str]:
    """What may be done now, in the order of the page."""
    moves = [act.value for act in (Act.BEGIN, Act.REFER, Act.CLOSE) if possible(act, report.status)]
    return ["say", *moves, "note", "hand", "keep_away"] if report.told_enc else []


def _files(report: CorruptionReport) -> dict[int | None, list[Received]]:
    found: dict[int | None, list[Received]] = {}
    for row in queries.files_of(db.session, report):
        found.setdefault(row.entry_id, []).append(details_of(runtime().integrity, row))
    return found


def _people(report: CorruptionReport, entries: Sequence[Entry]) -> set[int]:
    kept = kept_away_of(runtime().integrity, report).user_ids
    named = {person for entry in entries for person in (entry.by, entry.codes.get("person")) if person}
    return named | kept | {row.actor_id for row in queries.trail_of(db.session, report) if row.actor_id}


def _trail(report: CorruptionReport, people: Mapping[int, User]) -> list[AuditEntry]:
    return [row for row in queries.trail_of(db.session, report) if row.actor_id in people and row.act in TRAIL]


def _line(entry: Entry, people: Mapping[int, User], files: Sequence[Received]) -> Line:
    author = people.get(entry.by or 0)
    return Line(entry, _title(entry, people), _name(author) if author else "", _more(entry), files)


def _title(entry: Entry, people: Mapping[int, User]) -> str:
    if entry.kind is EntryKind.STATUS:
        return say(Message(ReportStatus(entry.codes["to"]).label))
    person = people.get(entry.codes.get("person", 0))
    return say(Message(TITLES[entry.kind], {"name": _name(person) if person else "–"}))


def _more(entry: Entry) -> str:
    if place := entry.codes.get("place"):
        return say(Message(Place(place).label))
    result = entry.codes.get("result")
    return say(Message(Result(result).label)) if result else ""


def _name(user: User) -> str:
    return pick(language(), user.name_th, user.name_en)
