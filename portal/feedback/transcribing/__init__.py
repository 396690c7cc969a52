"""Typing what came on paper (ถอดความ): batches of letters and slips, their sheets, the check by a second officer, and photographed letters.

Terms: batch (ชุดเอกสาร), sheet (ฉบับ), page (หน้า), registry number (เลขรับหนังสือ), check (การสอบทาน). In words: ``docs/rules/letters.md``.
Generic: whoever has pictures of what people wrote for one channel opens a batch (``service.open_batch``) and reads how far it is
(``queries.standing``). May import ``casework``, ``agencies``, ``files``, the rest of ``feedback`` and below.
"""
