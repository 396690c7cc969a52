"""How long a link holds, and how many an account gets."""

from datetime import timedelta

LINK_LIFE = timedelta(minutes=30)
#: Links for one account within the hour; what is asked beyond gets the same answer and no mail.
MOST_IN_AN_HOUR = 3
#: Rows are forgotten after a day.
KEPT_FOR = timedelta(days=1)
#: How often one network may ask; an office of many people behind one address fits.
ASKED_NETWORK = "20 per 10 minutes"
