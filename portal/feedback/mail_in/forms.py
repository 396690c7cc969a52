"""Shape of the forms about messages that wait; what may stand in a field is decided by ``service.deciding`` and ``casework``."""

from flask_babel import gettext as _
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.casework.options import KINDS_IN_ORDER
from portal.casework.rules import Anonymity
from portal.feedback.forms import NAMED
from portal.feedback.mail_in.service import CaseValues
from portal.kernel.messages import N_
from portal.web.forms import PortalForm, labelled

TICKED, ALL = "ticked", "all"


def _kinds() -> list[SelectChoice]:
    return [SelectChoice(value="", label=_("Choose")), *labelled(KINDS_IN_ORDER)()]


class CaseForm(PortalForm):
    """The form of the counter, as far as a message does not fill it in by itself."""

    kind = SelectField(N_("Kind"), choices=_kinds, validate_choice=False)
    subject = StringField(N_("Subject"))
    body = TextAreaField(N_("What the e-mail says, in the sender's words"))
    anonymity = RadioField(N_("Who may know who it is"), choices=labelled(NAMED), default=Anonymity.ANONYMOUS.value, validate_choice=False)
    name = StringField(N_("Name"))
    phone = StringField(N_("Telephone"))
    notices = BooleanField(N_("Send notices, with the tracking code, to the address that it says to come from"))

    @property
    def values(self) -> CaseValues:
        """As it was typed."""
        texts = {name: str(self[name].data or "") for name in ("kind", "subject", "body", "anonymity", "name", "phone")}
        return CaseValues(**texts, notices=bool(self.notices.data))


class AddForm(PortalForm):
    """Which case it belongs to."""

    number = StringField(N_("Case number"))
    words = TextAreaField(N_("What the e-mail says, in the sender's words"))


class RefuseForm(PortalForm):
    """Why nothing comes of it."""

    reason = TextAreaField(
        N_("Why it is not for us"), description=N_("Kept with the e-mail, and read by officers only; the sender is told nothing")
    )


class ManyForm(PortalForm):
    """Several at once."""

    which = RadioField(N_("Which ones"), choices=lambda: [SelectChoice(code, "") for code in (TICKED, ALL)], default=TICKED)
    kind = SelectField(N_("Kind of each"), choices=_kinds, validate_choice=False)
    reason = TextAreaField(
        N_("Why they are not for us"), description=N_("Kept with the e-mails, and read by officers only; the senders are told nothing")
    )
