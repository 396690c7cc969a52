"""State agencies (หน่วยงานของรัฐ): their tree, names, contacts, missions (ภารกิจ) and strategy tree (ยุทธศาสตร์).

A division (กอง) or a service point is an agency with a parent. May import ``files``, ``audit`` and below.
"""
