"""The demonstration (ข้อมูลสาธิต): invented agencies beside OPDC's public facts, played through the services.

Every act is done by the service of its room with the ``now`` of its day, so that the records are real ones and
only the content is invented. May import every domain package; refuses to run in production.
"""
