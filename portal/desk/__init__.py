"""The officers' workspace (โต๊ะงาน): the queue, and pages that combine several rooms.

May import every domain package; no other entrance.
"""
