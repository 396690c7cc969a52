"""The doors for people (ช่องทางแสดงความคิดเห็น): the form, the receipt page and the tracking pages; no account, no script needed.

Terms: form token (ตั๋วแบบฟอร์ม), receipt (ใบรับเรื่อง), receipt code (รหัสติดตามเรื่อง), tracking (ติดตามเรื่อง), contest (โต้แย้งผล).

A form carries a signed one-time token, so that a second press gives the same receipt and files wait under it while the words are
mended. The code stands in no address and no readable cookie: two encrypted cookies of 30 minutes open the receipt and the case.

``channels`` is the register of ways in (ทะเบียนช่องทาง), ``calls`` the officers' screen for telephone, counter and letters (รับสาย),
``transcribing`` letters and slips typed beside their pictures (ถอดความ), ``followups`` whom to call or write to (ต้องโทรกลับ,
ต้องส่งหนังสือ), ``lost`` the replacing of codes, ``sheets`` cases from a spreadsheet (นำเข้าจากตาราง),
``petitions`` what others support (ข้อเสนอจากประชาชน).
May import ``casework``, ``agencies``, ``files`` and below; what is done to a case is done by ``casework.service``.
"""
