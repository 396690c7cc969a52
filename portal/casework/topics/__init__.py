"""Topics (หัวข้อเรื่อง) of an agency: what a matter is about, in the agency's own words. The sender may choose one, nobody must.

A topic is closed, never deleted: cases keep the topic they were given. Rules in words: ``docs/rules/topics.md``.
"""
