"""``create_app``: the one place that knows every room.

It puts the runtime in place, registers blueprints, event handlers and timed jobs, and refuses to start
with a route that does not say whom it is for.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, g
from flask_babel import Babel
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import registry
from portal.accounts.sign_in import init_sign_in
from portal.accounts.step_up import AccountsGate
from portal.files.rules import BODY_MOST
from portal.files.sealed import SealedStore
from portal.files.store import LocalStore
from portal.kernel.keyring import Keyring
from portal.outbox.mail import Mailer, make_mailer
from portal.release import RELEASE
from portal.settings import Settings, from_environment
from portal.site.identity import identity
from portal.web.assets import asset, static_files
from portal.web.audience import enforce, undeclared
from portal.web.database import db, init_database
from portal.web.errors import init_errors
from portal.web.language import LanguagePrefix, language
from portal.web.limits import init_limits
from portal.web.page_cache import PageCache
from portal.web.page_front import PageFront
from portal.web.request_log import init_request_log
from portal.web.runtime import Runtime
from portal.web.security import add_headers
from portal.web.sending import PortalRequest
from portal.web.step_up import GATE
from portal.web.templating import init_templating

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

MIGRATIONS = Path(__file__).parent.parent / "migrations"
MOST_FIELDS = 200
MOST_FORM_BYTES = 1_000_000


def create_app(settings: Settings | None = None, mailer: Mailer | None = None) -> Flask:
    """The portal as a WSGI application; ``mailer`` replaces the one of the settings in tests."""
    settings = settings or from_environment()
    app = Flask("portal", static_folder=None)
    app.request_class = PortalRequest
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=BODY_MOST,
        MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES,
        MAX_FORM_PARTS=MOST_FIELDS,
        BABEL_DEFAULT_LOCALE="en",  # source texts are English; the selector below decides
    )
    integrity = Keyring(settings.integrity_keys)
    keyring = Keyring(settings.data_keys)
    app.extensions["portal"] = Runtime(
        settings=settings,
        keyring=keyring,
        store=LocalStore(settings.files),
        mailer=mailer or make_mailer(settings.mail_url),
        release=RELEASE,
        integrity=integrity,
        sealed_store=SealedStore(LocalStore(settings.files / "sealed"), integrity),
        mail_store=SealedStore(LocalStore(settings.files / "mail"), keyring),
    )
    app.extensions["portal_page_cache"] = PageCache()
    Babel(app, locale_selector=lambda: g.get("language") or language(), default_timezone="Asia/Bangkok")
    init_database(app, settings.database_url)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    init_request_log(app, production=settings.is_production)
    init_sign_in(app)
    app.extensions[GATE] = AccountsGate()
    init_templating(app, identity, asset)
    init_errors(app)
    init_limits(app, settings.redis_url, enabled=settings.limits)
    app.before_request(enforce)
    app.after_request(add_headers)
    registry.register(app)
    if missing := undeclared(app):
        raise RuntimeError(f"routes without an audience: {', '.join(missing)}")
    _wrap(app, settings)
    return app


def _wrap(app: Flask, settings: Settings) -> None:
    """WSGI layers, outermost last: cached pages, language prefix, proxies, static files."""
    with app.app_context():
        pages = PageFront(app.wsgi_app, db.engine, logs=settings.is_production)
    wsgi: WSGIApplication = LanguagePrefix(pages)
    if settings.trusted_proxies:
        wsgi = ProxyFix(wsgi, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies, x_host=0)
    app.wsgi_app = static_files(wsgi)  # type: ignore[method-assign]
