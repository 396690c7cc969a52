"""Flask-SQLAlchemy over the portal's own metadata: a session per request, removed at its end.

Models inherit ``portal.db.Base``; Flask-SQLAlchemy only brings engine and session.
"""

from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session

from portal.db import Base, make_engine


class Database(SQLAlchemy):
    """Flask-SQLAlchemy whose scoped session passes for the plain one that services take."""

    if TYPE_CHECKING:
        session: Session  # type: ignore[assignment]  # the proxy has every method of a Session

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        """The portal's own engine, with its transaction rules."""
        return make_engine(make_url(options["url"]).render_as_string(hide_password=False))


db = Database(metadata=Base.metadata, session_options={"expire_on_commit": False})


def init_database(app: Flask, url: str) -> None:
    """Connect the app to its database."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
