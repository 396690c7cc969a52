"""What pages share whose address holds the secret of a link, and pages that set a password."""

from flask import Response, make_response, render_template

from portal.accounts.passwords import hash_password
from portal.accounts.service import check_password
from portal.web.forms import PortalForm

#: The origin alone, so that the secret goes nowhere. Not "no-referrer": with it browsers send "Origin: null" with a form, which is refused.
REFERRER = "strict-origin"


def page(template: str, status: int = 200, **facts: object) -> Response:
    """A page that no cache keeps and whose address no referrer tells."""
    response = make_response(render_template(template, noindex=True, **facts), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = REFERRER
    return response


def gone() -> Response:
    """The one page for every link that opens nothing: used, run out, withdrawn, mistyped, or overtaken."""
    return page("accounts/link_gone.html", 410)


def hashed(form: PortalForm, email: str) -> str:
    """The hash of the new password in the form's field ``password``. Raises ``Invalid`` for a weak one, before any slow work."""
    password = str(form["password"].data or "")
    check_password(password, email)
    return hash_password(password)
