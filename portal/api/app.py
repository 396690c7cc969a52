"""Putting the API into the app."""

from flask import Flask, g, request

from portal.api import views  # noqa: F401 - importing them puts them on the blueprint
from portal.api.blueprint import PREFIX, bp
from portal.api.document import bp as document
from portal.api.problems import Problem, answer_problem, field_problem
from portal.kernel.messages import N_, Message
from portal.web.language import LANGUAGES


def init_api(app: Flask) -> None:
    """Register calls, description, language and problems. Call it once the portal's own error handlers are there."""
    app.before_request(choose_language)
    app.register_error_handler(Problem, answer_problem)
    app.register_blueprint(bp)
    app.register_blueprint(document)


def choose_language() -> None:
    """Before each call: ``?language=``, since these addresses have no prefix."""
    if not request.path.startswith(f"{PREFIX}/"):
        return
    wanted = request.args.get("language")
    if wanted in LANGUAGES:
        g.language = wanted
    elif wanted is not None:
        raise field_problem(422, "language", Message(N_("The language is th or en")))
