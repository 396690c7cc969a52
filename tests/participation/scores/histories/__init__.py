"""Random histories of an office, played by the real verbs: what people said, plans, pages."""
