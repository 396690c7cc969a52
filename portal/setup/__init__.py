"""The first day (วันแรก): from an empty database to a portal that listens, in a few small pages at ``/setup``.

Terms: one-time token (รหัสเริ่มต้นใช้งาน), step (ขั้น). In words: ``docs/rules/first-day.md``. Combines the rooms below through their own
services; may import everything from ``feedback`` and ``disclosures`` down.
"""
