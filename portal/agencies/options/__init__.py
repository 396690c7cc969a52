"""Settings of a running portal (การตั้งค่า) that people change on a page, never in the environment or the code.

A room declares an ``Option`` beside the rule that reads it; ``queries.value_of`` gives what holds: the agency's own value, else
the portal's, else the default of the code. Changes are audited. Environment settings stay in ``portal.settings``.
"""

from portal.agencies.options.queries import value_of, values_everywhere, values_of
from portal.agencies.options.rules import Option, OptionKind, Scope

__all__ = ["Option", "OptionKind", "Scope", "value_of", "values_everywhere", "values_of"]
