"""Rulings (คำวินิจฉัยหลักฐาน): an assessor accepts or refuses one fact, with a reason that everybody reads."""
