"""Figures kept up to date (ตัวเลขที่นับไว้): counters of what cases are, moved in the transaction that moves the case.

In words: ``docs/rules/figures.md``; why so: ``docs/decisions/012-tallies.md``. ``rules`` says what one case adds to, ``keeping`` moves the
counters, ``counting`` folds and recounts them, ``queries`` reads them.
"""
