"""Level 2 of 2549: the listening plan (แผนรับฟังความคิดเห็น) and what became of it."""

from datetime import date

from portal.kernel.evidence.base import Fact, Lasting


class ListeningPlanFact(Lasting, frozen=True, kw_only=True):
    """The plan of the year as it stands, to the year's end; ``on`` is the day of its approval, or of its first saving until then."""

    approved_on: date | None = None
    #: Approved by the head of the agency.
    by_head: bool = False
    #: Baht and days of staff; None where nobody wrote a number.
    budget: float | None = None
    staff_days: float | None = None
    budget_spent: float | None = None
    staff_days_spent: float | None = None
    #: How often it was changed after its approval, each with a reason.
    revisions: int = 0


class Activity(Fact, frozen=True, kw_only=True):
    """An activity of the plan; ``on`` is the day on which it was held, or is planned while it is not."""

    mission: str  # the code
    #: What is done, such as "hearing", "survey", "box_round"; one of the codes of ``portal.plans.rules.Method``.
    method: str
    is_formal: bool
    is_done: bool
    #: Not to be held any more, for a reason that is public.
    is_cancelled: bool = False
    #: About the strategy of the agency or province.
    about_strategy: bool = False
    planned_on: date
    #: When it was announced.
    notice_on: date | None = None
    #: Participants from outside the state, and officers.
    people: int = 0
    officers: int = 0
    #: A survey counts from so many answers on; 0 for what is no survey.
    least_people: int = 0
    #: A summary of what was said is public.
    has_summary: bool = False
    #: The four parts that the integrity assessment asks for as well.
    has_issue: bool = False
    has_result: bool = False
    has_change: bool = False
    #: ``path``s of the records that it produced: each counts once, for one mission.
    records: tuple[str, ...] = ()
