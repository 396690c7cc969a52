"""Keeping the list of themes, and giving cases their theme. Raise ``NotAllowed``, ``Invalid`` by field, ``Conflict``."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.casework.models import Case
from portal.casework.texts import tidy_line, too_long
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.outcomes import policy
from portal.outcomes.themes import queries
from portal.outcomes.themes.models import Theme, ThemedCase

NAME_MOST = 120  # characters
OFFERED_MOST = 40
#: As many cases as the page shows at once.
AT_ONCE_MOST = 100


def add_theme(session: Session, actor: Actor, now: datetime, agency: Agency, name_th: str, name_en: str = "") -> Theme:
    """One more theme on offer."""
    policy.check(actor, policy.THEME_KEEPERS, agency.id)
    names = _names(session, agency.id, name_th, name_en)
    if sum(theme.closed_at is None for theme in queries.themes_of(session, agency.id)) >= OFFERED_MOST:
        raise Invalid({"name_th": [Message(N_("At most %(most)d themes; close one first"), {"most": OFFERED_MOST})]})
    theme = Theme(agency_id=agency.id, slug=f"theme-{secrets.token_hex(3)}", name_th=names[0], name_en=names[1])
    session.add(theme)
    return _done(session, actor, now, theme, "theme.added")


def edit_theme(session: Session, actor: Actor, now: datetime, theme: Theme, name_th: str, name_en: str, version: int) -> Theme:
    """Other names; drafts show the new ones, published versions keep the old."""
    _take(actor, theme, version)
    theme.name_th, theme.name_en = _names(session, theme.agency_id, name_th, name_en, but=theme.id)
    return _done(session, actor, now, theme, "theme.edited")


def set_open(session: Session, actor: Actor, now: datetime, theme: Theme, version: int, *, is_open: bool) -> Theme:
    """Offer it no longer, or again; its cases keep it."""
    _take(actor, theme, version)
    if is_open:
        _names(session, theme.agency_id, theme.name_th, theme.name_en, but=theme.id)
    theme.closed_at = None if is_open else now
    return _done(session, actor, now, theme, "theme.reopened" if is_open else "theme.closed")


def give_themes(session: Session, actor: Actor, now: datetime, agency: Agency, chosen: Mapping[str, str], shown: Mapping[str, str]) -> int:
    """Give cases (by number) the themes chosen (by slug; empty takes it away). Returns how many were changed.

    ``shown`` is what the page showed for each: where a colleague has changed a theme since, theirs stays and ``Conflict`` is raised, so
    nothing is written. What the actor may not see, or what cannot have a theme, is passed over like a case that does not exist.
    """
    policy.check(actor, policy.IMPROVERS, agency.id)
    wanted = dict(list(chosen.items())[:AT_ONCE_MOST])
    themes = {theme.slug: theme for theme in queries.themes_of(session, agency.id)}
    cases = _visible(session, actor, agency, list(wanted))
    rows = queries.themed(session, [case.id for case in cases])
    names = {theme.id: slug for slug, theme in themes.items()}
    changed = 0
    for case in cases:
        slug, row = wanted[case.number], rows.get(case.id)
        before = names.get(row.theme_id, "") if row else ""
        if slug == before or slug == shown.get(case.number, before):
            continue
        if before != shown.get(case.number, before):
            raise Conflict(Message(N_("A colleague has given some of these a theme since you opened the page; look at them again")))
        if slug and (slug not in themes or themes[slug].closed_at is not None):
            raise Invalid({f"theme-{case.number}": [Message(N_("Choose a theme from the list"))]})
        _give(session, actor, now, case, themes.get(slug), row)
        audit.record(session, actor, now, "theme.given", "case", case.number, agency_id=agency.id, detail={"from": before, "to": slug})
        changed += 1
    session.flush()
    return changed


def _visible(session: Session, actor: Actor, agency: Agency, numbers: list[str]) -> list[Case]:
    found = queries.themeable(actor, agency.id).where(Case.number.in_(numbers)).order_by(Case.id)
    return list(session.scalars(found.with_for_update(of=Case)))


def _give(session: Session, actor: Actor, now: datetime, case: Case, theme: Theme | None, row: ThemedCase | None) -> None:
    if theme is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(ThemedCase(case_id=case.id, theme_id=theme.id, by_id=actor.user_id, at=now))
    else:
        row.theme_id, row.by_id, row.at = theme.id, actor.user_id, now


def _take(actor: Actor, theme: Theme, version: int) -> None:
    policy.check(actor, policy.THEME_KEEPERS, theme.agency_id)
    if theme.row_version != version:
        raise Conflict(Message(N_("Somebody else has changed this theme since you opened the page; look at it again")))


def _names(session: Session, agency_id: int, name_th: str, name_en: str, but: int = 0) -> tuple[str, str]:
    names, wrong = {"name_th": tidy_line(name_th), "name_en": tidy_line(name_en)}, {}
    if not names["name_th"]:
        wrong["name_th"] = [Message(N_("Write the name of the theme in Thai"))]
    wrong |= {field: [too_long(NAME_MOST)] for field, name in names.items() if len(name) > NAME_MOST}
    same = select(Theme.id).where(
        Theme.agency_id == agency_id, Theme.name_th == names["name_th"], Theme.id != but, Theme.closed_at.is_(None)
    )
    if not wrong and session.scalar(same):
        wrong["name_th"] = [Message(N_("Another theme has this name"))]
    if wrong:
        raise Invalid(wrong)
    return names["name_th"], names["name_en"]


def _done(session: Session, actor: Actor, now: datetime, theme: Theme, act: str) -> Theme:
    session.flush()
    audit.record(session, actor, now, act, "theme", theme.slug, agency_id=theme.agency_id)
    return theme
