"""The blueprint of the room, and what its pages share: the waiting file of the address."""

from dataclasses import dataclass

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from portal.feedback.sheets import queries, service
from portal.feedback.sheets.models import SheetDraft
from portal.feedback.sheets.plan import Plan, headings
from portal.feedback.sheets.reading.book import Book, Sheet
from portal.feedback.sheets.rules import FileName
from portal.kernel.errors import Unavailable
from portal.web.actor import current_actor
from portal.web.database import db
from portal.web.runtime import runtime

bp = Blueprint("sheets", __name__)
Answer = Response | str | tuple[str, int]


@dataclass(frozen=True)
class Waiting:
    """A waiting file with what was read of it and what was said about it."""

    draft: SheetDraft
    book: Book
    plan: Plan

    @property
    def sheet(self) -> Sheet:
        """The sheet that was chosen."""
        return self.book.sheets[self.plan.sheet]

    @property
    def names(self) -> list[str]:
        """Its headings."""
        return headings(self.sheet, self.plan.header_row)

    @property
    def file(self) -> FileName:
        """Name and hash."""
        return FileName(self.draft.file_name, self.draft.sha256)


def waiting(public_id: str) -> Waiting:
    """The person's own waiting file. Raises ``NotFound`` for any other."""
    draft = queries.draft_at_hand(db.session, current_actor(), public_id)
    keyring = runtime().keyring
    try:
        return Waiting(draft, service.book_of(keyring, draft), service.plan_of_draft(keyring, draft))
    except ValueError as error:  # its key was taken off the list meanwhile
        raise Unavailable from error


def go(step: str, draft: SheetDraft) -> Response:
    """On to another step of the same file."""
    return redirect(url_for(f"sheets.{step}", public_id=draft.public_id), 303)
