"""Journeys with a bad line or none, an old browser, a script that is missing."""
