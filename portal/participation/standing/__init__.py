"""The agency's own page: where it stands, what brings it to the next level, and its self-assessment."""
