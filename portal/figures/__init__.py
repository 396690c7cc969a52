"""Figures for everybody and for executives (ตัวเลขของหน่วยงาน).

Terms: fiscal quarter (ไตรมาส), register of silence (ทะเบียนความเงียบ), comparison table (ตารางเทียบ), monthly report (รายงานประจำเดือน).
In words: ``docs/rules/figures.md``. What is counted is decided in ``casework.figures``. May import ``outcomes``, ``casework`` and below.
"""
