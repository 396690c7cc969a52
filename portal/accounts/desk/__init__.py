"""Officers' pages of this room: one's own account, and the people of an administrator."""

from portal.accounts.desk import account, grants, heads, invitations, listing, person
from portal.accounts.desk.blueprints import account_bp, people_bp

__all__ = ["account", "account_bp", "grants", "heads", "invitations", "listing", "people_bp", "person"]
