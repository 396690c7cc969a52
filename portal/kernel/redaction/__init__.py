"""Proposals for what the public should not see of a citizen's words: ``docs/rules/redaction.md`` in code.

Terms: redaction (การปิดข้อความ), proposal (ข้อเสนอให้ปิด), reason (เหตุที่ปิด). A proposal decides nothing: an officer accepts or
rejects it, and the citizen's words themselves are never altered; ``apply`` makes the separate public text.
"""

from portal.kernel.redaction.marks import Proposal, Reason, Redacted, apply
from portal.kernel.redaction.proposals import propose

__all__ = ["Proposal", "Reason", "Redacted", "apply", "propose"]
