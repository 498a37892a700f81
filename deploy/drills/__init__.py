"""Promises of docs/operations.md, tried: each drill prints its numbers, and ends with 1 when one is broken."""
