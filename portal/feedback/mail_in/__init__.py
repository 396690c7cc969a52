"""E-mail that comes in (อีเมลขาเข้า): replies reach their case, new matters become cases, machines are recorded, the rest waits for a person.

Terms: message (อีเมล), fate (ผลการคัดแยก), waiting for a person (รอเจ้าหน้าที่พิจารณา), reply token (รหัสตอบกลับ), bounce (อีเมลตีกลับ).

In words: ``docs/rules/mail-in.md``. ``reading`` makes a letter out of bytes and touches nothing else; ``rules`` decides its fate;
``service`` writes. The way to the mailbox is ``portal.outbox.mailbox``. May import ``casework``, the rest of ``feedback`` and below.
"""
