"""Whether the websites of organisations still answer: which addresses may be asked, the one question, whose turn it is.

The only part of the house that ever asks anything outside, and only when the operator sets `LINK_CHECKER`, or
`READS_DIRECTORIES` for the pages of other directories (`fetching`).
"""
