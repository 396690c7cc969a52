"""Several cases at once (ทำหลายเรื่องพร้อมกัน): assign, tag, lay by, answer, close, each through its own service in its own right.

Terms: batch (ชุด), to hold back (รอส่ง), to take back (ยกเลิก). Rules in words: ``docs/rules/desk.md``.
"""
