"""``/desk/audit``: the trail as administrators read it, narrowed by person, object, act and time, taken out as a file; the chain's state.

What is kept from somebody (``docs/rules/apart.md``) is kept from them here as well, whatever role they hold.
"""

from portal.desk.audit import exporting, views
from portal.desk.audit.blueprint import bp

__all__ = ["bp", "exporting", "views"]
