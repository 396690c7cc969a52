"""Who a route is for. Every view says it, and it is enforced before the view runs.

``PUBLIC`` pages are the same for everybody and touch no cookie. ``CITIZEN`` pages belong to whoever holds a receipt (or
waits for the second step of signing in); the view itself checks that. ``SIGNED_IN`` needs a session, ``DESK`` one of the named
roles somewhere; which case or page the actor may touch is decided by the policy functions of the room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.kernel.actor import Role
from portal.kernel.errors import NotAllowed
from portal.web.actor import current_actor
from portal.web.csrf import check_anonymous_origin, check_csrf_token
from portal.web.step_up import first_gate, last_gate

View = TypeVar("View", bound=Callable[..., Any])


class Audience(StrEnum):
    """Kinds of audience."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    SIGNED_IN = "signed_in"
    DESK = "desk"


@dataclass(frozen=True)
class Rule:
    """A view's declared audience."""

    audience: Audience
    roles: tuple[Role, ...] = ()


def audience(who: Audience, *roles: Role) -> Callable[[View], View]:
    """Declare the audience of a view; ``DESK`` names the roles that may enter."""
    if (who is Audience.DESK) != bool(roles):
        raise ValueError("a desk route names its roles, and only a desk route does")

    def mark(view: View) -> View:
        view.audience = Rule(who, roles)  # type: ignore[attr-defined]  # read back by rule_of
        return view

    return mark


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The declared audience of an endpoint; method views carry it on the class or the method's view function."""
    view = app.view_functions[endpoint]
    return getattr(view, "audience", None) or getattr(getattr(view, "view_class", None), "audience", None)


def undeclared(app: Flask) -> list[str]:
    """Endpoints that do not say whom they are for; ``create_app`` refuses to start with one."""
    return sorted({rule.endpoint for rule in app.url_map.iter_rules() if rule_of(app, rule.endpoint) is None})


def enforce() -> Response | None:
    """Before every request: send strangers to sign in, refuse the wrong role, check forged forms, ask once more who it is."""
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    assert rule is not None
    if rule.audience in (Audience.PUBLIC, Audience.CITIZEN):
        check_anonymous_origin(request)
        return None
    actor = current_actor()
    if not actor.is_signed_in:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("accounts.sign_in", next=request.path), 303)
        raise NotAllowed
    if (answer := first_gate()) is not None:
        return answer
    if rule.roles and not actor.has_role(*rule.roles):
        raise NotAllowed
    check_csrf_token(request)
    return last_gate()
