"""The dictionary of this process: the shipped word list and the names of the agencies."""

from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.db.revision import public_revision
from portal.kernel.thai_text import WordBreaker

_lock = Lock()
#: For each database the public revision at which the names were read, the names, and the dictionary made of them.
_known: WeakKeyDictionary[Engine, tuple[int, frozenset[str], WordBreaker]] = WeakKeyDictionary()


def breaker(session: Session) -> WordBreaker:
    """The present dictionary. Names are read again after each public change.

    Words found by an older dictionary rank a little worse until ``portal reindex``; finding rests on clusters and is not touched.
    """
    engine, revision = session.connection().engine, public_revision(session)
    with _lock:
        known = _known.get(engine)
        if known is not None and known[0] == revision:
            return known[2]
        names = _names(session)
        made = known[2] if known is not None and known[1] == names else WordBreaker(extra=sorted(names))
        _known[engine] = revision, names, made
        return made


def _names(session: Session) -> frozenset[str]:
    rows = session.execute(select(Agency.name_th, Agency.name_en, Agency.short_th, Agency.short_en))
    return frozenset(name for row in rows for name in row if name)
