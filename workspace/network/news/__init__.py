"""The digest of a month: assembled, edited, looked at, sent; and what of it a person gets by letter."""
