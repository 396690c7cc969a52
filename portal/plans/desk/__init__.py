"""Officers' pages of the listening plan."""

from portal.plans.desk import activity, approval, changing, listing, plan
from portal.plans.desk.blueprint import bp

__all__ = ["activity", "approval", "bp", "changing", "listing", "plan"]
