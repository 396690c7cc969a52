"""Shape of the forms that move, merge and close. ``confirmed`` is empty until the person has seen what will be done."""

from wtforms import HiddenField, RadioField, SelectField

from portal.agencies.forms import VersionedForm
from portal.desk.units.rules import Ending, Rights
from portal.kernel.messages import N_
from portal.web.forms import labelled


class MoveForm(VersionedForm):
    """Where to; ``parent`` is a slug, empty for the top. The view sets the choices."""

    parent = SelectField(N_("New place"), choices=list, validate_choice=False)
    confirmed = HiddenField()


class EndForm(VersionedForm):
    """Into what, how, and what becomes of the rights."""

    how = RadioField(N_("What happens"), choices=labelled(Ending), default=Ending.MERGE.value)
    successor = SelectField(N_("Successor"), choices=list, validate_choice=False)
    rights = RadioField(N_("Rights given in it"), choices=labelled(Rights), default=Rights.WORK.value)
    confirmed = HiddenField()
