"""Invitations (คำเชิญ): how a person comes to an account, or an account to further roles.

The link (ลิงก์ในคำเชิญ) is made by the worker and only its hash is kept. In words: ``docs/rules/people.md``.
"""
