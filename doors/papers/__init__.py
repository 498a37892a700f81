"""A file of a document that everybody may read."""
