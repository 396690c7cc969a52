"""The blueprint that the pages hang on, and who reads the trail."""

from flask import Blueprint

from portal.kernel.actor import Role

bp = Blueprint("audit", __name__)
READERS = (Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)
