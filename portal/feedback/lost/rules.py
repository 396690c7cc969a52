"""How long a link holds, and how many there are."""

from datetime import timedelta

LINK_LIFE = timedelta(hours=2)
KEPT_FOR = timedelta(days=1)
MOST_A_DAY = 3
#: As Flask-Limiter reads it: a whole carrier may stand behind one address.
ASKED_NETWORK = "60 per 10 minutes"
