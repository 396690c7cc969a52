"""Officers' pages about pages: the list, writing, review, publishing, withdrawing, figures and documents.

Terms: draft (ฉบับร่าง), review (ตรวจทาน), preview (ดูตัวอย่าง). ``listing`` shows and begins pages, ``editing`` saves texts and moves them on,
``hanging`` is for figures and documents; ``at_hand`` reads what the actor may write.
"""

from portal.disclosures.desk import editing, hanging, listing
from portal.disclosures.desk.blueprint import bp

__all__ = ["bp", "editing", "hanging", "listing"]
