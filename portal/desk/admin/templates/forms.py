"""Forms of texts; what may stand in them is decided by ``casework.wording``."""

from flask_babel import gettext as _
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.casework.rules import CaseKind
from portal.casework.wording.service import Ready, Texts
from portal.desk.admin.versions import VersionedForm
from portal.kernel.messages import N_
from portal.web.forms import labelled


class MailTextForm(VersionedForm):
    """The text of one mail."""

    text_th = TextAreaField(N_("Text in Thai"))
    text_en = TextAreaField(N_("Text in English"))

    @property
    def texts(self) -> Texts:
        """As they were typed."""
        return Texts(self.text_th.data or "", self.text_en.data or "")


def _kinds() -> list[SelectChoice]:
    return [SelectChoice(value="", label=_("Every kind")), *labelled(CaseKind)()]


class ReadyReplyForm(VersionedForm):
    """A ready reply."""

    name_th = StringField(N_("Name in Thai"))
    name_en = StringField(N_("Name in English (may be empty)"))
    kind = SelectField(N_("For which kind of matter"), choices=_kinds, validate_choice=False)
    text_th = TextAreaField(N_("Text in Thai"))
    text_en = TextAreaField(N_("Text in English (may be empty)"))

    @property
    def ready(self) -> Ready:
        """As it was typed."""
        texts = Texts(self.text_th.data or "", self.text_en.data or "")
        return Ready(self.name_th.data or "", self.name_en.data or "", self.kind.data or "", texts)
