"""``/desk/admin/questions``: what an agency asks beside the fields that every form has."""

from portal.desk.admin.questions import views

__all__ = ["views"]
