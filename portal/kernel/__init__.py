"""Plain Python that every package may stand on: no Flask, no SQLAlchemy, no clock of its own.

Terms: actor (ผู้กระทำ), role (บทบาท), fiscal year (ปีงบประมาณ), working day (วันทำการ),
receipt code (รหัสติดตามเรื่อง).
"""
