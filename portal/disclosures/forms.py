"""Shape of the desk's forms. What may be published is decided by the rules, not here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.accounts.models import User
from portal.agencies.models import Agency, Mission, StrategyNode
from portal.disclosures.models import Disclosure, DisclosureTranslation
from portal.disclosures.rules import BODY_MOST, LEAD_MOST, NOTE_MOST, REASON_MOST, SLUG_MOST, TITLE_MOST, DisclosureKind, Licence
from portal.disclosures.service import PageSettings, TextDraft
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BANGKOK, format_datetime, parse_thai_datetime
from portal.kernel.thai_text import excerpt, fold_digits
from portal.web.forms import Length, PortalForm, Required, labelled


def read_moment(text: str | None, field: str) -> datetime | None:
    """``13 ธันวาคม 2550 17:23:13`` or ``2007-12-13 17:23:13`` in Bangkok; ``None`` for nothing. Raises ``Invalid`` at ``field``."""
    if not text:
        return None
    moment = parse_thai_datetime(text)
    if moment is None:
        try:
            moment = datetime.fromisoformat(fold_digits(text))
        except ValueError as error:
            raise Invalid({field: [Message(N_("Write day, month and Buddhist year, such as 13 ธันวาคม 2550 17:23:13"))]}) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(BANGKOK.key))


def shown_moment(moment: datetime | None) -> str:
    """A moment as its field shows it."""
    return format_datetime(moment, "th") if moment else ""


class NewForm(PortalForm):
    """A page that is to be written. ``agency.choices`` are set by the view."""

    agency = SelectField(N_("Agency"), choices=list)
    kind = SelectField(N_("Kind"), choices=labelled(DisclosureKind), default=DisclosureKind.PAGE.value)
    title = StringField(N_("Title"), validators=[Required(), Length(TITLE_MOST)])
    slug = StringField(N_("Address (optional)"), validators=[Length(SLUG_MOST)])


class EditForm(PortalForm):
    """A page's text in one language and its settings. Choices from the database are set by ``offer``."""

    title = StringField(N_("Title"), validators=[Length(TITLE_MOST)])
    lead = TextAreaField(N_("Summary in one or two sentences"), validators=[Length(LEAD_MOST)])
    body = TextAreaField(N_("Text (HTML)"), validators=[Length(BODY_MOST)])
    change_note = StringField(N_("What changed since the last version"), validators=[Length(NOTE_MOST)])
    responsible = SelectField(N_("Responsible officer"), choices=list)
    responsible_position_th = StringField(N_("Position in Thai, if no person is named"), validators=[Length(200)])
    responsible_position_en = StringField(N_("Position in English"), validators=[Length(200)])
    responsible_unit = SelectField(N_("Unit"), choices=list)
    office_contact = StringField(N_("Office contact"), validators=[Length(300)])
    place = SelectField(N_("Place in the agency's strategy"), choices=list)
    mission = SelectField(N_("Mission that the page is about"), choices=list)
    kind = SelectField(N_("Kind"), choices=labelled(DisclosureKind))
    fiscal_year = StringField(N_("Fiscal year of the report"))
    licence = SelectField(N_("Licence"), choices=labelled(Licence))
    published_at = StringField(N_("First published, if that was before it came here"))
    updated_at = StringField(N_("Updated, if that was before it came here"))
    related = StringField(N_("Related pages, their addresses with a space between"))

    def offer(
        self, people: Sequence[User], units: Sequence[Agency], nodes: Sequence[StrategyNode], missions: Mapping[str, Mission], none: str
    ) -> None:
        """Set the choices; ``none`` is the translated word for none of them."""
        nothing = SelectChoice(value="", label=none)
        self.responsible.choices = [nothing, *(SelectChoice(one.email, f"{one.name_th} {one.position_th}".strip()) for one in people)]
        self.responsible_unit.choices = [nothing, *(SelectChoice(one.slug, one.name_th) for one in units)]
        self.place.choices = [nothing, *(SelectChoice(one.code, one.title_th) for one in nodes)]
        self.mission.choices = [nothing, *(SelectChoice(name, f"{one.code} {excerpt(one.text_th, 80)}") for name, one in missions.items())]

    def text(self) -> TextDraft:
        """The words. Raises ``Invalid`` for times that cannot be read."""
        return TextDraft(
            title=self.title.data or "",
            lead=self.lead.data or "",
            body=self.body.data or "",
            change_note=self.change_note.data or "",
            published_at=read_moment(self.published_at.data, "published_at"),
            updated_at=read_moment(self.updated_at.data, "updated_at"),
        )

    def settings(
        self,
        page: Disclosure,
        people: Sequence[User],
        units: Sequence[Agency],
        nodes: Sequence[StrategyNode],
        missions: Mapping[str, Mission],
    ) -> PageSettings:
        """The page's settings. Raises ``Invalid`` for a fiscal year that is no number."""
        return PageSettings(
            kind=DisclosureKind(self.kind.data),
            strategy_node_id=next((one.id for one in nodes if one.code == self.place.data), None),
            responsible_user_id=next((one.id for one in people if one.email == self.responsible.data), None),
            responsible_position_th=self.responsible_position_th.data or "",
            responsible_position_en=self.responsible_position_en.data or "",
            responsible_unit_id=next((one.id for one in units if one.slug == self.responsible_unit.data), None),
            office_contact=self.office_contact.data or "",
            licence=Licence(self.licence.data),
            is_sample=page.is_sample,
            fiscal_year=_year(self.fiscal_year),
            mission_id=missions[self.mission.data].id if self.mission.data else None,
        )


def filled(
    page: Disclosure,
    translation: DisclosureTranslation | None,
    nodes: Sequence[StrategyNode],
    missions: Mapping[str, Mission],
    related: Sequence[str],
) -> dict[str, object]:
    """What the edit form shows before anything is typed."""
    words = {name: getattr(translation, name) for name in ("title", "lead", "body", "change_note")} if translation else {}
    own = ("responsible_position_th", "responsible_position_en", "office_contact")
    return {
        **words,
        **{name: getattr(page, name) for name in own},
        "responsible": page.responsible_user.email if page.responsible_user else "",
        "responsible_unit": page.responsible_unit.slug if page.responsible_unit else "",
        "place": next((one.code for one in nodes if one.id == page.strategy_node_id), ""),
        "mission": next((name for name, one in missions.items() if one is page.mission), ""),
        "kind": page.kind.value,
        "licence": page.licence.value,
        "fiscal_year": page.fiscal_year or "",
        "published_at": shown_moment(translation.published_at if translation else None),
        "updated_at": shown_moment(translation.updated_at if translation else None),
        "related": " ".join(related),
    }


class WithdrawForm(PortalForm):
    """Why a page is taken away."""

    reason = TextAreaField(N_("Reason, shown at the page's address"), validators=[Required(), Length(REASON_MOST)])


class FileForm(PortalForm):
    """A document to hang on the page; the file itself is read from the request."""

    files = StringField(N_("Document: PDF or picture, at most 10 MB"))
    file_title = StringField(N_("What the document is"), validators=[Length(200)])


def _year(field: Field) -> int | None:
    text = fold_digits(field.data or "").strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) != 4:
        raise Invalid({"fiscal_year": [Message(N_("Write the fiscal year in the Buddhist era, such as 2569"))]})
    return int(text)
