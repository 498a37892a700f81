"""Screens of coordinators, and of verifiers to whom checks were given."""
