"""Named reads of boxes, openings and slips."""
