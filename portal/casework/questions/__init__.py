"""Questions (คำถามเพิ่มเติม) that an agency adds to its form: fixed types, conditions, versions; and the answers (คำตอบ) that cases keep.

A version that was asked is never altered, so that an answer stays beside the words that it answers.

Rules in words: ``docs/rules/questions.md``.
"""
