"""Rules of the listening plan: ways, states and moves, what is late or missing, quarters. In words: ``docs/rules/plans.md``."""

from portal.plans.rules.gaps import Gap, PlanGap, gaps_of, plan_gaps
from portal.plans.rules.matrix import Cell, Line, Standing, matrix
from portal.plans.rules.methods import FORMAL, Method
from portal.plans.rules.states import (
    EDITABLE,
    PUBLIC,
    ActivityState,
    PlanAct,
    PlanState,
    PlanStep,
    activity_state,
    check_editable,
    moved,
    possible,
)
from portal.plans.rules.years import in_year, later, next_quarter, next_year

#: Characters.
TITLE_MOST, LINE_MOST, WORDS_MOST = 200, 300, 5000
#: Activities of one plan, records of one activity.
ACTIVITIES_MOST, RECORDS_MOST = 200, 30

__all__ = [
    "ACTIVITIES_MOST",
    "EDITABLE",
    "FORMAL",
    "LINE_MOST",
    "PUBLIC",
    "RECORDS_MOST",
    "TITLE_MOST",
    "WORDS_MOST",
    "ActivityState",
    "Cell",
    "Gap",
    "Line",
    "Method",
    "PlanAct",
    "PlanGap",
    "PlanState",
    "PlanStep",
    "Standing",
    "activity_state",
    "check_editable",
    "gaps_of",
    "in_year",
    "later",
    "matrix",
    "moved",
    "next_quarter",
    "next_year",
    "plan_gaps",
    "possible",
]
