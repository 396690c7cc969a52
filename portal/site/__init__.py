"""The public front: home, agencies, health.

May import every domain package; no other entrance.
"""
