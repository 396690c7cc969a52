"""Synthetic cases in any number (ข้อมูลสังเคราะห์): for trying the portal at the size of a ministry, and for the benchmarks.

Unlike the sixty played cases these are written in bulk, without passing the services: their lives follow the table of moves, and a test
holds them to what the services would have left behind. Nobody is named in them, nobody holds their receipts, nothing of them is published.
"""

from portal.demo.bulk.loading import load_bulk

__all__ = ["load_bulk"]
