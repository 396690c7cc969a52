"""Cases: a citizen's words, identity and files; clock, owner, append-only history, replies, redaction, disposition.

Terms: case (เรื่อง), case number (เลขที่เรื่อง), receipt code (รหัสติดตามเรื่อง), owner (เจ้าของเรื่อง), disposition (ข้อวินิจฉัย),
contest (โต้แย้งผล), unmask (เปิดดูชื่อ), proof (หลักฐาน). The rules in words: ``docs/rules/closing.md``, ``docs/rules/identity.md``.
May import ``agencies``, ``accounts``, ``audit``, ``files``, ``outbox``, ``index`` and below.
"""
