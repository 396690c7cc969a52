"""Shape of the forms. What may be in a field is decided by ``statement`` and the service; here fields only get their labels."""

from wtforms import BooleanField, HiddenField, MultipleFileField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.casework.forms import CHOOSE, NO_VERSION
from portal.casework.texts import BODY_MOST
from portal.corruption.rules import Place, Result
from portal.corruption.statement import Statement
from portal.kernel.messages import N_, Message
from portal.web.forms import PortalForm, WordsField, labelled, say

FILES = N_("Pictures or documents, up to five files (optional)")


class ReportForm(PortalForm):
    """What a reporter tells. Choices of ``agency`` and ``kept`` are set by the view that draws the form."""

    agency = SelectField(N_("Which agency is it about"), choices=list, validate_choice=False)
    #: The agency whose collectors the page showed.
    listed_for = HiddenField()
    kept = SelectMultipleField(N_("Who must not see it"), choices=list, validate_choice=False)
    outside = BooleanField(N_("Nobody of this agency may see it"))
    what = WordsField(N_("What happened"))
    place = StringField(N_("Where and when (optional)"))
    who = WordsField(N_("Who did it, who took part (optional)"))
    how = WordsField(N_("How do you know (optional)"))
    name = StringField(N_("Name"))
    reach = StringField(N_("How the collectors can reach you"))
    email = StringField(N_("E-mail for notices"))
    files = MultipleFileField(FILES)

    most_what = BODY_MOST

    def statement(self, language: str) -> Statement:
        """What was typed, for ``statement.validate`` to judge."""
        texts = {name: self[name].data or "" for name in ("agency", "what", "place", "who", "how", "name", "reach", "email")}
        return Statement(**texts, kept=tuple(sorted(self.kept.data or ())), outside=bool(self.outside.data), language=language)


class CodeForm(PortalForm):
    """The code that opens a report."""

    code = StringField(N_("Tracking code"))


class MessageForm(PortalForm):
    """Words, and perhaps files, of the reporter."""

    body = WordsField(N_("Your message"))
    files = MultipleFileField(FILES)


class DeskForm(PortalForm):
    """A collector's form about one version of a report."""

    row_version = HiddenField()

    @property
    def version(self) -> int:
        """The version that the collector saw; one that never was if the field is damaged."""
        text = self.row_version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else NO_VERSION

    def typed(self, name: str) -> str:
        """What was typed into a field; empty if the field was not sent at all."""
        return str(self[name].data or "")


class SayForm(DeskForm):
    """A question or an answer to the reporter."""

    body = TextAreaField(N_("Message to the reporter"))
    files = MultipleFileField(FILES)


class NoteForm(DeskForm):
    """A note that only collectors read."""

    body = TextAreaField(N_("Note, seen by collectors only"))


class ReferForm(DeskForm):
    """To whom, and what the reporter is told."""

    place = SelectField(
        N_("Referred to"),
        choices=lambda: [SelectChoice(value="", label=say(Message(CHOOSE))), *labelled(Place)()],
        validate_choice=False,
    )
    text = TextAreaField(N_("Words to the reporter"))


class CloseForm(DeskForm):
    """What came of it, and what the reporter is told."""

    result = SelectField(
        N_("What came of it"),
        choices=lambda: [SelectChoice(value="", label=say(Message(CHOOSE))), *labelled(Result)()],
        validate_choice=False,
    )
    text = TextAreaField(N_("Words to the reporter"))


class HandForm(DeskForm):
    """To which collector. The page sets the choices."""

    to = SelectField(N_("Give to"), choices=list, validate_choice=False)


class KeepAwayForm(DeskForm):
    """Who must not see it. The page sets the choices."""

    who = SelectField(N_("Who must not see it"), choices=list, validate_choice=False)
