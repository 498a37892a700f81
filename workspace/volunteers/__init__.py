"""Volunteers: their own pages, the queue of the colleague who answers for them, and who volunteers for an organisation.

A volunteer's pages are made from what everybody reads, under the database role of the public.
"""
