"""Flask-SQLAlchemy over the portal's own metadata: a session per request, removed at its end.

Models inherit ``portal.db.Base``; Flask-SQLAlchemy only brings engine and session.
"""

from typing import TYPE_CHECKING

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from portal.db import Base
from portal.db.session import adopt, engine_options, normalise


class Database(SQLAlchemy):
    """Flask-SQLAlchemy whose scoped session passes for the plain one that services take."""

    if TYPE_CHECKING:
        session: Session  # type: ignore[assignment]  # the proxy has every method of a Session


db = Database(metadata=Base.metadata, session_options={"expire_on_commit": False})


def init_database(app: Flask, url: str) -> None:
    """Connect the app to its database and put the transaction rules on the engine."""
    app.config["SQLALCHEMY_DATABASE_URI"] = normalise(url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        adopt(db.engine)
