"""What officers write into a report, who may be named as responsible, and looking at both before they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework.texts import optional
from portal.kernel.actor import Role
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.outcomes.reports import rules
from portal.outcomes.reports.models import OpinionReport
from portal.outcomes.themes import queries as themes

#: Whoever may be named as responsible: holds a role that works or answers in the agency.
RESPONSIBLE_ROLES = (Role.PUBLISHER, Role.COORDINATOR, Role.OFFICER, Role.EXECUTIVE)


@dataclass(frozen=True)
class Words:
    """What an officer writes; ``remarks`` by slug of the theme, then by language; ``responsible`` is the public id of a person."""

    introduction_th: str = ""
    introduction_en: str = ""
    conclusion_th: str = ""
    conclusion_en: str = ""
    note: str = ""
    responsible: str = ""
    remarks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def responsible_people(session: Session, report: OpinionReport) -> list[User]:
    """Who may be named, by name; somebody who is named already stays on the list."""
    people = list(accounts.workers_of(session, report.agency_id, RESPONSIBLE_ROLES))
    if report.named and report.named not in people:
        people.append(report.named)
    return people


def checked(session: Session, report: OpinionReport, words: Words) -> dict[str, object]:
    """The columns with their new values. Raises ``Invalid`` by field."""
    wrong: dict[str, list[Message]] = {}
    values: dict[str, object] = {}
    texts = dict.fromkeys(("introduction_th", "introduction_en", "conclusion_th", "conclusion_en"), rules.WORDS_MOST)
    for name, most in {**texts, "note": rules.NOTE_MOST}.items():
        values[name] = _kept(wrong, name, getattr(words, name), most)
    known = {theme.slug for theme in themes.themes_of(session, report.agency_id)} | {""}
    values["remarks"] = {
        slug: {language: _kept(wrong, f"remark-{slug}-{language}", said.get(language, ""), rules.REMARK_MOST) for language in ("th", "en")}
        for slug, said in words.remarks.items()
        if slug in known and any(said.values())
    }
    people = {user.public_id: user for user in responsible_people(session, report)}
    if words.responsible and words.responsible not in people:
        wrong["responsible"] = [Message(N_("Choose somebody from the list"))]
    if wrong:
        raise Invalid(wrong)
    values["responsible"] = people.get(words.responsible)
    return values


def _kept(wrong: dict[str, list[Message]], name: str, text: str, most: int) -> str:
    try:
        return optional(name, text, most)
    except Invalid as invalid:
        wrong.update({field: list(messages) for field, messages in invalid.fields.items()})
        return ""
