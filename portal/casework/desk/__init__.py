"""The officer's page of one case and everything that can be done from it.

Terms: act (การดำเนินการ), offer (สิ่งที่ทำได้), history (ประวัติ), next case (เรื่องถัดไป). ``views`` shows the case, ``memo`` prints an
answer; ``verbs``, ``handing``, ``sorting``, ``beside``, ``clocking``, ``exposed``, ``apart``, ``signing`` and ``publication`` take the
forms; ``offers`` asks what the officer may be offered. What happens when two officers save at once is told in ``docs/rules/closing.md``,
the rest in ``docs/rules/desk.md``.
"""

from portal.casework.desk import (
    apart,
    beside,
    clocking,
    contributing,
    exposed,
    handing,
    memo,
    picturing,
    publication,
    signing,
    sorting,
    splitting,
    verbs,
    views,
)
from portal.casework.desk.blueprint import bp

__all__ = [
    "apart",
    "beside",
    "bp",
    "clocking",
    "contributing",
    "exposed",
    "handing",
    "memo",
    "picturing",
    "publication",
    "signing",
    "sorting",
    "splitting",
    "verbs",
    "views",
]
