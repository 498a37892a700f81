"""A file of the library that everybody may read."""
