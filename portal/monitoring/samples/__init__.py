"""The monthly sample of closed cases that civil society inspects. In words: ``docs/rules/samples.md``.

Terms: sample (ตัวอย่างที่สุ่มตรวจ), draw (การสุ่ม), commitment (ค่าผูกพัน), seed (ค่าตั้งต้นของการสุ่ม), finding (ข้อค้นพบ).
"""
