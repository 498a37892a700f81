"""Journeys of readers."""
