"""What an administrator could have wrong, and what mends it: for ``portal doctor`` and the page of the administration, in both languages.

A check looks and never writes. It says ``fine`` or names the one thing to do next.
"""

from portal.desk.checkup.examine import examine
from portal.desk.checkup.findings import Finding, Patient

__all__ = ["Finding", "Patient", "examine"]
