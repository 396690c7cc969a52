"""What was refused goes back into its form."""

from typing import TypeVar

from portal.kernel.errors import Conflict, Invalid
from portal.web.forms import PortalForm, say

Form = TypeVar("Form", bound=PortalForm)


def refused(form: Form, fault: Invalid | Conflict) -> Form:
    """The form, with what is wrong with it."""
    if isinstance(fault, Invalid):
        form.errors_from(fault)
    else:
        form.form_errors.append(say(fault.message))
    return form


def status_of(fault: Invalid | Conflict) -> int:
    """As it goes over the wire."""
    return 422 if isinstance(fault, Invalid) else 409
