"""What comes of people's words: how opinions were considered, and what changed.

Terms: theme (ประเด็น), opinion report (รายงานสรุปผลการพิจารณาความเห็นของประชาชน), improvement (แผนปรับปรุง), "you said, we did"
(ท่านบอก เราปรับ). In words: ``docs/rules/considered.md``, ``docs/rules/improvements.md``. May import ``feedback``, ``disclosures`` and below.
"""
