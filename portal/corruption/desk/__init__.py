"""The collectors' desk: the list, one report, its acts. Nobody else's desk knows of it."""

from portal.corruption.desk import acts, listing, views
from portal.corruption.desk.blueprint import bp

__all__ = ["acts", "bp", "listing", "views"]
