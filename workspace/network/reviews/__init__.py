"""Yearly reviews, and what clients say at the desk."""
