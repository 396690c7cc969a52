"""Objections (ข้อคัดค้าน): anybody contradicts a score; a case with receipt and clock, answered in public by an assessor."""
