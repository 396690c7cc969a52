"""Asking a unit or another agency for its part of an answer; the owner and the clock stay. In words: ``docs/rules/between.md``.

Terms: contribution (ส่วนที่ขอ: ขอความเห็น, ขอให้ร่วมดำเนินการ), asked (หน่วยงานที่ถูกขอ), holder (หน่วยงานต้นสังกัดของผู้ถูกขอ).
"""
