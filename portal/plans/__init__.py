"""The listening plan (แผนรับฟังความคิดเห็น) of an agency and a fiscal year: missions, activities, people, money, and what became of it.

Terms: activity (กิจกรรม), revision (การปรับแผน). May import the rooms below ``outcomes``. In words: ``docs/rules/plans.md``.
"""
