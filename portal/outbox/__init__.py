"""What is to happen after a transaction (งานหลังบันทึก): events, the worker that runs them, and mail.

A package announces an event in its own transaction; ``app`` registers the handlers; a worker takes a lease,
runs the handler, marks it done in the handler's transaction, and tries again later if it fails.
Payloads hold ids, never words or names. May import ``web`` and below.
"""
