"""Random lives of a case: what anybody may try at any time, and what must hold after it."""
