"""One text that holds several matters becomes several linked cases. In words: ``docs/rules/between.md``.

Terms: split (แยกเรื่อง), part (เรื่องที่แยก), passage (ข้อความส่วนนี้).
"""
