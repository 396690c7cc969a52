"""The figures and the lists behind them (ตัวเลขและรายการเบื้องหลัง). In words: ``docs/rules/figures.md``.

``criteria`` says which cases a figure counts, ``reading`` gives the numbers from the counters of ``casework.tallies``; a test holds
the two together.
"""

from portal.casework.figures.criteria import (
    Days,
    Figure,
    Narrow,
    criterion,
    list_behind_figure,
    months_of,
    quarter_days,
    received_in,
)
from portal.casework.figures.numbers import Figures, median_of, ninth_of
from portal.casework.figures.reading import figures, figures_by, figures_by_agency, figures_by_channel

__all__ = [
    "Days",
    "Figure",
    "Figures",
    "Narrow",
    "criterion",
    "figures",
    "figures_by",
    "figures_by_agency",
    "figures_by_channel",
    "list_behind_figure",
    "median_of",
    "months_of",
    "ninth_of",
    "quarter_days",
    "received_in",
]
