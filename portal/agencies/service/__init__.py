"""Verbs on agencies: create, describe, place; missions, strategy tree, seal. Closing across rooms is ``portal.desk.units``.

Those of the administration take ``row_version``, the version that the person saw. They raise ``NotAllowed``, ``Invalid`` by field,
and ``Conflict`` when somebody saved first or the agency is closed.
"""

from portal.agencies.service.creating import create, create_below
from portal.agencies.service.describing import EDITABLE, describe, set_seal
from portal.agencies.service.missions import add_mission, order_mission, remove_mission, write_mission
from portal.agencies.service.placing import check_place, close, lock_tree, move, place_below
from portal.agencies.service.readdressing import readdress
from portal.agencies.service.strategy import add_strategy_node, write_strategy_node

__all__ = [
    "EDITABLE",
    "add_mission",
    "add_strategy_node",
    "check_place",
    "close",
    "create",
    "create_below",
    "describe",
    "lock_tree",
    "move",
    "order_mission",
    "place_below",
    "readdress",
    "remove_mission",
    "set_seal",
    "write_mission",
    "write_strategy_node",
]
