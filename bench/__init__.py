"""Measured ratios. Figures depend on the machine, so none of them is a test."""
