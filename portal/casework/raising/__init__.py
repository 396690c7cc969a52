"""Raising a matter to an agency above, with the place where it came up. In words: ``docs/rules/between.md``.

Terms: raise (ยกเรื่องขึ้นหน่วยงานเหนือขึ้นไป), origin (ต้นเรื่อง: the unit or agency from which it was raised first).
"""
