"""The search page (ค้นหา), and what keeps the index in step with the records.

A source (แหล่งข้อมูล) tells how a room's records become search documents and which events change them. May import every room
below; the index itself is ``portal.index``.
"""
