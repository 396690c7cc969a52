"""What people hand in and agencies hang on their pages: checked, cleaned, stored, served.

Terms: file (ไฟล์), attachment (ไฟล์แนบ), staged file (ไฟล์พัก: sent with a form that is not finished), stored file (ไฟล์ที่เก็บ).

Who may read a file is not decided here: the room that attaches it (casework, disclosures) keeps its own
link table and asks its own policy, then hands the row to ``serving``. May import ``kernel`` and ``db``;
``serving`` alone also Flask. The rules stand in words in ``docs/rules/files.md``.
"""
