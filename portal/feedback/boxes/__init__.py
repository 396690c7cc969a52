"""Suggestion boxes (ตู้รับฟังความคิดเห็น): places, key holders, openings before witnesses, slips with codes, what is posted at the box.

Terms: box (ตู้), key holder (ผู้ถือกุญแจ), rhythm (รอบเปิดตู้), opening (การเปิดตู้), witness (พยาน), slip (ใบเขียน), stub (ต้นขั้ว), series (ชุดใบเขียน).
In words: ``docs/rules/boxes.md``.
May import ``casework``, the rest of ``feedback`` but its pages, ``agencies``, ``accounts``, ``files`` and below.
"""
