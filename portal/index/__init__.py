"""The search index (ดัชนีค้นหา): public records cut into chunks of clusters and words, and the questions put to them.

Terms: chunk (ท่อน, a stretch of a record), cluster (กลุ่มอักขระ, see ``kernel.thai_text``), term (คำค้น). Knows no kind of
record: rooms hand it ``kernel.facts.SearchDocument``. ``docs/decisions/004-search.md`` tells why it is built like this.
May import ``agencies`` (for the names in the dictionary), ``db`` and ``kernel``.
"""
