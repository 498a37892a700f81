"""Journeys of the network's own house."""
