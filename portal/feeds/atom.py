"""Entries written as Atom (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed
from flask_babel import gettext as _
from markupsafe import escape

from portal.feeds.entries import Entry
from portal.kernel.thai_calendar import BANGKOK
from portal.web.language import path_in

#: A tag (RFC 4151) needs a day on which the host was the agency's; ours is that of the first release, and never changes.
TAG_DAY = "2026-01-01"
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
#: Of a feed without entries.
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Feed:
    """A feed in one language: its own path, the path of the page with the same content, and its title."""

    path: str
    page: str
    title: str
    publisher: str
    language: str


class _Atom(Atom1Feed):  # type: ignore[misc]  # feedgenerator carries no types
    """Says nothing of the present moment, so that an unchanged feed keeps its ETag."""

    def latest_post_date(self) -> datetime:
        """When the newest entry changed."""
        return max((item["updateddate"] for item in self.items), default=NEVER.astimezone(BANGKOK))


def write(feed: Feed, entries: Sequence[Entry], base_url: str) -> str:
    """The feed as XML, every address absolute."""
    atom = _Atom(
        title=feed.title,
        link=base_url + path_in(feed.language, feed.page),
        description=None,
        language=feed.language,
        author_name=feed.publisher,
        feed_url=base_url + address(feed.path, feed.language),
        feed_guid=tag(base_url, address(feed.path, feed.language)),
    )
    for entry in entries:
        _add(atom, entry, feed.language, base_url)
    return str(atom.writeString("utf-8"))


def address(path: str, language: str) -> str:
    """A feed has one address a language, without the prefix of pages."""
    return f"{path}?lang=en" if language == "en" else path


def tag(base_url: str, name: str) -> str:
    """An id that stays when the address changes."""
    return f"tag:{urlsplit(base_url).hostname},{TAG_DAY}:{name}"


def _add(atom: _Atom, entry: Entry, language: str, base_url: str) -> None:
    atom.add_item(
        title=f"[{_('Invented data')}] {entry.title}" if entry.is_sample else entry.title,
        link=base_url + path_in(language, entry.path),
        description=str(escape(entry.summary)),  # a summary is read as HTML
        unique_id=tag(base_url, entry.path),
        author_name=entry.agency,
        pubdate=entry.published.astimezone(BANGKOK),
        updateddate=entry.updated.astimezone(BANGKOK),
    )
