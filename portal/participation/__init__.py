"""Participation levels (ระดับการมีส่วนร่วม): the scales of 2549 and 2550, computed from public evidence and from nothing else.

Terms: scale (เกณฑ์), level (ระดับ), criterion (เกณฑ์ย่อย), check (ข้อตรวจ), evidence (หลักฐาน), claimed (หน่วยงานแจ้ง), computed (คำนวณได้),
confirmed (ผู้ประเมินยืนยัน), objection (ข้อคัดค้าน), ruling (คำวินิจฉัยหลักฐาน), dossier (แฟ้มหลักฐาน). In words: ``docs/rules/scale.md``.

May import every room below; nothing below knows it. ``rules`` knows only ``kernel``: facts in, result out.
"""
