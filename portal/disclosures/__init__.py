"""Pages that agencies publish, and performance reports: drafts, versions, figures, and bringing in existing pages.

Terms: disclosure (ข้อมูลที่เปิดเผย), performance report (รายงานผลการดำเนินงาน), responsible officer (ผู้รับผิดชอบ), version (ฉบับ),
tombstone (ป้ายบอกการถอน), indicator (ตัวชี้วัด), target (เป้าหมาย), actual (ผลจริง). The rules stand in words in
``docs/rules/publishing.md``. May import ``agencies``, ``accounts``, ``audit``, ``files``, ``outbox``, ``index`` and below.
"""
