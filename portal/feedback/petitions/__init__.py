"""Petitions (ข้อเสนอจากประชาชน): what somebody puts to an agency and others support, until it owes a public answer.

Terms: opener (ผู้เสนอ), support (เสียงสนับสนุน), device (อุปกรณ์), verified contact (ผู้ติดต่อที่ยืนยันแล้ว), threshold (เกณฑ์เสียงสนับสนุน), being checked
(อยู่ระหว่างตรวจสอบ). In words: ``docs/rules/petitions.md``. Behind each stands a case; what is done to it is done by ``casework.service``.
May import ``casework``, ``agencies``, ``index``, the rest of ``feedback`` and below.
"""
