"""Shape of the one form for several cases: what is done decides which fields it shows."""

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.casework.bulk.rules import What
from portal.casework.rules import Disposition
from portal.kernel.messages import N_, Message
from portal.web.forms import PortalForm, labelled, say

#: The fields of each, in the order of the page.
FIELDS: dict[What, tuple[str, ...]] = {
    What.ASSIGN: ("assignee",),
    What.TAG: ("tags",),
    What.SNOOZE: ("until", "reason"),
    What.REPLY: ("ready", "publish"),
    What.CLOSE: ("result", "disposition", "reason", "proof"),
}


class BulkForm(PortalForm):
    """The page sets the choices of ``assignee``, ``until`` and ``ready``."""

    do = HiddenField()
    filter = HiddenField()
    within = HiddenField()
    assignee = SelectField(N_("Give to"), choices=list, validate_choice=False)
    tags = StringField(N_("Add tags"))
    until = SelectField(N_("Comes back"), choices=list, validate_choice=False)
    ready = SelectField(N_("Ready reply"), choices=list, validate_choice=False)
    publish = BooleanField(N_("These answers may be published with their cases"))
    result = TextAreaField(N_("Result"))
    disposition = SelectField(
        N_("Decision"),
        choices=lambda: [SelectChoice(value="", label=say(Message(N_("Choose")))), *labelled(Disposition)()],
        validate_choice=False,
    )
    reason = TextAreaField(N_("Reason"))
    proof = TextAreaField(N_("Proof"))

    def text(self, name: str) -> str:
        """What was typed into a field; empty if it was not sent."""
        return str(self[name].data or "")
