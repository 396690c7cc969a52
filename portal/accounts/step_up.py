"""The gate before the desk: who must set up a second factor is led there, and acts that ask for it hear once more who one is.

In words: ``docs/rules/sign-in.md``. The proof comes with the form itself, in fields that are taken out before the view sees it.
"""

from urllib.parse import urlsplit

from flask import make_response, redirect, request, url_for
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response

from portal.accounts import rules
from portal.accounts.confirming import ConfirmForm, confirm_page, confirmed_now
from portal.accounts.entering import safe_next
from portal.accounts.sign_in import second_factor_due, standing
from portal.kernel.errors import NotAllowed
from portal.kernel.messages import N_, Message
from portal.web.clock import now
from portal.web.csrf import FIELD, SAFE
from portal.web.step_up import PROOF_FIELDS

SET_UP_FIRST = Message(N_("Your role needs a second factor, set one up before you go on"))


class AccountsGate:
    """What a session has shown decides."""

    def lead_to_second_factor(self) -> Response | None:
        """Pages redirect to where one is set up; acts are refused."""
        if not second_factor_due():
            return None
        if request.method not in SAFE:
            raise NotAllowed(SET_UP_FIRST)
        return redirect(url_for("second_factor.index"), 303)

    def ask_again(self) -> Response | None:
        """A page waits behind the question; a form that is sent carries the answer, or is asked for it with all that was typed."""
        if request.method in SAFE:
            return None if _is_confirmed() else redirect(url_for("second_factor.confirm_page", next=request.full_path.rstrip("?")), 303)
        form = ConfirmForm(request.form)
        answered = any(request.form.get(name) for name in PROOF_FIELDS)
        if not _is_confirmed() and not (answered and confirmed_now(form)):
            return make_response(_question(form), 422 if answered else 403)
        _strip()
        return None


def _is_confirmed() -> bool:
    known = standing()
    return known is not None and rules.is_confirmed(known.confirmed_at, now())


def _question(form: ConfirmForm) -> str:
    """The question, with what was typed as hidden fields; passwords are not written into a page."""
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in (FIELD, *PROOF_FIELDS)]
    kept = [(name, value) for name, value in typed if "password" not in name]
    files = any(file.filename for file in request.files.values())
    return confirm_page(form, kept, _page_before(), waits=True, again=files or kept != typed)


def _page_before() -> str:
    """The page of the desk that the form came from, where a provider may lead back to; what was typed cannot travel there."""
    parts = urlsplit(request.referrer or "")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    path = path.removeprefix(request.script_root)
    return path if safe_next(path) else ""


def _strip() -> None:
    """Let the view see the form as it would have come without the question."""
    left = [(name, value) for name, value in request.form.items(multi=True) if name not in PROOF_FIELDS]
    request.form = ImmutableMultiDict(left)  # Werkzeug's cached property may be set
    request.__dict__.pop("values", None)
