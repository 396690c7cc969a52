"""For WSGI servers: ``granian --interface wsgi wsgi:app``."""

from portal.served import served_app

app = served_app()
