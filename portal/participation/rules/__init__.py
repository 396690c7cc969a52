"""The scale itself: plain values in, plain values out. No table, no web, no clock."""
