"""What an agency says in its own words: texts of mails to senders (ถ้อยคำในอีเมล) and ready replies (คำตอบสำเร็จรูป).

In words: ``docs/rules/templates.md``.
"""
