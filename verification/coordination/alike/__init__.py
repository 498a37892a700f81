"""Listings that may be one: where they are found, which pairs wait for somebody, what is told while one is entered."""
