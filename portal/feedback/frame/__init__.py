"""The form inside a page of the agency's other website (กรอบแบบฟอร์ม), and which sites may show it.

The only page of the portal that another page may frame. Rules in words: ``docs/rules/keep-your-site.md``.
"""
