"""``make bench``: how fast the portal is, each figure beside the bare limit of the same machine in the same minutes.

What is measured and how to read it: ``docs/benchmarks.md``. Run with ``python -m tests.bench [--quick] [--large]``.
"""
