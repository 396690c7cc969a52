"""Reports of corruption (แจ้งเบาะแสการทุจริต): own form, own desk, own key; nothing of it stands where anything else stands.

Terms: report (เบาะแส), reporter (ผู้แจ้งเบาะแส), collector (ผู้รับเบาะแส: holds ``Role.INTEGRITY`` in that very agency), kept away (กันออก),
referral (ส่งต่อ), first word (คำตอบแรก). What holds stands in ``docs/rules/corruption.md``.

``keyring`` means everywhere in this room the one of ``PORTAL_INTEGRITY_KEY``. May import ``casework.texts``, ``agencies``, ``accounts``,
``audit``, ``files``, ``outbox`` and below.
"""
