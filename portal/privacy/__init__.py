"""The rights of those whose data are kept (สิทธิของเจ้าของข้อมูลส่วนบุคคล), how long it is kept, and what is done when it gets out.

Terms: request (คำขอใช้สิทธิ), ground (เหตุผลตามกฎหมาย), hold (ระงับการลบ), retention (ระยะเวลาเก็บรักษา), erasure ledger (ทะเบียนการลบ), breach
(เหตุการละเมิดข้อมูล), data protection officer (เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล). In words: ``docs/rules/privacy.md``. What is one act across rooms
stands in ``portal.desk.privacy``. May import ``casework`` and below.
"""
