"""Who is in a province, and which of its agencies the governor reads along with. In words: ``docs/rules/province.md``.

Terms: province (จังหวัด), joining (เข้าร่วม), leaving (ออกจากการเข้าร่วม), governor (ผู้ว่าราชการจังหวัด).
"""
