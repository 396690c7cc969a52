"""What a monitor found, and what the agency says to it."""

from wtforms import BooleanField, RadioField, TextAreaField

from portal.kernel.messages import N_
from portal.monitoring.samples.rules import Met, Proof
from portal.web.forms import PortalForm, labelled


class FindingForm(PortalForm):
    """Three questions and words."""

    met = RadioField(N_("Does the answer meet the matter"), choices=labelled(Met), validate_choice=False)
    proof = RadioField(N_("Does the proof show what was done"), choices=labelled(Proof), validate_choice=False)
    false_closing = BooleanField(N_("It was closed although nothing was done"))
    words = TextAreaField(N_("What you found, read by everybody"))


class FindingReplyForm(PortalForm):
    """The agency's answer."""

    reply = TextAreaField(N_("Answer of the agency, read by everybody"))
