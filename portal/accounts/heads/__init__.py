"""Who heads a unit (หัวหน้าหน่วยงาน) and who stands in for whom (ผู้รักษาการแทน), and from that whom a person is tied to.

``queries.ties_of`` is what keeps a case about somebody from those near them: ``docs/rules/apart.md``.
"""
