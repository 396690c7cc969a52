"""Lists of what the law and the year's integrity assessment ask to be disclosed, and which page serves which item.

Terms: list of the law (รายการตามกฎหมาย), item (รายการ), index (ดัชนีข้อมูล), OIT (การเปิดเผยข้อมูลสาธารณะ). The lists are files in
``config/legal_lists``; the rules stand in words in ``docs/rules/legal-lists.md``.
"""
