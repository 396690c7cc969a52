"""Shapes of the forms; what may stand in a field is decided by ``calls.taking`` and the services."""

from dataclasses import asdict

from wtforms import BooleanField, HiddenField, MultipleFileField, RadioField, SelectField, StringField

from portal.casework.rules import Anonymity, Channel
from portal.feedback.calls.forms import TakenForm
from portal.feedback.calls.taking import Taken
from portal.feedback.transcribing.models import Batch
from portal.feedback.transcribing.rules import ON_PAPER, Aside
from portal.kernel.messages import N_
from portal.web.forms import PortalForm, WordsField, labelled

#: Whoever signs a letter tells the officers who they are; slips are dropped by people who want nobody to know.
SIGNED = frozenset({Channel.LETTER, Channel.FAX, Channel.EMAIL})


class PagesForm(PortalForm):
    """More pictures for a batch."""

    split = BooleanField(N_("Each page of a PDF is a letter or slip of its own"), default=True)
    files = MultipleFileField(N_("Pictures of the pages"))


class BatchForm(PagesForm):
    """A new batch; the view sets the agencies."""

    agency = SelectField(N_("Agency"), choices=list, validate_choice=False)
    channel = SelectField(N_("Channel"), choices=labelled(ON_PAPER), default=Channel.LETTER.value, validate_choice=False)
    received_on = StringField(N_("Day of receipt"))
    reference = StringField(N_("Reference (may be empty)"))


class SheetForm(TakenForm):
    """A letter or slip, typed; below it why it becomes no case."""

    body = WordsField(N_("The words as they stand there"))
    registry_number = StringField(N_("Incoming registry number"))
    received_on = StringField(N_("Day of receipt, if not the batch's"))
    #: Of a slip from a suggestion box.
    slip_number = StringField(N_("Slip number"))
    row_version = HiddenField()
    seen = HiddenField()
    aside_why = RadioField(N_("Why it becomes no case"), choices=labelled(Aside), validate_choice=False)
    aside_words = StringField(N_("In a few words"))

    @classmethod
    def of(cls, batch: Batch, taken: Taken, number: str, slip_number: str | None = None) -> "SheetForm":
        """With what was typed so far; of a fresh sheet with what is likely for its channel."""
        values = {**asdict(taken), "registry_number": number, "slip_number": slip_number or ""}
        if not taken.anonymity:
            values["anonymity"] = (Anonymity.NAMED if batch.channel in SIGNED else Anonymity.ANONYMOUS).value
            values["letter"] = batch.channel is Channel.LETTER
        return cls(data=values)

    @property
    def version(self) -> int:
        """The version that the officer saw; one that never was if the field is damaged."""
        return read_version(self.row_version.data)


class LetterForm(PortalForm):
    """The words of a photographed letter, whose case is there already."""

    body = WordsField(N_("The words as they stand there"))
    row_version = HiddenField()

    @property
    def version(self) -> int:
        """See ``SheetForm``."""
        return read_version(self.row_version.data)


def read_version(text: str | None) -> int:
    """A whole number of at most nine digits, else one that no row has."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else -1
