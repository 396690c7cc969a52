"""A province in figures, for everybody, and what its governor reads along (ภาพรวมจังหวัด). In words: ``docs/rules/province.md``.

``reading`` puts the figures together, ``views`` are the public pages and the file, ``desk`` the governor's pages, ``joining`` those on
which an agency joins and leaves.
"""
