"""Journeys of members, coordinators and verifiers."""
