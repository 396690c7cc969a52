"""Pages on which the options of all rooms are read and set: what it does, its default, its legal basis, who changed it when."""

from portal.desk.admin.options import views

__all__ = ["views"]
