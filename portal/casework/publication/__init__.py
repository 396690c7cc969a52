"""Texts that an officer has confirmed and that wait for a second officer or for the sender. In words: ``docs/rules/publication.md``."""
