"""The page of one report, for whoever holds its code: where it stands, what both sides said, and a field to write in."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.corruption import queries
from portal.corruption.forms import MessageForm
from portal.corruption.models import CorruptionReport
from portal.corruption.rules import FOR_REPORTER, Place, ReportStatus, Result
from portal.corruption.sealing import Entry, as_stored, details_of, told_of
from portal.corruption.views.blueprint import bp
from portal.files.rules import ACCEPT
from portal.files.service import Received
from portal.files.serving import send_stored
from portal.kernel.errors import NotFound
from portal.kernel.messages import N_
from portal.web import form_token, held
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.form_token import FormToken
from portal.web.language import other_language_path
from portal.web.runtime import runtime

DONE = {"sent": N_("Your message is stored")}


@dataclass(frozen=True)
class Step:
    """An entry as the reporter reads it: never who of the collectors wrote it."""

    entry: Entry
    files: Sequence[Received]

    @property
    def place(self) -> str:
        """English source text of a referral's place; empty where there is none."""
        code = self.entry.codes.get("place")
        return Place(code).label if code else ""

    @property
    def result(self) -> str:
        """English source text of what came of it; empty where there is none."""
        code = self.entry.codes.get("result")
        return Result(code).label if code else ""


@bp.get("/feedback/corruption/report")
@audience(Audience.CITIZEN)
def report() -> Response | str:
    """The report that this browser's cookie opens; without one the way to the door."""
    found = held_report()
    if found is None:
        return redirect(url_for("corruption.track", over=1), 303)
    return page(found, MessageForm(), form_token.fresh(), done=request.args.get("done", ""))


@bp.get("/feedback/corruption/report/files/<public_id>")
@audience(Audience.CITIZEN)
def file(public_id: str) -> Response:
    """A file of this very report."""
    found, keyring = held_report(), runtime().integrity
    for row in queries.files_of(db.session, found) if found else ():
        if row.public_id == public_id:
            return send_stored(runtime().sealed_store, as_stored(details_of(keyring, row)))
    raise NotFound


def held_report() -> CorruptionReport | None:
    """The report that the cookie opens."""
    return queries.by_key(db.session, held.get(runtime().integrity, held.CASE) or "")


def salt_of(found: CorruptionReport) -> str:
    """Of the forms of this report, so that a page of another one is noticed."""
    return f"corruption report {found.key}"


def page(
    found: CorruptionReport,
    form: MessageForm,
    token: FormToken,
    *,
    waiting: Sequence[Received] = (),
    done: str = "",
    sentence: str | None = None,
) -> str:
    """Draw the page; also for a refused form, whose own address has no page to read."""
    g.other_language_url = other_language_path() if request.method == "GET" else None
    keyring = runtime().integrity
    rows = queries.files_of(db.session, found)
    files = {
        entry_id: [details_of(keyring, row) for row in rows if row.entry_id == entry_id] for entry_id in {row.entry_id for row in rows}
    }
    entries = queries.entries(db.session, keyring, found)
    return render_template(
        "corruption/report.html",
        report=found,
        told=told_of(keyring, found),
        first_files=files.get(None, ()),
        steps=[Step(entry, files.get(entry_id, ())) for entry_id, entry in entries if entry.kind in FOR_REPORTER],
        statuses={status.value: status for status in ReportStatus},
        form=form,
        form_token=form_token.write(runtime().settings.secret_key, token, salt_of(found)),
        waiting=waiting,
        done=DONE.get(done),
        sentence=sentence,
        accept=ACCEPT,
        noindex=True,
    )
