"""Texts that go to people who work elsewhere, and come back."""
