"""Cases from a spreadsheet (นำเข้าจากตาราง): rows of an XLSX, XLS, ODS or CSV file become cases, all or none, each once.

Terms: import (การนำเข้า), column mapping (การจับคู่คอลัมน์), profile (แบบการจับคู่), reference (เลขอ้างอิงเดิม), known row (แถวที่มีอยู่แล้ว).

``reading`` opens the file in a process of its own; ``plan`` says what the columns mean; ``judging`` makes submissions of the rows;
``service`` stores them through ``casework``. In words: ``docs/rules/sheets.md``.
May import ``casework``, ``agencies``, ``accounts``, ``files``, the channels of ``feedback`` and below.
"""
