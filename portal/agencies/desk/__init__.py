"""``/desk/admin/agencies``: the tree, and a page for each agency. Moving and ending are ``portal.desk.units``."""

from portal.agencies.desk import adding, area, missions, page, seal, strategy, tree
from portal.agencies.desk.blueprint import bp

__all__ = ["adding", "area", "bp", "missions", "page", "seal", "strategy", "tree"]
