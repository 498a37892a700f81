"""What search is made of: the words kept of a listing, the matching of words, and the mending of slips."""
