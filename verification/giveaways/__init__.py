"""Texts of places that hide their door: what in them may give it away, and who has agreed to it."""
