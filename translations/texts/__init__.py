"""What there is to translate, what comes first, and what a text has to keep."""
