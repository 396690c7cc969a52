"""Journeys through the running portal in a real browser, as people make them: with and without scripts, on a phone and at a desk."""
