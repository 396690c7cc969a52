"""All agencies of a fiscal year beside each other: who stands where, who has moved, who has not reported."""
