"""The privacy desk: pages of the data protection officer, and what is one act across rooms: replaying, retention, rotating keys.

Terms as in ``portal.privacy``.
"""

from portal.desk.privacy import account, breaches, case, listing, request, retention
from portal.desk.privacy.blueprint import bp

__all__ = ["account", "bp", "breaches", "case", "listing", "request", "retention"]
