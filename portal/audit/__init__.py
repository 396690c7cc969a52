"""The audit trail (บันทึกการกระทำ): who did what to which object and when, in codes, never in words.

Rows are inserted with the act, in its transaction; within seconds one sealer chains them by hashes, so
that writers never queue. The trail outlives what it describes. May import ``web`` and below.
"""
