"""Computed levels: gathering facts of all rooms, keeping them per source, computing what a change touches, freezing a year."""
