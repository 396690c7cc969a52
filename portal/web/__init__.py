"""Flask helpers that every entrance shares: who a route is for, language, page cache, security, forms.

Knows an ``Actor``, never a user. May import ``db`` and ``kernel``.
"""
