"""Whole public answers, kept before the framework does any work. Knows HTTP and nothing of the map.

Rule: what the public reads is the same for all, so it is made once and given to all; what belongs to somebody goes past
(docs/adr/0071-whole-answers.md).
"""
