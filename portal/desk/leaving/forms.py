"""Whom things go to."""

from wtforms import HiddenField, SelectField

from portal.accounts.desk.forms import VersionForm
from portal.kernel.messages import N_


class LeavingForm(VersionForm):
    """``confirmed`` is the fingerprint of the numbers that the page showed."""

    cases_to = SelectField(N_("Cases go to"), choices=list)
    pages_to = SelectField(N_("Who answers for the pages from now on"), choices=list)
    confirmed = HiddenField()
