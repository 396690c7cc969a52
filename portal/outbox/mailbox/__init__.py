"""The mailbox (ตู้จดหมายอีเมล) that an agency reads from: entered and sealed, reached by IMAP or lying in a maildir, read up to a place.

What becomes of a message is decided in ``portal.feedback.mail_in``; here is the way to it. In words: ``docs/rules/mail-in.md``.
"""
